package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;

/// What came of a request to enrol.
public sealed interface EnrolOutcome {

  /// A new device is known from now on.
  record Enrolled(DeviceId device) implements EnrolOutcome {}

  /// The same key had enrolled before; nothing changed, no use of the token was taken.
  record Known(DeviceId device) implements EnrolOutcome {}

  /// The request is not signed with the key it presents.
  record NotProven(String why) implements EnrolOutcome {}

  /// The token is unknown, expired, used up or revoked; which of these is not told.
  record TokenRefused() implements EnrolOutcome {}

  /// The request itself is malformed.
  record Malformed(String why) implements EnrolOutcome {}
}
