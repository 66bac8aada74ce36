package dev.interdict.agent.inventory;

import java.util.List;

/// Everything one scan saw and could not see.
///
/// @param homes the homes that were looked at
public record Inventory(
    List<Home> homes, List<Item> items, List<RunningProcess> processes, List<Gap> gaps) {
  public Inventory {
    homes = List.copyOf(homes);
    items = List.copyOf(items);
    processes = List.copyOf(processes);
    gaps = List.copyOf(gaps);
  }

  /// Whether there was no place that could not be inspected.
  public boolean complete() {
    return gaps.isEmpty();
  }
}
