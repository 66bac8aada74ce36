package dev.interdict.server.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.MovableClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedTimeTest {
  private static final Instant START = Instant.parse("2026-07-01T00:00:00Z");

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock(START);

  private SignedTime opened() {
    return new SignedTime(clock, folder.resolve("signed-time"));
  }

  private String refused() {
    return String.valueOf(
        assertThrows(ImplausibleTimeException.class, () -> opened().instant()).getMessage());
  }

  @Test
  void time_that_goes_on_is_signed_by_every_process_in_turn() {
    for (var hour = 0; hour < 100; hour++) {
      assertEquals(clock.instant(), opened().instant());
      clock.move(Duration.ofMinutes(hour % 2 == 0 ? 90 : -4));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT25H1M", "PT-6M", "P3652D", "P-3652D"})
  void a_clock_that_leaps_or_goes_back_signs_nothing_until_somebody_accepts_it(String by) {
    opened().instant();
    clock.move(Duration.parse(by));
    assertTrue(refused().contains("last signed 2026-07-01T00:00:00Z"), refused());
    assertTrue(refused().contains("interdict-server run --accept-clock"), refused());
    opened().accept();
    assertEquals(clock.instant(), opened().instant());
  }

  @Test
  void set_right_again_it_goes_on_by_itself() {
    opened().instant();
    clock.move(Duration.ofDays(3652));
    refused();
    clock.move(Duration.ofDays(-3652));
    assertEquals(START, opened().instant());
  }

  @Test
  void small_steps_back_do_not_add_up() {
    opened().instant();
    clock.move(Duration.ofMinutes(-4));
    assertEquals(clock.instant(), opened().instant());
    clock.move(Duration.ofMinutes(-4));
    refused();
  }

  @Test
  void a_damaged_memory_is_no_reason_to_sign_just_anything() throws Exception {
    Files.writeString(folder.resolve("signed-time"), "yesterday");
    assertTrue(refused().contains("is damaged"));
    opened().accept();
    assertEquals(START, opened().instant());
  }
}
