package dev.interdict.server.draft.holiday;

import com.ibm.icu.util.Calendar;
import com.ibm.icu.util.ChineseCalendar;
import com.ibm.icu.util.TimeZone;
import com.ibm.icu.util.ULocale;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/// Holidays of mainland China after the Regulation on Public Holidays for National Annual Festivals
/// and Memorial Days (as of 2025): New Year 1 day, Spring Festival 4 with its eve, Qingming 1,
/// Labour Day 2, Dragon Boat 1, Mid-Autumn 1, National Day 3. Days beside them that the State
/// Council makes free each year, and weekends that it makes workdays, are announced late in the
/// year before and are not known here; the weeks of Spring Festival, Labour Day and National Day
/// have been free as a whole and count so.
///
/// Lunar dates come from ICU's Chinese calendar. It shows no solar terms, so that Qingming comes
/// from the common formula for it, which holds from 2000 to 2099.
final class China implements Holidays {
  private static final TimeZone UTC = TimeZone.getTimeZone("Etc/UTC");

  @Override
  public @Nullable String on(LocalDate day) {
    var fixed = fixed(day.getMonthValue(), day.getDayOfMonth());
    if (fixed != null) {
      return fixed;
    }
    if (isQingming(day)) {
      return "Qingming";
    }
    return lunar(day);
  }

  private static @Nullable String fixed(int month, int day) {
    return switch (month) {
      case 1 -> day == 1 ? "New Year's Day" : null;
      case 5 -> day <= 5 ? "Labour Day" + (day > 2 ? " week" : "") : null;
      case 10 -> day <= 7 ? "National Day" + (day > 3 ? " week" : "") : null;
      default -> null;
    };
  }

  private static boolean isQingming(LocalDate day) {
    var year = day.getYear() - 2000;
    return day.getMonthValue() == 4
        && year >= 0
        && year < 100
        && day.getDayOfMonth() == (int) (year * 0.2422 + 4.81) - year / 4;
  }

  private static @Nullable String lunar(LocalDate day) {
    var date = chinese(day);
    var dayOfMonth = date.get(Calendar.DAY_OF_MONTH);
    if (date.get(Calendar.IS_LEAP_MONTH) == 0) {
      var month = date.get(Calendar.MONTH) + 1;
      if (month == 1 && dayOfMonth <= 7) {
        return "Spring Festival" + (dayOfMonth > 3 ? " week" : "");
      }
      if (month == 5 && dayOfMonth == 5) {
        return "Dragon Boat Festival";
      }
      if (month == 8 && dayOfMonth == 15) {
        return "Mid-Autumn Festival";
      }
    }
    var tomorrow = chinese(day.plusDays(1));
    var isEve = tomorrow.get(Calendar.MONTH) == 0 && tomorrow.get(Calendar.DAY_OF_MONTH) == 1;
    return isEve && tomorrow.get(Calendar.IS_LEAP_MONTH) == 0 ? "Spring Festival's eve" : null;
  }

  private static ChineseCalendar chinese(LocalDate day) {
    var calendar = new ChineseCalendar(UTC, ULocale.ENGLISH);
    calendar.setTime(Date.from(day.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC)));
    return calendar;
  }
}
