package dev.interdict.server.breaker;

import dev.interdict.json.Fields;
import dev.interdict.policy.Dates;
import dev.interdict.policy.RuleId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// From when on the breaker holds a rule, from the server's settings.
///
/// @param general what holds for a rule that has no threshold of its own
public record Thresholds(Threshold general, Map<RuleId, Threshold> rules) {
  public static final Thresholds STANDARD =
      new Thresholds(new Threshold(true, Duration.ofHours(1), 20, 5, 5, 10, 150, 10), Map.of());

  private static final int MOST = 1_000_000;

  public Thresholds {
    rules = Map.copyOf(rules);
  }

  /// All counts are of different workstations.
  ///
  /// @param on whether the rule is watched
  /// @param window how long a removal that failed, or an answer, counts
  /// @param failures more workstations than this on which removal failed
  /// @param percent or more than this part of those on which it was tried, in one ring or in all
  /// @param floor but never for fewer workstations than this, so that no single one can stop a rule
  /// @param disputes more workstations than this whose people say "not that tool", within a day
  /// @param matches matches on more than this percentage of the workstations that the preview
  ///   expected
  /// @param spare and on at least so many more
  public record Threshold(
      boolean on,
      Duration window,
      long failures,
      long percent,
      long floor,
      long disputes,
      long matches,
      long spare) {}

  public Threshold of(RuleId rule) {
    return rules.getOrDefault(rule, general);
  }

  /// Reads the settings; null for those of [#STANDARD]. Faults are left in `fields`.
  public static Thresholds read(@Nullable Fields fields) {
    if (fields == null) {
      return STANDARD;
    }
    var general = threshold(fields, STANDARD.general());
    var own = new TreeMap<RuleId, Threshold>();
    var rules = fields.optionalObject("rules");
    if (rules != null) {
      for (var name : List.copyOf(rules.names())) {
        var one = rules.object(name);
        try {
          own.put(new RuleId(name), threshold(one, general));
        } catch (IllegalArgumentException e) {
          rules.fault(name, String.valueOf(e.getMessage()));
        }
        one.end();
      }
      rules.end();
    }
    fields.end();
    return new Thresholds(general, own);
  }

  private static Threshold threshold(Fields fields, Threshold absent) {
    return new Threshold(
        fields.flag("on", absent.on()),
        fields.optionalParsed("window", Thresholds::window, absent.window()),
        fields.optionalInteger("failures", 1, MOST, absent.failures()),
        fields.optionalInteger("percent", 1, 100, absent.percent()),
        fields.optionalInteger("floor", 2, MOST, absent.floor()),
        fields.optionalInteger("disputes", 1, MOST, absent.disputes()),
        fields.optionalInteger("matches", 100, MOST, absent.matches()),
        fields.optionalInteger("spare", 1, MOST, absent.spare()));
  }

  private static Duration window(String text) {
    var window = Dates.duration(text);
    if (window.compareTo(Duration.ofMinutes(1)) < 0 || window.compareTo(Duration.ofDays(7)) > 0) {
      throw new IllegalArgumentException("\"" + text + "\" must be PT1M to P7D");
    }
    return window;
  }
}
