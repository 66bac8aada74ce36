package dev.interdict.agent.ledger;

import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.ToldOutcome;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing worth remembering of one rule. Instants are trusted time; a term is the rule's
/// effective date that was spoken of, since a rule with another date is told anew.
public sealed interface Entry {
  /// The rule it concerns.
  RuleId rule();

  /// When.
  Instant at();

  /// The tool was found.
  record Seen(RuleId rule, Instant at) implements Entry {}

  /// A notice was due to a person, and what came of it.
  ///
  /// @param date the device's date that it spoke of
  /// @param channel where it was shown; null if it could not be shown
  /// @param awake the device's awake time in all
  record Told(
      RuleId rule,
      Instant at,
      Instant term,
      String person,
      NoticePhase phase,
      @Nullable Instant date,
      ToldOutcome outcome,
      @Nullable String channel,
      Duration awake)
      implements Entry {}

  /// A person counts as told, since nothing could be shown to them for too long.
  record GaveUp(RuleId rule, Instant at, Instant term, String person) implements Entry {}

  /// A person answered a notice by its buttons, or closed it.
  ///
  /// @param phase the occasion, as [dev.interdict.agent.notice.Phase#key] names it
  /// @param choice the button, or null where it was closed
  record Clicked(
      RuleId rule, Instant at, String person, String phase, String channel, @Nullable String choice)
      implements Entry {}

  /// A person answered in a way that something follows from.
  ///
  /// @param id names the answer to the person and to IT
  /// @param until to when it reaches: the next reminder, the new date, the end that is asked for
  /// @param by by how much the date was put off; zero for other kinds
  /// @param finding the finding that is disputed, or null
  /// @param text in the person's own words, or null
  record Answered(
      RuleId rule,
      Instant at,
      Instant term,
      String person,
      String id,
      Answer kind,
      @Nullable Instant until,
      Duration by,
      @Nullable String finding,
      @Nullable String text)
      implements Entry {}

  /// The kinds of answer that something follows from.
  enum Answer {
    REMIND,
    PUT_OFF,
    REMOVE_NOW,
    EXEMPTION_REQUEST,
    /// A one-time code was typed, which exempts until its end.
    EXEMPTION_CODE,
    NOT_THAT_TOOL
  }

  /// Something was told that is told once.
  ///
  /// @param what names it, such as `exempted EX-0118`
  record Mentioned(RuleId rule, Instant at, String what) implements Entry {}

  /// What the rule was called when people were told of it, for the day on which it is withdrawn.
  record Named(RuleId rule, Instant at, String tool, String replacement, String replacementUrl)
      implements Entry {}

  /// An exemption was seen to hold; or to have ended, or the ban was called off: what people were
  /// told until then counts no more.
  record Spared(RuleId rule, Instant at, boolean spared) implements Entry {}

  /// Trusted time was corrected forward: what was told since it was last confirmed was told that
  /// much later than it seemed.
  ///
  /// @param since when it was last confirmed before
  record Leapt(RuleId rule, Instant at, Instant since, Duration by) implements Entry {}

  /// The memory of this device was found to be of an earlier time.
  ///
  /// @param by how long people can have put the rule's date off meanwhile, in all
  record Forgot(RuleId rule, Instant at, Duration by) implements Entry {}

  /// The rule was seen to be held or out of scope, or to be so no longer.
  record Held(RuleId rule, Instant at, boolean held) implements Entry {}

  /// Something is about to be done; written before it, so that a crash in between leaves a doubt
  /// and not a device that looks clean.
  record Intended(RuleId rule, Instant at) implements Entry {}

  /// Something was done, or failed, to one finding.
  record Acted(
      RuleId rule, Instant at, ActionKind kind, String identity, @Nullable ErrorClass error)
      implements Entry {}

  /// Whoever runs this computer looked at what failed, and has it tried again: what failed and what
  /// came back before counts no more against the next try.
  record Retried(RuleId rule, Instant at) implements Entry {}

  /// Somebody, or something, tried to start it, and that was prevented or ended at once.
  ///
  /// @param kind [ActionKind#LAUNCH_BLOCKED], or [ActionKind#STOPPED] where it had started
  /// @param times since the entry before
  record Prevented(RuleId rule, Instant at, ActionKind kind, String identity, int times)
      implements Entry {}

  /// Something arrived where it was.
  ///
  /// @param cause what most likely brought it, such as `package-manager`
  /// @param program that did it, or null where nobody can say
  record Arrived(RuleId rule, Instant at, String cause, @Nullable String program)
      implements Entry {}

  /// A fresh scan that saw everything found nothing of it any more.
  record Verified(RuleId rule, Instant at) implements Entry {}
}
