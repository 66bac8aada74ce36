package dev.interdict.agent.guard;

/// Where events go. Seam.
@FunctionalInterface
public interface Events {
  /// Takes note of `event`; never throws and never blocks for long.
  void on(Event event);
}
