package dev.interdict.server.fleet.expected;

import dev.interdict.identity.Printable;
import dev.interdict.report.Groups;
import dev.interdict.report.OsFamily;
import dev.interdict.report.SerialNumber;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A line of a device list, checked. What a column that is missing would say is null, and the
/// defaults of a new entry.
record Row(
    long line,
    @Nullable String serial,
    @Nullable String asset,
    @Nullable String host,
    String os,
    String department,
    @Nullable String person,
    @Nullable String manager,
    @Nullable String site,
    @Nullable String ring,
    String groups,
    Lifecycle lifecycle) {
  private static final int LONGEST = 120;
  private static final int LONGEST_HOST = 255;

  /// Where a workstation is in its life.
  enum Lifecycle {
    /// In somebody's hands: counts from now on.
    IN_USE,
    /// Bought, and not yet handed out: counts once it enrols.
    STOCK,
    /// Gone.
    RETIRED;

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Lifecycle of(@Nullable String text) {
      return switch (text == null ? "" : text.toLowerCase(Locale.ROOT).replaceAll("[\\s_]", "-")) {
        case "", "in-use", "active", "deployed", "assigned", "使用中" -> IN_USE;
        case "stock", "in-stock", "ordered", "spare", "库存" -> STOCK;
        case "retired", "disposed", "lost", "sold", "已报废" -> RETIRED;
        default ->
            throw new IllegalArgumentException(
                "has the lifecycle \"" + shown(text) + "\"; write in-use, stock or retired");
      };
    }
  }

  /// Understands the values of a line.
  ///
  /// @throws IllegalArgumentException with what is wrong, in words that go on from "line 7: "
  static Row of(Column.Header header, long line, List<String> values) {
    for (var column : header.at().keySet()) {
      var value = header.value(column, values);
      if (value != null) {
        var longest = column == Column.HOST || column == Column.GROUPS ? LONGEST_HOST : LONGEST;
        if (value.length() > longest) {
          throw new IllegalArgumentException(
              "has a " + column.word() + " of more than " + longest + " characters");
        }
        if (!Printable.of(value).equals(value)) {
          throw new IllegalArgumentException(
              "has a " + column.word() + " with invisible characters: \"" + shown(value) + "\"");
        }
      }
    }
    var department = header.value(Column.DEPARTMENT, values);
    return new Row(
            line,
            serial(header.value(Column.SERIAL, values)),
            header.value(Column.ASSET, values),
            header.value(Column.HOST, values),
            os(header.value(Column.OS, values)),
            department == null ? "" : department,
            header.value(Column.PERSON, values),
            header.value(Column.MANAGER, values),
            header.value(Column.SITE, values),
            header.value(Column.RING, values),
            groups(header.value(Column.GROUPS, values)),
            Lifecycle.of(header.value(Column.LIFECYCLE, values)))
        .known();
  }

  private Row known() {
    if (serial == null && asset == null && host == null) {
      throw new IllegalArgumentException(
          "names no device: its serial, asset-tag and hostname are empty");
    }
    return this;
  }

  private static @Nullable String serial(@Nullable String text) {
    if (text == null) {
      return null;
    }
    var serial = SerialNumber.of(text);
    if (serial == null) {
      throw new IllegalArgumentException(
          "has the serial \"" + shown(text) + "\", which names no machine; leave it empty");
    }
    return serial;
  }

  private static String os(@Nullable String text) {
    var name = text == null ? "" : text.toLowerCase(Locale.ROOT);
    var family =
        name.contains("windows")
            ? OsFamily.WINDOWS
            : name.contains("mac") || name.contains("os x")
                ? OsFamily.MACOS
                : name.matches(
                        ".*(linux|debian|ubuntu|fedora|centos|red hat|rhel|suse|kylin|uos).*")
                    ? OsFamily.LINUX
                    : OsFamily.OTHER;
    return family.name().toLowerCase(Locale.ROOT);
  }

  private static String groups(@Nullable String text) {
    return text == null
        ? ""
        : String.join(",", Groups.of(List.of(text.strip().split("[\\s;,|]+"))));
  }

  private static String shown(@Nullable String text) {
    return Printable.of(String.valueOf(text), 40);
  }
}
