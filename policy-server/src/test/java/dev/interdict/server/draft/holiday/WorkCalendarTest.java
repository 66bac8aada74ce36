package dev.interdict.server.draft.holiday;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkCalendarTest {
  private static WorkCalendar of(String zone) {
    return WorkCalendar.of(ZoneId.of(zone));
  }

  /// As the State Council's notices for these years have them.
  @ParameterizedTest
  @CsvSource({
    "2024-01-01, New Year's Day",
    "2024-02-09, Spring Festival's eve",
    "2024-02-10, Spring Festival",
    "2025-01-28, Spring Festival's eve",
    "2025-01-29, Spring Festival",
    "2025-02-04, Spring Festival week",
    "2026-02-16, Spring Festival's eve",
    "2026-02-17, Spring Festival",
    "2026-02-23, Spring Festival week",
    "2023-04-05, Qingming",
    "2024-04-04, Qingming",
    "2025-04-04, Qingming",
    "2026-04-05, Qingming",
    "2026-05-01, Labour Day",
    "2026-05-05, Labour Day week",
    "2024-06-10, Dragon Boat Festival",
    "2025-05-31, Dragon Boat Festival",
    "2026-06-19, Dragon Boat Festival",
    "2024-09-17, Mid-Autumn Festival",
    "2025-10-06, National Day week",
    "2026-09-25, Mid-Autumn Festival",
    "2026-10-01, National Day",
    "2026-10-07, National Day week",
    "2026-02-15,",
    "2026-02-24,",
    "2026-04-04,",
    "2026-07-10,",
    "2026-12-25,",
    // The fifth of a month that is kept twice: only the first is the festival.
    "2009-05-28, Dragon Boat Festival",
    "2009-06-27,",
  })
  void china(LocalDate day, String name) {
    assertEquals(Optional.ofNullable(name), of("Asia/Shanghai").holiday(day));
    assertEquals(Optional.ofNullable(name), of("Asia/Urumqi").holiday(day));
  }

  @ParameterizedTest
  @CsvSource({
    "America/New_York, 2026-07-03, Independence Day",
    "America/New_York, 2026-07-04, Independence Day",
    "America/New_York, 2026-11-26, Thanksgiving Day",
    "America/New_York, 2026-01-19, Martin Luther King Jr. Day",
    "America/New_York, 2026-05-25, Memorial Day",
    "America/Chicago,  2021-12-31, New Year's Day",
    "America/New_York, 2026-11-27,",
    "Europe/London,    2026-04-03, Good Friday",
    "Europe/London,    2026-04-06, Easter Monday",
    "Europe/London,    2026-12-28, Boxing Day",
    "Europe/London,    2022-12-27, Christmas Day",
    "Europe/London,    2026-08-31, Summer bank holiday",
    "Europe/Berlin,    2026-05-14, Ascension Day",
    "Europe/Berlin,    2026-05-25, Whit Monday",
    "Europe/Berlin,    2026-10-03, German Unity Day",
    "Europe/Berlin,    2026-01-06,",
    "Europe/Paris,     2026-07-14, Bastille Day",
    "Europe/Paris,     2027-03-29, Easter Monday",
    "Asia/Tokyo,       2026-01-01, New Year's Day",
    "Asia/Tokyo,       2026-02-11,",
    "Etc/UTC,          2026-12-25, Christmas Day",
    "Asia/Hong_Kong,   2026-10-02,",
  })
  void elsewhere(String zone, LocalDate day, String name) {
    assertEquals(Optional.ofNullable(name), of(zone).holiday(day));
  }

  @Test
  void weekends_are_those_of_the_country() {
    var friday = LocalDate.parse("2026-07-10");
    assertTrue(of("Asia/Shanghai").isWeekend(friday.plusDays(1)));
    assertTrue(of("Asia/Shanghai").isWeekend(friday.plusDays(2)));
    assertFalse(of("Asia/Shanghai").isWeekend(friday));
    assertTrue(of("Asia/Jerusalem").isWeekend(friday));
    assertFalse(of("Asia/Jerusalem").isWeekend(friday.plusDays(2)));
    assertTrue(of("Asia/Shanghai").endsWeek(friday));
    assertTrue(of("Asia/Jerusalem").endsWeek(friday.minusDays(1)));
  }

  @Test
  void the_last_workday_before_a_holiday_is_found_over_a_weekend() {
    var london = of("Europe/London");
    assertEquals(
        Optional.of("Summer bank holiday"), london.holidayAfter(LocalDate.parse("2026-08-28")));
    assertEquals(Optional.empty(), london.holidayAfter(LocalDate.parse("2026-08-27")));
    assertEquals(
        Optional.of("National Day"),
        of("Asia/Shanghai").holidayAfter(LocalDate.parse("2026-09-30")));
  }

  @Test
  void workdays_are_counted_up_to_what_is_enough() {
    var shanghai = of("Asia/Shanghai");
    var from = LocalDate.parse("2026-09-24");
    assertEquals(4, shanghai.workdays(from, LocalDate.parse("2026-10-08"), 9));
    assertEquals(3, shanghai.workdays(from, LocalDate.parse("9999-12-31"), 3));
    assertEquals(
        LocalDate.parse("2026-10-08"), shanghai.workdayFrom(LocalDate.parse("2026-10-01")));
  }
}
