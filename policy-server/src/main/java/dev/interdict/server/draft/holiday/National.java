package dev.interdict.server.draft.holiday;

import static java.time.DayOfWeek.MONDAY;
import static java.time.DayOfWeek.SATURDAY;
import static java.time.DayOfWeek.SUNDAY;
import static java.time.DayOfWeek.THURSDAY;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.temporal.TemporalAdjusters;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/// Holidays that are the same every year or hang on Easter or a Monday, of the whole country, by
/// its law: the United States (5 U.S.C. 6103), England and Wales (Banking and Financial Dealings
/// Act 1971 and bank holidays proclaimed every year), Germany (what all states keep), France (Code
/// du travail L3133-1). Elsewhere New Year's Day and Christmas Day.
final class National {
  private National() {}

  /// One holiday, the day of which is known for every year.
  private record Yearly(String name, IntFunction<LocalDate> in) {
    LocalDate in(int year) {
      return in.apply(year);
    }
  }

  private static final Yearly NEW_YEAR = on("New Year's Day", 1, 1);
  private static final Yearly LABOUR_DAY = on("Labour Day", 5, 1);
  private static final Yearly CHRISTMAS = on("Christmas Day", 12, 25);
  private static final Yearly GOOD_FRIDAY = easter("Good Friday", -2);
  private static final Yearly EASTER_MONDAY = easter("Easter Monday", 1);
  private static final Yearly ASCENSION = easter("Ascension Day", 39);
  private static final Yearly WHIT_MONDAY = easter("Whit Monday", 50);

  private static final List<Yearly> AMERICAN =
      List.of(
          NEW_YEAR,
          nth("Martin Luther King Jr. Day", 3, MONDAY, 1),
          nth("Washington's Birthday", 3, MONDAY, 2),
          last("Memorial Day", MONDAY, 5),
          on("Juneteenth", 6, 19),
          on("Independence Day", 7, 4),
          nth("Labor Day", 1, MONDAY, 9),
          nth("Columbus Day", 2, MONDAY, 10),
          on("Veterans Day", 11, 11),
          nth("Thanksgiving Day", 4, THURSDAY, 11),
          CHRISTMAS);

  private static final List<Yearly> ENGLISH =
      List.of(
          NEW_YEAR,
          GOOD_FRIDAY,
          EASTER_MONDAY,
          nth("Early May bank holiday", 1, MONDAY, 5),
          last("Spring bank holiday", MONDAY, 5),
          last("Summer bank holiday", MONDAY, 8),
          CHRISTMAS,
          on("Boxing Day", 12, 26));

  private static final List<Yearly> GERMAN =
      List.of(
          NEW_YEAR,
          GOOD_FRIDAY,
          EASTER_MONDAY,
          LABOUR_DAY,
          ASCENSION,
          WHIT_MONDAY,
          on("German Unity Day", 10, 3),
          CHRISTMAS,
          on("Second Christmas Day", 12, 26));

  private static final List<Yearly> FRENCH =
      List.of(
          NEW_YEAR,
          EASTER_MONDAY,
          LABOUR_DAY,
          on("Victory Day", 5, 8),
          ASCENSION,
          WHIT_MONDAY,
          on("Bastille Day", 7, 14),
          on("Assumption Day", 8, 15),
          on("All Saints' Day", 11, 1),
          on("Armistice Day", 11, 11),
          CHRISTMAS);

  static Holidays of(String country) {
    return switch (country) {
      case "US" -> day -> among(AMERICAN, day, National::americanStandIn);
      case "GB" -> National::english;
      case "DE" -> day -> among(GERMAN, day, same -> same);
      case "FR" -> day -> among(FRENCH, day, same -> same);
      default -> day -> among(List.of(NEW_YEAR, CHRISTMAS), day, same -> same);
    };
  }

  /// Moves a holiday to the day on which it is kept.
  @FunctionalInterface
  private interface StandIn {
    LocalDate of(LocalDate day);
  }

  private static @Nullable String among(List<Yearly> holidays, LocalDate day, StandIn standIn) {
    for (var holiday : holidays) {
      // New Year's Day may be kept on the last day of the year before.
      for (var year = day.getYear(); year <= day.getYear() + 1; year++) {
        var own = holiday.in(year);
        if (own.equals(day) || standIn.of(own).equals(day)) {
          return holiday.name();
        }
      }
    }
    return null;
  }

  /// 5 U.S.C. 6103(b) and Executive Order 11582: Saturday's on Friday, Sunday's on Monday.
  private static LocalDate americanStandIn(LocalDate day) {
    return switch (day.getDayOfWeek()) {
      case SATURDAY -> day.minusDays(1);
      case SUNDAY -> day.plusDays(1);
      default -> day;
    };
  }

  /// One that falls on a weekend is kept on the next day that is free of others.
  private static @Nullable String english(LocalDate day) {
    var taken = new HashSet<LocalDate>();
    ENGLISH.forEach(holiday -> taken.add(holiday.in(day.getYear())));
    for (var holiday : ENGLISH) {
      var own = holiday.in(day.getYear());
      var kept = own;
      while (isSaturdayOrSunday(kept) || !kept.equals(own) && taken.contains(kept)) {
        kept = kept.plusDays(1);
      }
      taken.add(kept);
      if (own.equals(day) || kept.equals(day)) {
        return holiday.name();
      }
    }
    return null;
  }

  private static boolean isSaturdayOrSunday(LocalDate day) {
    return day.getDayOfWeek() == SATURDAY || day.getDayOfWeek() == SUNDAY;
  }

  private static Yearly on(String name, int month, int day) {
    return new Yearly(name, year -> MonthDay.of(month, day).atYear(year));
  }

  private static Yearly nth(String name, int nth, DayOfWeek weekday, int month) {
    return new Yearly(
        name,
        year ->
            LocalDate.of(year, month, 1).with(TemporalAdjusters.dayOfWeekInMonth(nth, weekday)));
  }

  private static Yearly last(String name, DayOfWeek weekday, int month) {
    return new Yearly(
        name, year -> LocalDate.of(year, month, 1).with(TemporalAdjusters.lastInMonth(weekday)));
  }

  private static Yearly easter(String name, int days) {
    return new Yearly(name, year -> Easter.sunday(year).plusDays(days));
  }
}
