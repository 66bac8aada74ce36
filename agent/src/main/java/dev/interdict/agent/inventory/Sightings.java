package dev.interdict.agent.inventory;

import java.util.ArrayList;
import java.util.List;

/// Collects what one source sees in one place. Thread-safe, since a source that hangs is left
/// behind while it may still be adding; what it had seen until then counts.
public final class Sightings {
  private final String source;
  private final List<Item> items = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();

  public Sightings(String source) {
    this.source = source;
  }

  /// Something is installed.
  public synchronized void item(Item item) {
    items.add(item);
  }

  /// A place that exists could not be inspected.
  public synchronized void gap(UnreadableException e) {
    gaps.add(Gap.of(source, e));
  }

  /// What was seen so far.
  public synchronized List<Item> items() {
    return List.copyOf(items);
  }

  /// What could not be inspected so far.
  public synchronized List<Gap> gaps() {
    return List.copyOf(gaps);
  }
}
