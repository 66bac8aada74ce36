package dev.interdict.server.query;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which values of one property are meant: one of some, and none of others. Immutable.
///
/// Written one to a value of the key: `Finance` for it, `!Finance` for all but it, `-` for those
/// that have no value. A backslash in front of what would be read otherwise makes it a name:
/// `\!Bang`, `!\!Bang`, `\-`, `\\server`. What stands behind the first character is never read
/// otherwise.
///
/// @param any one of these; empty for any value
/// @param none not one of these
public record Terms(Set<String> any, Set<String> none) {
  /// Every value.
  public static final Terms ALL = new Terms(Set.of(), Set.of());

  private static final char NOT = '!';
  private static final char LITERAL = '\\';
  private static final String NOTHING = "-";

  public Terms {
    any = Set.copyOf(any);
    none = Set.copyOf(none);
  }

  /// One of these.
  public static Terms of(String... values) {
    return new Terms(Set.of(values), Set.of());
  }

  /// Reads values as they are written; blank ones say nothing.
  ///
  /// @throws IllegalArgumentException on a `!` before nothing
  public static Terms read(Collection<String> written) {
    var any = new LinkedHashSet<String>();
    var none = new LinkedHashSet<String>();
    for (var value : written) {
      if (value.isBlank()) {
        continue;
      }
      var not = value.charAt(0) == NOT;
      var name = not ? value.substring(1) : value;
      if (name.isBlank()) {
        throw new IllegalArgumentException("\"!\" stands before what is not meant");
      }
      (not ? none : any).add(named(name));
    }
    return new Terms(any, none);
  }

  private static String named(String written) {
    if (written.equals(NOTHING)) {
      return "";
    }
    return written.charAt(0) == LITERAL ? written.substring(1) : written;
  }

  /// How `value` is written.
  public static String written(String value) {
    if (value.isEmpty()) {
      return NOTHING;
    }
    var first = value.charAt(0);
    return value.equals(NOTHING) || first == NOT || first == LITERAL ? LITERAL + value : value;
  }

  /// As they are written, in the order of the alphabet; those that are not meant come last.
  public List<String> written() {
    return Stream.concat(
            any.stream().map(Terms::written).sorted(),
            none.stream().map(value -> NOT + written(value)).sorted())
        .toList();
  }

  /// Whether every value is meant.
  public boolean isAll() {
    return any.isEmpty() && none.isEmpty();
  }

  /// Whether what is meant is all, or one value.
  public boolean isAtMostOne() {
    return any.size() <= 1 && none.isEmpty();
  }

  /// Whether `value` is meant.
  public boolean allows(String value) {
    return (any.isEmpty() || any.contains(value)) && !none.contains(value);
  }

  /// The same of other values.
  public Terms map(UnaryOperator<String> by) {
    return new Terms(
        any.stream().map(by).collect(Collectors.toSet()),
        none.stream().map(by).collect(Collectors.toSet()));
  }
}
