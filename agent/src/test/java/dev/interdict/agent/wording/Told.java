package dev.interdict.agent.wording;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Samples;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Notices of one and of several rules, as tests have them worded.
final class Told {
  static final Set<Enforcement> ENFORCEMENTS =
      EnumSet.complementOf(EnumSet.of(Enforcement.OBSERVE));

  private static final String URL = "https://it.example.com/qoder";

  private Told() {}

  static Texts texts(Language language, Matter... matters) {
    return Wording.texts(notice(language, matters), Samples.NOW);
  }

  static Notice notice(Language language, Matter... matters) {
    return Notice.of("n-1", Samples.recipient(1000, language), List.of(matters));
  }

  static Matter matter(String tool, String replacement, Enforcement enforcement, Phase phase) {
    return new Matter(
        new RuleId("rule-" + Integer.toHexString(tool.hashCode())),
        tool,
        replacement,
        replacement.isEmpty() ? "" : URL,
        enforcement,
        phase);
  }

  static Matter claude(Enforcement enforcement, Phase phase) {
    return new Matter(new RuleId("claude-code"), "Claude Code", "Qoder", URL, enforcement, phase);
  }

  static Matter claude(Phase phase) {
    return claude(Enforcement.REMOVE, phase);
  }

  static Matter another(Phase phase) {
    return matter("OpenClaw", "Qoder", Enforcement.REMOVE, phase);
  }

  /// Every occasion, told of one rule.
  static List<List<Matter>> single() {
    var all = new ArrayList<List<Matter>>();
    for (var enforcement : ENFORCEMENTS) {
      for (var phase : Samples.phases()) {
        all.add(List.of(claude(enforcement, phase)));
      }
    }
    return all;
  }

  /// Every occasion, told of two rules and of five, of one date and of several, and mixed.
  static List<List<Matter>> merged() {
    var all = new ArrayList<List<Matter>>();
    for (var enforcement : ENFORCEMENTS) {
      for (var phase : Samples.phases()) {
        all.add(
            List.of(claude(enforcement, phase), matter("OpenClaw", "Qoder", enforcement, phase)));
      }
    }
    for (var phase : Samples.phases()) {
      all.add(five(phase));
    }
    var later = Samples.MIDNIGHT.plusDays(3);
    all.add(
        List.of(
            claude(new Phase.Announced(Samples.MIDNIGHT)), another(new Phase.Announced(later))));
    all.add(
        List.of(
            claude(new Phase.Reminder(Samples.MIDNIGHT, 1, null)),
            another(new Phase.Reminder(later, 4, null))));
    all.add(
        List.of(
            another(new Phase.Announced(later)),
            claude(new Phase.LastHour(Samples.MORNING, 15, 2, Duration.ofDays(1)))));
    all.add(
        List.of(
            another(new Phase.Removed(Samples.MIDNIGHT, 30)),
            matter("Aider", "Qoder", Enforcement.NOTIFY, new Phase.Announced(later)),
            claude(new Phase.DayBefore(Samples.MIDNIGHT, null))));
    return all;
  }

  private static List<Matter> five(Phase phase) {
    return List.of(
        claude(phase),
        another(phase),
        matter("Codex CLI", "Qoder", Enforcement.BLOCK, phase),
        matter("Gemini CLI", "Lingma", Enforcement.REMOVE, phase),
        matter("通义实验版", "", Enforcement.NOTIFY, phase));
  }

  static List<Answered> answers() {
    var date = Samples.MIDNIGHT.plusDays(1);
    return List.of(
        new Answered.ReminderSet(Samples.MIDNIGHT.minusHours(8)),
        new Answered.PutOff(date, 2, date.plusDays(2)),
        new Answered.PutOff(date, 1, null),
        new Answered.PutOff(date, 0, null),
        new Answered.ExemptionRequested("EX-0118", date.plusDays(20), date.plusDays(2)),
        new Answered.ExemptionRequested("", date.plusDays(300), null),
        new Answered.Disputed());
  }

  static Texts answered(Answered answer, String tool, Language language) {
    return Wording.answered(
        answer, new RuleId("claude-code"), tool, language, Samples.SHANGHAI, Samples.NOW);
  }
}
