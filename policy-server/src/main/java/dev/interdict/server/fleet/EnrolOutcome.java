package dev.interdict.server.fleet;

import dev.interdict.report.EnrolAnswer;

/// What came of a request to enrol.
public sealed interface EnrolOutcome {

  /// A new device is known from now on.
  record Enrolled(EnrolAnswer answer) implements EnrolOutcome {}

  /// The same key had enrolled before; nothing changed, no use of the token was taken. It is told
  /// what it was told then, since that answer may not have reached it.
  record Known(EnrolAnswer answer) implements EnrolOutcome {}

  /// The request is not signed with the key it presents.
  record NotProven(String why) implements EnrolOutcome {}

  /// The token is unknown, expired, used up or revoked; which of these is not told.
  record TokenRefused() implements EnrolOutcome {}

  /// The token has admitted as many devices in the last hour as it may.
  record Later() implements EnrolOutcome {}

  /// The request itself is malformed.
  record Malformed(String why) implements EnrolOutcome {}
}
