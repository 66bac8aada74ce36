package dev.interdict.server.web.pages;

import dev.interdict.server.query.Asked;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.View.Filter;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.OverviewView.Days;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Of what time an overview shows the course: since the announcement, the last days, or from one
/// day to another. Figures are always of now. Immutable.
///
/// @param days how far back; null where the days are chosen, or it is since the announcement
/// @param from the first day; null for since the announcement
/// @param to the last day; null for until now
record Period(@Nullable Integer days, @Nullable LocalDate from, @Nullable LocalDate to) {
  private static final LocalDate FIRST = LocalDate.ofInstant(Asked.FIRST, ZoneOffset.UTC);
  private static final LocalDate END = LocalDate.ofInstant(Asked.END, ZoneOffset.UTC);
  private static final String PERIOD = "period";
  private static final String FROM = "from";
  private static final String TO = "to";

  /// What leaves the days aside that a form still has.
  private static final String ANNOUNCED = "announced";

  private static final String CHOSEN = "days";
  private static final List<Integer> PERIODS = List.of(7, 30, 90);

  /// Days without the word for them are meant too, and with it whatever else a form still says. Two
  /// days are meant whichever is named first.
  ///
  /// @throws IllegalArgumentException if the address is not understood
  static Period of(Query query) {
    var chosen = between(day(query.text(FROM)), day(query.text(TO)));
    var named = query.values(PERIOD);
    if (chosen.isChosen() && (named.isEmpty() || named.contains(CHOSEN))) {
      return chosen;
    }
    var period = query.text(PERIOD);
    for (var days : PERIODS) {
      if (period.equals(days + "d")) {
        return new Period(days, null, null);
      }
    }
    if (!List.of("", ANNOUNCED, CHOSEN).contains(period)) {
      throw new IllegalArgumentException("period: 7d, 30d, 90d, announced or days");
    }
    return new Period(null, null, null);
  }

  private static Period between(@Nullable LocalDate one, @Nullable LocalDate other) {
    return one != null && other != null && other.isBefore(one)
        ? new Period(null, other, one)
        : new Period(null, one, other);
  }

  private static @Nullable LocalDate day(String written) {
    try {
      var day = written.isEmpty() ? null : LocalDate.parse(written);
      if (day == null || !day.isBefore(FIRST) && day.isBefore(END)) {
        return day;
      }
    } catch (DateTimeException e) {
      // Said below.
    }
    throw new IllegalArgumentException("from, to: days such as 2026-07-01");
  }

  /// From when on the course is shown; null for since the announcement.
  ///
  /// @param zone of its days
  @Nullable Instant start(Instant now, ZoneId zone) {
    if (days != null) {
      return now.minus(Duration.ofDays(days));
    }
    return from == null ? null : from.atStartOfDay(zone).toInstant();
  }

  /// Before when it ends; null where that is not before now.
  @Nullable Instant end(Instant now, ZoneId zone) {
    var end = to == null ? null : to.plusDays(1).atStartOfDay(zone).toInstant();
    return end != null && end.isBefore(now) ? end : null;
  }

  /// An address that says it in days, so that it shows the same tomorrow: what ends now ends with
  /// today there.
  Href in(Href href, Instant now, ZoneId zone) {
    var today = LocalDate.ofInstant(now, zone);
    var first = days == null ? from : LocalDate.ofInstant(now.minus(Duration.ofDays(days)), zone);
    var last = to != null ? to : first != null && first.isAfter(today) ? first : today;
    return href.with(FROM, first == null ? "" : first.toString()).with(TO, last.toString());
  }

  private boolean isChosen() {
    return from != null || to != null;
  }

  /// Its choices; [#from] and [#to] stand in fields of their own.
  Filter filter(Words words) {
    var choices = new ArrayList<Choice>();
    choices.add(
        new Choice(
            isChosen() ? ANNOUNCED : "",
            words.text("overview.period.announced"),
            days == null && !isChosen()));
    for (var each : PERIODS) {
      choices.add(
          new Choice(
              each + "d", words.text("overview.period.days", each), Objects.equals(each, days)));
    }
    if (isChosen()) {
      choices.add(new Choice(CHOSEN, words.text("overview.period.chosen"), true));
    }
    return new Filter(PERIOD, words.text("overview.period"), choices);
  }

  /// The days as they stand in fields.
  Days written() {
    return new Days(from == null ? "" : from.toString(), to == null ? "" : to.toString());
  }
}
