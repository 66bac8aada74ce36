package dev.interdict.report;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reports for tests, here and in the modules that send and take them.
public final class ReportFixtures {
  public static final Instant AT = Instant.parse("2026-07-10T00:00:00Z");
  public static final Coverage WHOLE = new Coverage(AT.minusSeconds(60), true, List.of());

  private ReportFixtures() {}

  public static Device device(DeviceId id) {
    return new Device(id, "ws-0042", OsFamily.LINUX, "Debian GNU/Linux 12", "amd64", 2);
  }

  public static ReportedFinding finding() {
    return new ReportedFinding(
        "npm",
        "pkg:npm/%40anthropic-ai/claude-code@2.1.100",
        "2.1.100",
        "/home/alice/.npm-global/lib/node_modules/@anthropic-ai/claude-code",
        "u-5f2c",
        EvidenceStrength.STRONG,
        true);
  }

  public static ReportedRule rule(String rule, RuleState state) {
    return new ReportedRule(
        rule,
        state,
        state == RuleState.PRESENT ? Presence.NOTIFIED : null,
        state.hasIt() ? AT.plusSeconds(86_400) : null,
        null,
        state.hasIt() ? List.of(finding()) : List.of(),
        List.of());
  }

  /// One of which somebody was told, and answered.
  public static ReportedRule told(String rule) {
    return rule(rule, RuleState.PRESENT)
        .with(
            List.of(
                new ReportedNotice(AT, "last-hour", "desktop", "shown", "5f2c00aa11bb22cc"),
                new ReportedNotice(AT.plusSeconds(1), "day-before", null, "no-session", null)),
            List.of(
                new ReportedAnswer(
                    "a-1",
                    "exemption-request",
                    AT.plusSeconds(2),
                    Instant.parse("2026-07-31T00:00:00Z"),
                    null,
                    "Migration of plugin X is not finished",
                    "5f2c00aa11bb22cc"),
                new ReportedAnswer(
                    "a-2",
                    "not-that-tool",
                    AT.plusSeconds(3),
                    null,
                    "00112233aabbccdd",
                    null,
                    null)));
  }

  /// A report of a wholly scanned device.
  public static Report report(
      DeviceId id, long sequence, @Nullable String previous, ReportedRule... rules) {
    return new Report(
        new ReportId("report-" + sequence),
        device(id),
        sequence,
        previous,
        AT,
        "0.1.0",
        new PolicyVersion(7, 3),
        WHOLE,
        List.of(rules),
        List.of());
  }
}
