package dev.interdict.server.draft;

import dev.interdict.policy.RuleId;
import dev.interdict.server.draft.holiday.WorkCalendar;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// A rule with all fields, for an author to fill in. Its texts are examples that lint accepts, its
/// dates lie ahead.
public final class Template {
  private static final int ANNOUNCE_IN_DAYS = 1;
  private static final int NOTICE_IN_DAYS = 14;
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  private Template() {}

  /// The template for a rule of that id.
  public static String rule(RuleId id, Instant now) {
    var today = now.atZone(ZoneOffset.UTC).toLocalDate();
    var calendar = WorkCalendar.of(ZONE);
    var announce = calendar.workdayFrom(today.plusDays(ANNOUNCE_IN_DAYS));
    var effective = calmDay(calendar, announce.plusDays(NOTICE_IN_DAYS));
    return """
    id: %s
    name: Example Tool
    publisher: Example Inc
    risk: high                      # low, medium, high, critical
    assessment:
      summary: Who found what, and why it has this class.
      evidence: ['https://example.com/assessment']
      reviewers: [Information security]
      date: %s
    # What employees read, up to 150 characters or 70 Hanzi.
    reason:
      en: Example Tool is classified as high-risk software. Please use Qoder instead.
      zh-CN: Example Tool 已被列为高风险软件。请您改用 Qoder。
    replacement:
      name: Qoder
      url: https://qoder.com/
      identities:                   # never removed by this rule
        - package: pkg:npm/%%40qoder-ai/qodercli
    # Any of these. Only packages, applications, extensions and programs lead to removal.
    match:
      - package: pkg:npm/%%40example/tool
        # versions: 'vers:npm/>=2.1.91|<2.1.198'
      # - application: {macos: com.example.tool, desktop-id: example-tool.desktop}
      # - extension: {vscode: example.tool, jetbrains: com.example.tool}
      # - program: {home: '.local/share/example-tool/**'}
      # - model-use: {models: [example-model-*], tools: [aider]}
      # - environment: {variables: [EXAMPLE_API_KEY]}
      - process: {executable-of: matched}
    enforcement: remove             # observe, notify, block, remove
    timeline:
      announce: %sT09:00
      effective: %sT10:00
      zone: %s
      clock: instant                # one instant for all; local: each device's own zone
      minimum-notice: PT24H
      reminders: [P3D, P1D, PT4H, PT1H, PT15M]
      defer: {times: 2, by: P1D}
    scope: {os: [linux, macos, windows]}
    limits: {max-items-per-device: 20}
    keep: [~/.example-tool]         # the user's data: never touched
    # Where a removed command was, a script says for 30 days what to use instead and whom to ask.
    # stub: {ask: {en: 'Ask the service desk.', zh-CN: '请咨询服务台。'}}
    """
        .formatted(id, today, announce, effective, ZONE);
  }

  /// The first day from `day` on that lint has nothing to say of, nor of the two days after it, to
  /// which the removal may be put off.
  private static LocalDate calmDay(WorkCalendar calendar, LocalDate day) {
    var calm = day;
    while (!isCalm(calendar, calm)
        || !isCalm(calendar, calm.plusDays(1))
        || !isCalm(calendar, calm.plusDays(2))) {
      calm = calm.plusDays(1);
    }
    return calm;
  }

  private static boolean isCalm(WorkCalendar calendar, LocalDate day) {
    return calendar.isWorkday(day) && calendar.holidayAfter(day).isEmpty();
  }
}
