package dev.interdict.agent.ledger;

import dev.interdict.agent.decide.NoticePhase;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One thing worth remembering of one rule. Instants are trusted time.
public sealed interface Entry {
  /// The rule it concerns.
  RuleId rule();

  /// When.
  Instant at();

  /// The tool was found.
  record Seen(RuleId rule, Instant at) implements Entry {}

  /// A notice was tried.
  ///
  /// @param term the rule's effective date it spoke of; a rule with another date is told anew
  /// @param channel where it was shown; null if it could not be shown
  record Told(RuleId rule, Instant at, Instant term, NoticePhase phase, @Nullable String channel)
      implements Entry {}

  /// The employee put the removal off.
  record Deferred(RuleId rule, Instant at, Instant term, Duration by) implements Entry {}

  /// Something is about to be done; written before it, so that a crash in between leaves a doubt
  /// and not a device that looks clean.
  record Intended(RuleId rule, Instant at) implements Entry {}

  /// Something was done, or failed, to one finding.
  record Acted(
      RuleId rule, Instant at, ActionKind kind, String identity, @Nullable ErrorClass error)
      implements Entry {}

  /// A fresh scan that saw everything found nothing of it any more.
  record Verified(RuleId rule, Instant at) implements Entry {}
}
