package dev.interdict.agent.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AgentServiceTest {
  private static final AgentService.Pauses SHORT =
      new AgentService.Pauses(Duration.ofMillis(5), Duration.ofMillis(5), Duration.ofMillis(5));

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final CountDownLatch guarding = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);

  @Test
  void it_joins_when_it_can_and_then_is_the_guard_until_it_is_stopped() throws Exception {
    var tries = new AtomicInteger();
    var service =
        started(
            () -> {},
            () -> {
              if (tries.incrementAndGet() == 4) {
                return true;
              }
              if (tries.get() == 3) {
                throw new IOException("the server is away");
              }
              return false;
            },
            this::guard);
    assertTrue(guarding.await(10, TimeUnit.SECONDS));
    service.stop();
    assertTrue(ended.await(0, TimeUnit.SECONDS));
    assertEquals(
        List.of(
            "not enrolled, and no INTERDICT_SERVER is set; idle until one is",
            "the server is away"),
        told);
  }

  @Test
  void a_guard_that_ends_is_started_anew() throws Exception {
    var starts = new AtomicInteger();
    var service = started(() -> {}, () -> true, () -> starts.incrementAndGet() < 3 ? 1 : guard());
    assertTrue(guarding.await(10, TimeUnit.SECONDS));
    service.stop();
    assertEquals(3, starts.get());
    assertEquals("the guard ended with 1; it is started anew", told.getFirst());
  }

  @Test
  void without_a_folder_of_its_own_nothing_is_joined() throws Exception {
    var tries = new AtomicInteger();
    var joins = new AtomicInteger();
    var service =
        started(
            () -> {
              tries.incrementAndGet();
              throw new IOException("others may enter it");
            },
            () -> joins.incrementAndGet() > 0,
            this::guard);
    while (tries.get() < 3) {
      Thread.sleep(2);
    }
    service.stop();
    assertEquals(0, joins.get());
    assertEquals("others may enter it", told.getFirst());
  }

  @Test
  void stopped_before_it_runs_it_does_nothing() {
    var service = new AgentService(() -> {}, () -> true, this::guard, SHORT, told::add);
    service.stop();
    service.run();
    assertFalse(guarding.getCount() == 0);
  }

  private AgentService started(
      AgentService.Step preparation,
      AgentService.Joins joins,
      java.util.function.IntSupplier guard) {
    var service = new AgentService(preparation, joins, guard, SHORT, told::add);
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          service.run();
          ended.countDown();
        });
    return service;
  }

  /// As the real one: until its thread is interrupted.
  private int guard() {
    guarding.countDown();
    try {
      Thread.sleep(Duration.ofMinutes(1));
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }
}
