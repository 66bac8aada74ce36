package dev.interdict.policy;

import dev.interdict.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which version of the rule language a rule is written in.
///
/// Reading is strict, so an agent skips a rule with a feature that is younger than itself. Agents
/// say which version they read, and whoever publishes is told beforehand how many cannot read a
/// rule. Pure.
public final class Vocabulary {
  /// What every agent reads, also one that says nothing of versions.
  public static final int FIRST = 1;

  /// What came later: a line for each new field, kind of matcher or value.
  static final List<Feature> LATER =
      List.of(
          Feature.field(2, "timeline/out-of-contact"),
          Feature.field(3, "match/*/container"),
          Feature.field(3, "match/*/residue"),
          Feature.field(3, "match/*/application/windows-uninstall"),
          Feature.field(3, "replacement/identities/*/container"),
          Feature.field(3, "replacement/identities/*/residue"),
          Feature.field(3, "replacement/identities/*/application/windows-uninstall"),
          Feature.field(4, "timeline/request-freezes"),
          Feature.field(4, "scope/corporate"),
          Feature.field(5, "stub"));

  /// What [RuleReader] reads.
  public static final int CURRENT =
      LATER.stream().mapToInt(Feature::since).reduce(FIRST, Math::max);

  private Vocabulary() {}

  /// The version an agent must read to understand `rule`, a rule that [RuleReader] understands.
  public static int needs(Json rule) {
    return needs(rule, LATER);
  }

  static int needs(Json rule, List<Feature> later) {
    return later.stream()
        .filter(feature -> feature.in(rule))
        .mapToInt(Feature::since)
        .reduce(FIRST, Math::max);
  }

  /// Something that rules may hold from a version on.
  ///
  /// @param place the member's names from the rule on, parted by `/`, with `*` for any item of a
  ///   list
  /// @param value the text that is new at a place that is not; null where the place is new
  record Feature(int since, String place, @Nullable String value) {

    /// A new member, which may also be a new kind of matcher: `match/*/kind`.
    static Feature field(int since, String place) {
      return new Feature(since, place, null);
    }

    /// A new value of a member that was there before.
    static Feature value(int since, String place, String value) {
      return new Feature(since, place, value);
    }

    boolean in(Json rule) {
      return in(rule, List.of(place.split("/")));
    }

    private boolean in(@Nullable Json json, List<String> way) {
      if (json == null) {
        return false;
      }
      if (way.isEmpty()) {
        return value == null || json instanceof Json.Text(var text) && text.equals(value);
      }
      var rest = way.subList(1, way.size());
      return switch (json) {
        case Json.Arr(var items) when way.getFirst().equals("*") ->
            items.stream().anyMatch(item -> in(item, rest));
        case Json.Obj object -> in(object.get(way.getFirst()), rest);
        default -> false;
      };
    }
  }
}
