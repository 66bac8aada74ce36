package dev.interdict.server.fleetsim;

import dev.interdict.report.PolicyVersion;
import java.time.Duration;
import java.time.Instant;

/// The ban that the fleet lives through.
///
/// @param announced when devices hear of it
/// @param minimumNotice from a first notice to the earliest removal
record Ban(
    String rule,
    PolicyVersion policy,
    Instant announced,
    Instant effective,
    Duration minimumNotice) {

  /// A device's own date after a notice that was shown at `told`.
  Instant dateFor(Instant told) {
    var fair = told.plus(minimumNotice);
    return fair.isAfter(effective) ? fair : effective;
  }
}
