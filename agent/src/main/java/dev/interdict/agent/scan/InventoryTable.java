package dev.interdict.agent.scan;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.identity.Printable;
import dev.interdict.json.Fields;
import java.util.Comparator;
import java.util.List;

/// An inventory for a person's terminal: one line to an item, at most 80 columns, nothing that
/// could steer the terminal. What is too long is cut at its end, which for a location mostly
/// repeats the name; the JSON form has all of it.
public final class InventoryTable {
  private static final int WIDTH = 80;
  private static final int NAME = 30;
  private static final int VERSION = 14;
  private static final int SOURCE = 11;
  private static final int WHERE = WIDTH - NAME - VERSION - SOURCE - 3;

  private InventoryTable() {}

  /// The table, each line ended by a line feed.
  public static String write(Inventory inventory) {
    var out = new StringBuilder();
    if (!inventory.items().isEmpty()) {
      row(out, "NAME", "VERSION", "SOURCE", "WHERE");
      inventory.items().stream().sorted(byName()).forEach(item -> row(out, item));
      out.append('\n');
    }
    out.append(count(inventory.items().size(), "item"))
        .append(", ")
        .append(count(inventory.homes().size(), "home"))
        .append(", ")
        .append(inventory.processes().size())
        .append(inventory.processes().size() == 1 ? " running process\n" : " running processes\n");
    gaps(out, inventory.gaps());
    return out.toString();
  }

  private static Comparator<Item> byName() {
    return Comparator.comparing((Item item) -> Names.name(item.identity()))
        .thenComparing(Item::location);
  }

  private static void row(StringBuilder out, Item item) {
    var version = item.version();
    row(
        out,
        start(Printable.of(Names.name(item.identity())), NAME),
        start(version == null ? "-" : Printable.of(version), VERSION),
        start(item.source(), SOURCE),
        start(item.location().toString(), WHERE));
  }

  private static void row(
      StringBuilder out, String name, String version, String source, String where) {
    var line = padded(name, NAME) + padded(version, VERSION) + padded(source, SOURCE) + where;
    out.append(line.stripTrailing()).append('\n');
  }

  /// What could not be inspected, each line ended by a line feed.
  public static String gaps(Inventory inventory) {
    var out = new StringBuilder();
    gaps(out, inventory.gaps());
    return out.toString();
  }

  private static void gaps(StringBuilder out, List<Gap> gaps) {
    if (gaps.isEmpty()) {
      out.append("Everything that this agent knows of could be inspected.\n");
      return;
    }
    out.append(count(gaps.size(), "place")).append(" could not be inspected:\n");
    for (var gap : gaps) {
      folded(
          out,
          "  %s, %s: %s"
              .formatted(gap.source(), Fields.written(gap.reason()), Printable.of(gap.detail())));
    }
  }

  /// A long line goes on below, further in, since a path here is worth reading to its end.
  private static void folded(StringBuilder out, String line) {
    var rest = line;
    while (columns(rest) > WIDTH) {
      var cut = start(rest, WIDTH + 1).length() - 1;
      out.append(rest, 0, cut).append('\n');
      rest = "    " + rest.substring(cut);
    }
    out.append(rest).append('\n');
  }

  private static String count(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - columns(text)) + 1);
  }

  private static String start(String text, int width) {
    if (columns(text) <= width) {
      return text;
    }
    var out = new StringBuilder();
    var used = 1;
    for (var point : text.codePoints().toArray()) {
      used += columns(point);
      if (used > width) {
        break;
      }
      out.appendCodePoint(point);
    }
    return out.append('…').toString();
  }

  private static int columns(String text) {
    return text.codePoints().map(InventoryTable::columns).sum();
  }

  /// East Asian scripts take two columns, marks that combine take none.
  private static int columns(int point) {
    if (Character.getType(point) == Character.NON_SPACING_MARK
        || Character.getType(point) == Character.ENCLOSING_MARK) {
      return 0;
    }
    var wide =
        point >= 0x1100 && point <= 0x115f
            || point >= 0x2e80 && point <= 0xa4cf
            || point >= 0xac00 && point <= 0xd7a3
            || point >= 0xf900 && point <= 0xfaff
            || point >= 0xfe30 && point <= 0xfe6f
            || point >= 0xff00 && point <= 0xff60
            || point >= 0xffe0 && point <= 0xffe6
            || point >= 0x1f300 && point <= 0x1faff
            || point >= 0x20000 && point <= 0x3fffd;
    return wide ? 2 : 1;
  }
}
