package dev.interdict.agent.notice;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.Localized;
import dev.interdict.policy.Replacement;
import dev.interdict.policy.Risk;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Scope;
import dev.interdict.policy.Timeline;
import dev.interdict.policy.Tool;
import dev.interdict.report.ErrorClass;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.IntStream;

/// A rule, its dates and a recipient, as the notices of tests tell them.
public final class Samples {
  public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  public static final ZonedDateTime MIDNIGHT = ZonedDateTime.of(2026, 7, 10, 0, 0, 0, 0, SHANGHAI);
  public static final ZonedDateTime MORNING = MIDNIGHT.withHour(10);

  /// The morning before.
  public static final Instant NOW = Instant.parse("2026-07-09T02:00:00Z");

  private Samples() {}

  public static Rule rule(String tool, String replacement, Enforcement enforcement) {
    return new Rule(
        new RuleId("claude-code"),
        new Tool(
            tool,
            "Anthropic",
            null,
            Risk.HIGH,
            null,
            new Localized("High risk.", "高风险。"),
            new Replacement(replacement, "https://it.example.com/qoder", null, List.of())),
        List.of(),
        enforcement,
        new Timeline(
            LocalDateTime.of(2026, 7, 3, 9, 0),
            MIDNIGHT.toLocalDateTime(),
            SHANGHAI,
            Timeline.Clock.INSTANT,
            Duration.ofHours(24),
            List.of(),
            Timeline.Deferral.NONE,
            Timeline.OutOfContact.WALL_CLOCK),
        Scope.ALL,
        20,
        List.of());
  }

  public static Rule rule() {
    return rule("Claude Code", "Qoder", Enforcement.REMOVE);
  }

  public static Recipient recipient(int uid, Language language) {
    return new Recipient(
        new Home("zhao.lei", uid, BytePath.parse("/home/zhao.lei")), language, SHANGHAI);
  }

  /// A matter of the rule of that id.
  public static Matter matter(String id, Phase phase) {
    return new Matter(
        new RuleId(id),
        "Claude Code",
        "Qoder",
        "https://it.example.com/qoder",
        Enforcement.REMOVE,
        phase);
  }

  /// So many matters, announced together.
  public static List<Matter> matters(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> matter("rule-" + i, new Phase.Announced(MIDNIGHT)))
        .toList();
  }

  /// The notice of one rule.
  public static Notice notice(Rule rule, Phase phase, Recipient recipient) {
    return Notice.of("n-1", recipient, List.of(Matter.of(rule, phase)));
  }

  public static List<Phase> phases() {
    var end = MIDNIGHT.plusDays(21);
    return List.of(
        new Phase.Announced(MIDNIGHT),
        new Phase.Reminder(MIDNIGHT, 7, MORNING),
        new Phase.Reminder(MIDNIGHT, 1, null),
        new Phase.DayBefore(MIDNIGHT, MIDNIGHT.minusHours(8)),
        new Phase.DayBefore(MORNING, null),
        new Phase.LastHour(MORNING, 15, 0, Duration.ZERO),
        new Phase.LastHour(MORNING, 5, 1, Duration.ofDays(1)),
        new Phase.LastHour(MORNING, 1, 2, Duration.ofDays(1)),
        new Phase.Enforced(MIDNIGHT),
        new Phase.Removed(MIDNIGHT.plusMinutes(1), 30),
        new Phase.Failed(ErrorClass.FILE_IN_USE, "IR-0042", true),
        new Phase.Failed(ErrorClass.FILE_IN_USE, "IR-0042", false),
        new Phase.Exempted(end, "Li Na", "migration of plugin X is not finished.", 7),
        new Phase.ExemptionEnding(end, 7),
        new Phase.ExemptionRefused(MIDNIGHT, "Li Na", "Qoder does this too", "it@example.com"),
        new Phase.Restored("Li Na", "removed by mistake"),
        new Phase.CalledOff(MIDNIGHT));
  }
}
