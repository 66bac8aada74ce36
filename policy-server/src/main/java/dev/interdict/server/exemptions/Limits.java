package dev.interdict.server.exemptions;

import dev.interdict.json.Fields;
import dev.interdict.policy.Dates;
import dev.interdict.policy.RuleId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// How far exemptions may go, from the server's settings.
///
/// @param general what holds for a rule that has no limit of its own
public record Limits(Limit general, Map<RuleId, Limit> rules) {
  /// No setting goes beyond this: agents take no request for longer either.
  public static final Duration LONGEST = Duration.ofDays(180);

  public static final Limits STANDARD = new Limits(new Limit(Duration.ofDays(30), 100), Map.of());

  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final int MOST = 100_000;

  public Limits {
    rules = Map.copyOf(rules);
  }

  /// @param longest from the first step to the end
  /// @param atOnce how many devices may be exempt from one rule at one time
  public record Limit(Duration longest, long atOnce) {}

  public Limit of(RuleId rule) {
    return rules.getOrDefault(rule, general);
  }

  /// Reads the settings; null for those of [#STANDARD]. Faults are left in `fields`.
  public static Limits read(@Nullable Fields fields) {
    if (fields == null) {
      return STANDARD;
    }
    var general = limit(fields, STANDARD.general());
    var own = new TreeMap<RuleId, Limit>();
    var rules = fields.optionalObject("rules");
    if (rules != null) {
      for (var name : List.copyOf(rules.names())) {
        var limit = rules.object(name);
        try {
          own.put(new RuleId(name), limit(limit, general));
        } catch (IllegalArgumentException e) {
          rules.fault(name, String.valueOf(e.getMessage()));
        }
        limit.end();
      }
      rules.end();
    }
    fields.end();
    return new Limits(general, own);
  }

  private static Limit limit(Fields fields, Limit absent) {
    return new Limit(
        fields.optionalParsed("longest", Limits::span, absent.longest()),
        fields.optionalInteger("at-once", 0, MOST, absent.atOnce()));
  }

  private static Duration span(String text) {
    var span = Dates.duration(text);
    if (span.compareTo(SHORTEST) < 0 || span.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("\"" + text + "\" must be PT1M to P180D");
    }
    return span;
  }
}
