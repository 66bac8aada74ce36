package dev.interdict.server.evidence;

import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Daily;
import dev.interdict.server.compliance.Overview.Group;
import dev.interdict.server.compliance.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.TreeMap;

/// How a rule stood within a time, as it was counted then.
///
/// @param samples oldest first; those of days, which are kept for years, or of hours where there
///   are fewer than two of those
/// @param isOfHours whether they are those of hours
/// @param departments at the last of them; none where that was no day's
record Figures(List<Sample> samples, List<Group> departments, boolean isOfHours) {
  /// The figures of a day are taken soon after it began; those that end a period a little after.
  private static final Duration LATE = Duration.ofHours(1);

  Figures {
    samples = List.copyOf(samples);
    departments = List.copyOf(departments);
  }

  static Figures of(Compliance compliance, Daily daily, String rule, Instant from, Instant until) {
    var days = daily.taken(rule, from, until.plus(LATE));
    var hours = days.size() > 1 ? List.<Sample>of() : compliance.history(rule, from, until);
    return new Figures(
        hours.isEmpty() ? days : hours,
        days.isEmpty() ? List.of() : daily.departments(rule, days.getLast().at()),
        !hours.isEmpty());
  }

  /// The last of each day, as a table by day shows them.
  List<Sample> days(ZoneId zone) {
    if (!isOfHours) {
      return samples;
    }
    var last = new TreeMap<LocalDate, Sample>();
    samples.forEach(sample -> last.put(LocalDate.ofInstant(sample.at(), zone), sample));
    return List.copyOf(last.values());
  }

  boolean isEmpty() {
    return samples.isEmpty();
  }

  Sample first() {
    return samples.getFirst();
  }

  Sample last() {
    return samples.getLast();
  }
}
