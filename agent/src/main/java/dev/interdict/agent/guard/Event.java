package dev.interdict.agent.guard;

import dev.interdict.decide.DeviceDate;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Something that a person watching the guard wants to know. About ten in a cycle.
public sealed interface Event {

  /// A new policy was verified.
  record PolicyTaken(long serial, int rules) implements Event {}

  /// What the server offered was not believed or could not be fetched, or it did not answer; the
  /// last good policy stays.
  ///
  /// @param answered whether the server answered at all
  record PolicyProblem(Problem problem, String message, boolean answered) implements Event {
    PolicyProblem(Problem problem, String message) {
      this(problem, message, true);
    }
  }

  /// A scan ended.
  record Scanned(int items, int processes, int gaps) implements Event {}

  /// A scan failed.
  record ScanFailed(String message) implements Event {}

  /// A banned tool is here.
  ///
  /// @param location with the home as `~`
  record Found(
      RuleId rule, String source, String identity, @Nullable String version, String location)
      implements Event {}

  /// The device's own date is known, or has changed.
  record Dated(RuleId rule, Instant date, DeviceDate.SetBy setBy) implements Event {}

  /// A notice was tried.
  ///
  /// @param channel null if it could not be shown
  record Told(RuleId rule, String phase, @Nullable String channel) implements Event {}

  /// Something was done to a finding, or refused, or failed.
  ///
  /// @param detail why not, such as the packages that need it
  record Acted(
      RuleId rule,
      ActionKind kind,
      String identity,
      @Nullable ErrorClass error,
      @Nullable String detail)
      implements Event {

    /// One of which there is no more to say.
    public Acted(RuleId rule, ActionKind kind, String identity, @Nullable ErrorClass error) {
      this(rule, kind, identity, error, null);
    }
  }

  /// Starts of a program were prevented.
  ///
  /// @param stopped how many of them were ended just after, where they could not be prevented
  record Prevented(RuleId rule, String identity, int prevented, int stopped) implements Event {}

  /// An answer of the gate was late, so that everybody was let through for a while.
  record LetThrough(int times) implements Event {}

  /// Something arrived where banned software is or was; a scan follows.
  ///
  /// @param location with the home as `~`
  /// @param cause what most likely brought it
  /// @param program that did it, or null where nobody can say
  record Arrived(RuleId rule, String location, String cause, @Nullable String program)
      implements Event {}

  /// A fresh scan found nothing of the rule any more.
  record Verified(RuleId rule) implements Event {}

  /// The rule is due here and held.
  record Held(RuleId rule, String why) implements Event {}

  /// A report was composed.
  record Reported(long sequence) implements Event {}

  /// What the report `sequence` told still holds, so none was composed.
  record Unchanged(long sequence) implements Event {}

  /// The server has the report.
  record Delivered(long sequence) implements Event {}

  /// The server knows of later reports of this device than the device does: it was set back to an
  /// earlier time, and goes on at `next`.
  record Resumed(long next) implements Event {}

  /// The server refused the report for good; it is not sent again.
  record Refused(long sequence, int status) implements Event {}
}
