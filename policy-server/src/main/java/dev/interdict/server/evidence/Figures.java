package dev.interdict.server.evidence;

import dev.interdict.server.compliance.Daily;
import dev.interdict.server.compliance.Overview.Group;
import dev.interdict.server.compliance.Taken;
import dev.interdict.server.store.Database;
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
record Figures(List<Taken> samples, List<Group> departments, boolean isOfHours) {
  /// The figures of a day are taken soon after it began; those that end a period a little after.
  private static final Duration LATE = Duration.ofHours(1);

  Figures {
    samples = List.copyOf(samples);
    departments = List.copyOf(departments);
  }

  static Figures of(Database database, Daily daily, String rule, Instant from, Instant until) {
    var days = Taken.ofDays(database, rule, from, until.plus(LATE));
    var hours = days.size() > 1 ? List.<Taken>of() : Taken.ofHours(database, rule, from, until);
    return new Figures(
        hours.isEmpty() ? days : hours,
        days.isEmpty() ? List.of() : daily.departments(rule, days.getLast().at()),
        !hours.isEmpty());
  }

  /// The last of each day, as a table by day shows them.
  List<Taken> days(ZoneId zone) {
    if (!isOfHours) {
      return samples;
    }
    var last = new TreeMap<LocalDate, Taken>();
    samples.forEach(sample -> last.put(LocalDate.ofInstant(sample.at(), zone), sample));
    return List.copyOf(last.values());
  }

  boolean isEmpty() {
    return samples.isEmpty();
  }

  Taken first() {
    return samples.getFirst();
  }

  Taken last() {
    return samples.getLast();
  }
}
