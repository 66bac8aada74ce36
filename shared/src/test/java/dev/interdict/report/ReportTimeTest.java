package dev.interdict.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTimeTest {
  private static final long FIRST = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
  private static final long LAST = Instant.parse("2999-12-31T23:59:59Z").getEpochSecond();

  @Test
  void any_time_is_read_as_it_was_written() {
    var random = new Random(11);
    for (var unit : List.of(1, 1_000, 1_000_000, 1_000_000_000)) {
      for (var n = 0; n < 2_000; n++) {
        var nanos = random.nextInt(1_000_000_000) / unit * unit;
        var at = Instant.ofEpochSecond(random.nextLong(FIRST, LAST + 1), nanos);
        assertEquals(at, ReportReading.time(at.toString()));
      }
    }
    assertEquals(
        Instant.parse("2026-07-10T00:00:00.5Z"), ReportReading.time("2026-07-10T00:00:00.5Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-07-10T00:00:00",
        "2026-07-10T00:00:00.Z",
        "2026-07-10T00:00:00.0123456789Z",
        "2026-07-10T00:00:00.12x4Z",
        "2026-07-10T00:00:00,5Z",
        "2026-07-10t00:00:00Z",
        "2026-07-10T00:00:00z",
        "2026-07-10T00:00:00+00:00",
        "2026-02-30T00:00:00Z",
        "2026-13-01T00:00:00Z",
        "2026-07-10T25:00:00Z",
        "2026-07-10T00:60:00Z",
        "1999-07-10T00:00:00Z",
        "2026-07-1\u0660T00:00:00Z"
      })
  void anything_else_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> ReportReading.time(text));
  }
}
