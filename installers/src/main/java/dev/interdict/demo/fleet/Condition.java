package dev.interdict.demo.fleet;

import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import dev.interdict.report.Presence;
import dev.interdict.report.Problem;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a device stands when it reports.
sealed interface Condition {

  /// Wholly scanned, nothing found.
  record Clear() implements Condition {}

  /// The tool is there and the user was, or was not yet, told.
  ///
  /// @param date the device's own date; null until a notice was shown
  record Present(Presence presence, @Nullable Instant date, boolean told) implements Condition {}

  /// The agent is taking it off.
  record Removing(Instant date, boolean stopped) implements Condition {}

  /// Taken off and verified.
  ///
  /// @param how what the agent did; null if the user removed it
  record Removed(@Nullable Instant date, @Nullable ActionKind how) implements Condition {}

  /// Tried and not achieved.
  record Failed(Instant date, ErrorClass error) implements Condition {}

  /// The tool is there, and may be.
  record Exempt(Instant until) implements Condition {}

  /// Cannot be scanned.
  record Unsupported() implements Condition {}

  /// Nothing found, a part not seen.
  record PartlySeen(String source, Problem problem) implements Condition {}

  /// The same standing in a report in which nothing was done since the one before.
  default Condition unchanged() {
    return switch (this) {
      case Present(var presence, var date, var _) -> new Present(presence, date, false);
      case Removing(var date, var _) -> new Removing(date, false);
      case Removed(var date, var _) -> new Removed(date, null);
      case Clear _, Failed _, Exempt _, Unsupported _, PartlySeen _ -> this;
    };
  }
}
