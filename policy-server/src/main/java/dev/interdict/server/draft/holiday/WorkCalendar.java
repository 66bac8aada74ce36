package dev.interdict.server.draft.holiday;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.Calendar.WeekData;
import com.ibm.icu.util.TimeZone;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/// Weekends and public holidays where a time zone lies: the country by ICU's time zone data, its
/// weekend by CLDR, its holidays by [China] and [National], elsewhere New Year's Day and Christmas
/// Day alone. Holidays of regions, of religions with a calendar of their own, and days that a
/// government swaps from year to year are not known, so that no finding means little.
///
/// Immutable; thread-safe.
public final class WorkCalendar {
  /// Longest run of days off that is looked beyond.
  private static final int LONGEST_WEEKEND = 4;

  private static final int FIRST_YEAR = 1900;
  private static final int LAST_YEAR = 2199;

  private final String country;
  private final WeekData week;
  private final Holidays holidays;

  private WorkCalendar(String country, Holidays holidays) {
    this.country = country;
    this.week = Calendar.getWeekDataForRegion(country);
    this.holidays = holidays;
  }

  /// The calendar where `zone` lies.
  public static WorkCalendar of(ZoneId zone) {
    var country = country(zone);
    return new WorkCalendar(country, country.equals("CN") ? new China() : National.of(country));
  }

  /// ISO 3166 code, or 001 (the world) for a zone of no country.
  private static String country(ZoneId zone) {
    try {
      return TimeZone.getRegion(zone.getId());
    } catch (IllegalArgumentException e) {
      return "001";
    }
  }

  /// The country's name in English, such as `China`.
  public String place() {
    return country.equals("001")
        ? "most countries"
        : Locale.of("", country).getDisplayCountry(Locale.ENGLISH);
  }

  /// Whether people there do not work on this day of the week.
  public boolean isWeekend(LocalDate day) {
    // ICU counts from Sunday, which is 1; a weekend may run over the end of its week.
    var number = day.getDayOfWeek().getValue() % 7 + 1;
    return week.weekendOnset <= week.weekendCease
        ? number >= week.weekendOnset && number <= week.weekendCease
        : number >= week.weekendOnset || number <= week.weekendCease;
  }

  /// The public holiday on this day; none is known beyond the years from 1900 to 2199.
  public Optional<String> holiday(LocalDate day) {
    return day.getYear() < FIRST_YEAR || day.getYear() > LAST_YEAR
        ? Optional.empty()
        : Optional.ofNullable(holidays.on(day));
  }

  /// Whether people work.
  public boolean isWorkday(LocalDate day) {
    return !isWeekend(day) && holiday(day).isEmpty();
  }

  /// The public holiday before which `day` is the last workday, with no more than a weekend between
  /// them.
  public Optional<String> holidayAfter(LocalDate day) {
    var next = day.plusDays(1);
    for (var i = 0; i < LONGEST_WEEKEND && isWeekend(next) && holiday(next).isEmpty(); i++) {
      next = next.plusDays(1);
    }
    return holiday(next);
  }

  /// Whether the weekend begins on the day after.
  public boolean endsWeek(LocalDate day) {
    return !isWeekend(day) && isWeekend(day.plusDays(1));
  }

  /// How many workdays there are from `from` on and before `to`, counted up to `enough`.
  public int workdays(LocalDate from, LocalDate to, int enough) {
    var count = 0;
    for (var day = from; day.isBefore(to) && count < enough; day = day.plusDays(1)) {
      count += isWorkday(day) ? 1 : 0;
    }
    return count;
  }

  /// The first workday from `day` on.
  public LocalDate workdayFrom(LocalDate day) {
    var found = day;
    while (!isWorkday(found)) {
      found = found.plusDays(1);
    }
    return found;
  }
}
