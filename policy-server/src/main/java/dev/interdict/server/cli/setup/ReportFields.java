package dev.interdict.server.cli.setup;

import dev.interdict.json.Fields;
import dev.interdict.server.main.ReportSettings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.function.Function;

/// What `server.yaml` says of reports and of the history that is made of them: `time-zone` and
/// `reports`.
final class ReportFields {
  private static final Duration LONGEST = Duration.ofDays(366 * 20);

  private ReportFields() {}

  static ReportSettings read(Fields fields) {
    var standard = ReportSettings.standard();
    var zone = fields.optionalParsed("time-zone", ReportFields::zone, standard.zone());
    var reports = fields.optionalObject("reports");
    if (reports == null) {
      return new ReportSettings(
          standard.checkInEvery(),
          standard.wholeWithin(),
          standard.reportsFor(),
          standard.evidenceFor(),
          standard.samplesFor(),
          zone);
    }
    var every = reports.optionalParsed("check-in-every", Settings::period, standard.checkInEvery());
    var whole =
        reports.optionalParsed("whole-within", ReportFields::wholeWithin, standard.wholeWithin());
    var keep = reports.optionalParsed("keep", kept(ReportSettings.SHORTEST), standard.reportsFor());
    var longer = standard.evidenceFor().compareTo(keep) < 0 ? keep : standard.evidenceFor();
    var evidence = reports.optionalParsed("keep-evidence", kept(keep), longer);
    var samples =
        reports.optionalParsed(
            "keep-samples", kept(ReportSettings.SHORTEST), standard.samplesFor());
    reports.end();
    return new ReportSettings(
        every, whole, keep, evidence.compareTo(keep) < 0 ? keep : evidence, samples, zone);
  }

  private static Duration wholeWithin(String text) {
    try {
      var time = Duration.parse(text);
      if (time.compareTo(Duration.ofHours(1)) >= 0 && time.compareTo(Duration.ofDays(7)) <= 0) {
        return time;
      }
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no duration; write hours as PT26H", e);
    }
    throw new IllegalArgumentException("\"" + text + "\" must be PT1H to P7D");
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no time zone; write such as Europe/Berlin", e);
    }
  }

  private static Function<String, Duration> kept(Duration least) {
    return text -> {
      try {
        var period = Duration.parse(text);
        if (period.compareTo(least) >= 0 && period.compareTo(LONGEST) <= 0) {
          return period;
        }
      } catch (DateTimeException e) {
        throw new IllegalArgumentException(
            "\"" + text + "\" is no duration; write days as P30D", e);
      }
      throw new IllegalArgumentException(
          "\"" + text + "\" must be P" + least.toDays() + "D to P" + LONGEST.toDays() + "D");
    };
  }
}
