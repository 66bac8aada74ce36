package dev.interdict.agent.guard;

import java.util.ArrayList;
import java.util.List;

/// Keeps every event.
final class RecordingEvents implements Events {
  final List<Event> all = new ArrayList<>();

  @Override
  public void on(Event event) {
    all.add(event);
  }

  <T extends Event> List<T> of(Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
