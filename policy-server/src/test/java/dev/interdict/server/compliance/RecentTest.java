package dev.interdict.server.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentTest {
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger counted = new AtomicInteger();
  private final Recent<String, Integer> recent = new Recent<>(nanos::get, _ -> true);

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void a_fresh_count_is_shown_again() {
    assertEquals(1, recent.get("rule", counted::incrementAndGet));
    pass(Recent.FRESH.minusNanos(1));
    assertEquals(1, recent.get("rule", counted::incrementAndGet));
    assertEquals(1, counted.get());
  }

  @Test
  void each_key_has_its_own_count() {
    assertEquals(1, recent.get("rule", counted::incrementAndGet));
    assertEquals(2, recent.get("other", counted::incrementAndGet));
  }

  @Test
  void a_count_that_is_too_old_is_never_shown() {
    recent.get("rule", counted::incrementAndGet);
    pass(Recent.USABLE);
    assertEquals(2, recent.get("rule", counted::incrementAndGet));
  }

  @Test
  void a_count_that_gets_old_is_shown_while_it_is_counted_anew() throws InterruptedException {
    recent.get("rule", counted::incrementAndGet);
    pass(Recent.FRESH);
    var anew = new CountDownLatch(1);
    var shown =
        recent.get(
            "rule",
            () -> {
              anew.countDown();
              return counted.incrementAndGet();
            });
    assertEquals(1, shown);
    anew.await();
    while (recent.get("rule", counted::incrementAndGet) == 1) {
      Thread.onSpinWait();
    }
    assertEquals(2, recent.get("rule", counted::incrementAndGet));
  }

  @Test
  void what_is_not_worth_keeping_is_counted_for_everybody() {
    var small = new Recent<String, Integer>(nanos::get, _ -> false);
    small.get("rule", counted::incrementAndGet);
    assertEquals(2, small.get("rule", counted::incrementAndGet));
  }

  @Test
  void a_failure_is_told_and_not_kept() {
    assertThrows(
        IllegalStateException.class,
        () ->
            recent.get(
                "rule",
                () -> {
                  throw new IllegalStateException("the database failed");
                }));
    assertEquals(1, recent.get("rule", counted::incrementAndGet));
  }
}
