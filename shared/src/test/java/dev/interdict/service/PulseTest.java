package dev.interdict.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PulseTest {
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void it_beats_while_the_loop_keeps_its_word_and_no_longer() throws Exception {
    var beats = new Semaphore(0);
    try (var pulse = new Pulse(nanos::get)) {
      pulse.expect(Duration.ofMinutes(1));
      pulse.start(Duration.ofMillis(10), beats::release);
      assertTrue(beats.tryAcquire(3, 10, TimeUnit.SECONDS));
      nanos.addAndGet(Duration.ofMinutes(2).toNanos());
      // One may have begun before.
      Thread.sleep(50);
      beats.drainPermits();
      assertFalse(beats.tryAcquire(1, 200, TimeUnit.MILLISECONDS));
      pulse.expect(Duration.ofMinutes(1));
      assertTrue(beats.tryAcquire(1, 10, TimeUnit.SECONDS));
    }
  }

  @Test
  void a_loop_that_never_said_anything_does_not_beat() {
    try (var pulse = new Pulse(nanos::get)) {
      assertFalse(pulse.goesOn());
    }
  }

  @Test
  void only_addresses_that_can_be_reached_are_spoken_to() {
    var sent = new ArrayList<byte[]>();
    for (var name : new String[] {"", "/", "relative", "vsock:2:1234", "/" + "x".repeat(107)}) {
      assertEquals(
          ServiceManager.NONE,
          ServiceManager.of(Map.of("NOTIFY_SOCKET", name), 1, (at, _) -> sent.add(at)),
          name);
    }
    ServiceManager.of(Map.of("NOTIFY_SOCKET", "@x"), 1, (at, _) -> sent.add(at)).goesOn();
    assertEquals(1, sent.size());
    assertEquals(4, sent.getFirst().length);
    assertEquals(0, sent.getFirst()[2]);
  }
}
