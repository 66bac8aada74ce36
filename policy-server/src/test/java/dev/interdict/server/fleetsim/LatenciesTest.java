package dev.interdict.server.fleetsim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LatenciesTest {
  @Test
  void percentiles_are_right_to_two_digits() {
    var latencies = new Latencies();
    for (var micros = 1; micros <= 1_000_000; micros++) {
      latencies.record(micros);
    }
    assertEquals(1_000_000, latencies.count());
    for (var share : new double[] {0.001, 0.01, 0.5, 0.95, 0.99, 0.999}) {
      assertEquals(1, latencies.percentile(share) / (share * 1000), 0.035, () -> "at " + share);
    }
  }

  @Test
  void what_ends_before_it_was_due_took_no_time() {
    var latencies = new Latencies();
    latencies.record(-5);
    assertEquals(0, latencies.percentile(1));
  }
}
