package dev.interdict.server.main;

import java.time.Duration;
import java.time.ZoneId;

/// How reports are taken and for how long what they told is kept.
///
/// @param checkInEvery between two contacts of one device, as agents are set up
/// @param wholeWithin how long heartbeats may stand for one whole report
/// @param reportsFor how long the exact bytes of reports are kept that later ones replace
/// @param evidenceFor the same of those that carry actions, notices, answers or failures
/// @param samplesFor how long the counts of each hour are kept beside those of each day
/// @param zone in which a day of the history begins
public record ReportSettings(
    Duration checkInEvery,
    Duration wholeWithin,
    Duration reportsFor,
    Duration evidenceFor,
    Duration samplesFor,
    ZoneId zone) {
  /// Nothing may go before the signatures of its day are refused for their age.
  public static final Duration SHORTEST = Duration.ofDays(2);

  public ReportSettings {
    if (wholeWithin.compareTo(Duration.ofHours(1)) < 0
        || wholeWithin.compareTo(Duration.ofDays(7)) > 0) {
      throw new IllegalArgumentException("heartbeats stand for one report for an hour to 7 days");
    }
    if (checkInEvery.toSeconds() < 1) {
      throw new IllegalArgumentException("devices are in contact once a second at most");
    }
    if (reportsFor.compareTo(SHORTEST) < 0
        || evidenceFor.compareTo(reportsFor) < 0
        || samplesFor.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "reports and samples are kept for 2 days at least, evidence no shorter than the rest");
    }
  }

  /// Where nothing else is set.
  public static ReportSettings standard() {
    return new ReportSettings(
        Duration.ofMinutes(15),
        Duration.ofHours(26),
        Duration.ofDays(30),
        Duration.ofDays(365),
        Duration.ofDays(35),
        ZoneId.systemDefault());
  }
}
