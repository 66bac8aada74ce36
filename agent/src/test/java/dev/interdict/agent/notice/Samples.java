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
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;

/// A rule, its dates and a recipient, as the notices of tests tell them.
public final class Samples {
  public static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  static final ZonedDateTime MIDNIGHT = ZonedDateTime.of(2026, 7, 10, 0, 0, 0, 0, SHANGHAI);
  static final ZonedDateTime MORNING = MIDNIGHT.withHour(10);

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

  static List<Phase> phases() {
    var end = MIDNIGHT.plusDays(21);
    return List.of(
        new Phase.Announced(MIDNIGHT),
        new Phase.Reminder(MIDNIGHT, 7),
        new Phase.Reminder(MIDNIGHT, 1),
        new Phase.DayBefore(MIDNIGHT),
        new Phase.DayBefore(MORNING),
        new Phase.LastHour(MORNING, 15, 0),
        new Phase.LastHour(MORNING, 5, 1),
        new Phase.LastHour(MORNING, 1, 2),
        new Phase.Enforced(MIDNIGHT),
        new Phase.Removed(MIDNIGHT.plusMinutes(1), 30),
        new Phase.Failed("A file is in use", "IR-0042", true),
        new Phase.Failed("A file is in use", "IR-0042", false),
        new Phase.Exempted(end, "Li Na", "migration of plugin X is not finished.", 7),
        new Phase.ExemptionEnding(end, 7),
        new Phase.ExemptionRefused(MIDNIGHT, "Li Na", "Qoder does this too", "it@example.com"),
        new Phase.Restored("Li Na", "removed by mistake"),
        new Phase.CalledOff(MIDNIGHT));
  }
}
