package dev.interdict.server.query;

import dev.interdict.json.Fields;
import dev.interdict.report.OsFamily;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an address asks of a list, by key: the one reader of the grammar. Each complaint is an
/// [IllegalArgumentException] whose message names the key, the value, and what would be understood.
/// Immutable.
///
/// @param values of each key, decoded, in their order; blank ones say nothing, as those of a form
public record Asked(Map<String, List<String>> values) {
  /// Nothing.
  public static final Asked NOTHING = new Asked(Map.of());

  /// What databases and other programs have no trouble with.
  public static final Instant FIRST = Instant.EPOCH;

  /// From then on nothing is understood.
  public static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

  private static final List<String> SYSTEMS =
      Stream.of(OsFamily.values()).map(Fields::written).toList();

  /// As long as the place of a page that goes on; what each key takes is bounded by whoever reads
  /// it.
  private static final int LONGEST = 2_000;

  /// How many values one key may have.
  public static final int MOST = 200;

  /// @throws IllegalArgumentException on a value or a number of values that no filter needs
  public Asked {
    var copy = new LinkedHashMap<String, List<String>>();
    values.forEach((key, all) -> {
      var said = all.stream().filter(value -> !value.isBlank()).toList();
      if (said.size() > MOST || said.stream().anyMatch(value -> value.length() > LONGEST)) {
        throw new IllegalArgumentException(
            key + ": at most " + MOST + " values of at most " + LONGEST + " characters");
      }
      if (!said.isEmpty()) {
        copy.put(key, said);
      }
    });
    values = java.util.Collections.unmodifiableMap(copy);
  }

  private List<String> all(String key) {
    return values.getOrDefault(key, List.of());
  }

  /// The only value of `key` as it stands; null without one.
  public @Nullable String text(String key) {
    var all = all(key);
    if (all.size() > 1) {
      throw new IllegalArgumentException(key + ": only one is possible here");
    }
    return all.isEmpty() ? null : all.getFirst().strip();
  }

  /// Names, one to a value, since a name may hold anything.
  public Terms names(String key) {
    return read(key, all(key));
  }

  /// The only name; null without one.
  ///
  /// @throws IllegalArgumentException also on more of them, or one that is not meant
  public @Nullable String name(String key) {
    var terms = names(key);
    if (terms.any().size() > 1 || !terms.none().isEmpty()) {
      throw new IllegalArgumentException(
          key
              + ": "
              + terms.written().stream()
                  .map(each -> "\"" + each + "\"")
                  .collect(Collectors.joining(", "))
              + " is not possible here; give one name, without \"!\"");
    }
    return terms.any().stream().findFirst().orElse(null);
  }

  /// Words out of `known`, one to a value or several between commas.
  public Terms words(String key, Collection<String> known) {
    var written = new ArrayList<String>();
    for (var value : all(key)) {
      for (var part : value.split(",", -1)) {
        written.add(part.strip());
      }
    }
    var terms = read(key, written);
    for (var words : List.of(terms.any(), terms.none())) {
      for (var word : words) {
        if (!known.contains(word)) {
          throw new IllegalArgumentException(
              key + ": \"" + Terms.written(word) + "\" is none of " + listed(known));
        }
      }
    }
    return terms;
  }

  /// The operating systems that `os` names.
  public Terms systems() {
    return words("os", SYSTEMS);
  }

  /// Those of `known` whose word is meant; empty if the key says nothing.
  ///
  /// @throws IllegalArgumentException also if nothing is left, which would read as anything
  public <T> Set<T> chosen(String key, List<T> known, Function<T, String> word) {
    var terms = words(key, known.stream().map(word).toList());
    if (terms.isAll()) {
      return Set.of();
    }
    var chosen =
        known.stream()
            .filter(each -> terms.allows(word.apply(each)))
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (chosen.isEmpty()) {
      throw new IllegalArgumentException(key + ": what is left is nothing");
    }
    return chosen;
  }

  /// The order that `sort` names, `-` before it for the other way round; empty without one.
  ///
  /// @param known what an index or a short list makes cheap
  public Optional<Order> order(String... known) {
    var written = text("sort");
    if (written == null) {
      return Optional.empty();
    }
    var falling = written.startsWith("-");
    var by = falling ? written.substring(1) : written;
    if (!List.of(known).contains(by)) {
      throw new IllegalArgumentException(
          "sort: \""
              + by
              + "\" is no order of this list; known: "
              + listed(List.of(known))
              + ", each with \"-\" before it for the other way round");
    }
    return Optional.of(new Order(by, falling));
  }

  /// The columns that `cols` names in its order, between commas or one to a value; all without it.
  public List<String> columns(List<String> known) {
    var columns = new LinkedHashSet<String>();
    for (var value : all("cols")) {
      for (var part : value.split(",", -1)) {
        var column = part.strip();
        if (!known.contains(column)) {
          throw new IllegalArgumentException(
              "cols: \"" + column + "\" is no column; known: " + listed(known));
        }
        columns.add(column);
      }
    }
    return columns.isEmpty() ? known : List.copyOf(columns);
  }

  /// The first instant that `from` means; null without one. A day is one of the zone `tz`, of UTC
  /// without it.
  public @Nullable Instant from() {
    return instant("from", 0);
  }

  /// The first instant that `to` does not mean any more; null without one. A day is meant whole.
  ///
  /// @throws IllegalArgumentException also where nothing is between it and `from`
  public @Nullable Instant to() {
    var to = instant("to", 1);
    var from = from();
    if (to != null && from != null && !from.isBefore(to)) {
      throw new IllegalArgumentException(
          "to: \"" + text("to") + "\" is not after from, \"" + text("from") + "\"");
    }
    return to;
  }

  /// The zone `tz`; null without one.
  public @Nullable ZoneId zone() {
    var name = text("tz");
    try {
      return name == null ? null : ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "tz: \"" + name + "\" is no time zone, such as Asia/Shanghai", e);
    }
  }

  private @Nullable Instant instant(String key, int days) {
    var written = text(key);
    var zone = zone();
    if (written == null) {
      return null;
    }
    try {
      var instant =
          written.indexOf('T') >= 0
              ? Instant.parse(written)
              : LocalDate.parse(written)
                  .plusDays(days)
                  .atStartOfDay(zone == null ? ZoneOffset.UTC : zone)
                  .toInstant();
      if (!instant.isBefore(FIRST) && instant.isBefore(END)) {
        return instant;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        key
            + ": \""
            + written
            + "\" is neither a day, 2026-07-10, nor an instant, 2026-07-10T00:00:00Z");
  }

  private static Terms read(String key, Collection<String> written) {
    try {
      return Terms.read(written);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private static String listed(Collection<String> known) {
    return known.stream().map(Terms::written).collect(Collectors.joining(", "));
  }
}
