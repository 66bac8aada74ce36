package dev.interdict.agent.inventory;

import java.util.ArrayList;
import java.util.List;

/// Collects what one source sees in one place. Not thread-safe.
public final class Sightings {
  private final String source;
  private final List<Item> items = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();

  public Sightings(String source) {
    this.source = source;
  }

  /// Something is installed.
  public void item(Item item) {
    items.add(item);
  }

  /// A place that exists could not be inspected.
  public void gap(UnreadableException e) {
    gaps.add(Gap.of(source, e));
  }

  /// What was seen so far.
  public List<Item> items() {
    return List.copyOf(items);
  }

  /// What could not be inspected so far.
  public List<Gap> gaps() {
    return List.copyOf(gaps);
  }
}
