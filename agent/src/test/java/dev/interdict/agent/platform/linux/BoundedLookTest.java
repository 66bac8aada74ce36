package dev.interdict.agent.platform.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class BoundedLookTest {
  private final CountDownLatch never = new CountDownLatch(1);

  private final Callable<String> hangs =
      () -> {
        // Like a call that hangs in the kernel, it does not hear an interrupt.
        while (never.getCount() > 0) {
          try {
            never.await();
          } catch (InterruptedException e) {
            // Not heard.
          }
        }
        return "late";
      };

  @Test
  void a_look_that_never_ends_is_left_behind_and_the_next_one_sees() throws TimeoutException {
    try (var look = new BoundedLook(Duration.ofMillis(20))) {
      assertThrows(TimeoutException.class, () -> look.at(hangs));
      assertEquals("there", look.at(() -> "there"));
      assertNull(
          look.at(() -> {
            throw new java.io.IOException("nothing is there");
          }));
    }
    never.countDown();
  }

  @Test
  void only_a_few_are_left_behind() throws TimeoutException {
    try (var look = new BoundedLook(Duration.ofMillis(20))) {
      for (var i = 0; i < 8; i++) {
        assertThrows(TimeoutException.class, () -> look.at(hangs));
      }
      assertNull(look.at(() -> "not looked at any more"));
    }
    never.countDown();
  }
}
