package dev.interdict.agent.inventory;

import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Collects what one source sees in one place. Thread-safe, since a source that hangs is left
/// behind while it may still be adding; what it had seen until then counts.
///
/// Bounded, so that a hostile home cannot make an inventory that nobody takes: an item keeps the
/// parts that fit and a place the items that fit, and what is left out is a gap.
public final class Sightings {
  static final int MOST_IN_AN_ITEM = 1 << 20;
  static final int MOST_IN_ALL = 16 << 20;

  /// One gap already keeps a place from being called clear.
  private static final int MOST_GAPS = 1000;

  /// What an item or a part takes besides its path, roughly.
  private static final int FRAME = 200;

  private final String source;
  private final List<Item> items = new ArrayList<>();
  private final List<Gap> gaps = new ArrayList<>();
  private int taken;
  private boolean full;

  public Sightings(String source) {
    this.source = source;
  }

  /// Something is installed.
  public synchronized void item(Item item) {
    var parts = new ArrayList<Part>();
    var length = FRAME + item.location().length();
    for (var amendment : item.amendments()) {
      length += FRAME + amendment.file().length() + FRAME * amendment.cuts().size();
    }
    for (var part : mostImportantFirst(item.parts())) {
      length += FRAME + part.path().length();
      if (length > MOST_IN_AN_ITEM) {
        leftOut(item.location(), "has more files than are kept of one item");
        break;
      }
      parts.add(part);
    }
    var shorter = parts.size() < item.parts().size();
    if (taken + length > MOST_IN_ALL) {
      leftOut(item.location(), "there are more items than are kept of one place");
      return;
    }
    taken += length;
    items.add(shorter ? item.withParts(parts) : item);
  }

  private static List<Part> mostImportantFirst(List<Part> parts) {
    if (parts.size() < 2) {
      return parts;
    }
    return parts.stream().sorted(Comparator.comparing(Part::role)).toList();
  }

  /// Told once: more of the same would only be as long itself.
  private void leftOut(BytePath place, String why) {
    if (!full) {
      full = true;
      gaps.add(Gap.of(source, new UnreadableException(Reason.BUDGET, place, why)));
    }
  }

  /// A place that exists could not be inspected.
  public synchronized void gap(UnreadableException e) {
    if (gaps.size() < MOST_GAPS) {
      gaps.add(Gap.of(source, e));
    }
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
