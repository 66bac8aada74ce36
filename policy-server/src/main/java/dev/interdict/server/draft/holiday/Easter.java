package dev.interdict.server.draft.holiday;

import java.time.LocalDate;

/// The date of Easter in the Gregorian calendar: the Sunday after the first full moon of spring, as
/// the church reckons the moon.
final class Easter {
  private static final int MOON_YEARS = 19;

  private Easter() {}

  static LocalDate sunday(int year) {
    var golden = year % MOON_YEARS + 1;
    var century = year / 100 + 1;
    var skippedLeapYears = 3 * century / 4 - 12;
    var moonCorrection = (8 * century + 5) / 25 - 5;
    var epact = Math.floorMod(11 * golden + 20 + moonCorrection - skippedLeapYears, 30);
    if (epact == 24 || epact == 25 && golden > 11) {
      epact++;
    }
    var fullMoon = epact < 24 ? 44 - epact : 74 - epact;
    var sundays = 5 * year / 4 - skippedLeapYears - 10;
    var march = fullMoon + 7 - Math.floorMod(sundays + fullMoon, 7);
    return LocalDate.of(year, 3, 1).plusDays(march - 1L);
  }
}
