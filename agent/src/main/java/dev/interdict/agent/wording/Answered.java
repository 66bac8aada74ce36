package dev.interdict.agent.wording;

import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/// What came of a person's answer to a notice, as the guard told it.
public sealed interface Answered {

  /// The next notice comes at `at`; the date stays.
  record ReminderSet(ZonedDateTime at) implements Answered {}

  /// Put off until `date`.
  ///
  /// @param left how many times more it may be put off
  /// @param last the latest date that can be reached so; null where that is not known
  record PutOff(ZonedDateTime date, int left, @Nullable ZonedDateTime last) implements Answered {}

  /// An exemption is asked for, and somebody will decide.
  ///
  /// @param request under which IT knows of it; may be empty
  /// @param until for which the exemption is asked
  /// @param waitsUntil until when enforcement waits for the decision; null where it does not
  record ExemptionRequested(String request, ZonedDateTime until, @Nullable ZonedDateTime waitsUntil)
      implements Answered {}

  /// "This is not that tool": nothing is done to it until a person has looked at it.
  record Disputed() implements Answered {}

  /// The name of its messages.
  default String key() {
    return switch (this) {
      case ReminderSet _ -> "remind";
      case PutOff _ -> "defer";
      case ExemptionRequested _ -> "exempt";
      case Disputed _ -> "dispute";
    };
  }
}
