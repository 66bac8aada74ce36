package dev.interdict.server.views;

import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;

/// How often something is told, and when. Immutable.
///
/// @param on of a week its day, 1 (Monday) to 7; of a month its day, 1 to 28; of a day always 1
/// @param hour 0 to 23; where a clock that is put forward leaves it out, the time right after
/// @param zone in which days and hours are meant
public record Rhythm(Every every, int on, int hour, ZoneId zone) {
  /// The last day that every month has.
  public static final int LAST_OF_MONTH = 28;

  /// @throws IllegalArgumentException if there is no such day or hour
  public Rhythm {
    var last =
        switch (every) {
          case DAY -> 1;
          case WEEK -> DayOfWeek.values().length;
          case MONTH -> LAST_OF_MONTH;
        };
    if (on < 1 || on > last) {
      throw new SentenceException(
          switch (every) {
            case DAY ->
                Sentence.of("schedule.daily", "a daily report is on every day; leave the day out");
            case WEEK ->
                Sentence.of(
                    "schedule.weekly", "the day of a weekly report is 1 (Monday) to 7 (Sunday)");
            case MONTH ->
                Sentence.of(
                    "schedule.monthly",
                    "the day of a monthly report is 1 to 28, which every month has");
          });
    }
    if (hour < 0 || hour > 23) {
      throw new SentenceException(Sentence.of("schedule.hour", "the hour is 0 to 23"));
    }
  }

  /// How often.
  public enum Every {
    DAY,
    WEEK,
    MONTH;

    /// As the database and programs write it.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Every ofWord(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /// The first turn after an instant.
  public Instant after(Instant then) {
    var day = begun(LocalDate.ofInstant(then, zone));
    var turn = at(day);
    while (!turn.isAfter(then)) {
      day = next(day);
      turn = at(day);
    }
    return turn;
  }

  /// The day of a turn that is not after `day`'s own day, week or month.
  private LocalDate begun(LocalDate day) {
    return switch (every) {
      case DAY -> day;
      case WEEK -> day.minusDays(day.getDayOfWeek().getValue() - 1L).plusDays(on - 1L);
      case MONTH -> day.withDayOfMonth(on);
    };
  }

  private LocalDate next(LocalDate day) {
    return switch (every) {
      case DAY -> day.plusDays(1);
      case WEEK -> day.plusWeeks(1);
      case MONTH -> day.plusMonths(1);
    };
  }

  private Instant at(LocalDate day) {
    return day.atTime(hour, 0).atZone(zone).toInstant();
  }
}
