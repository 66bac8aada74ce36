package dev.interdict.server.fleetsim;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/// When which machine is due: a hashed timer wheel over flat arrays, 8 bytes a machine. A machine
/// is due once at a time. Thread-safe.
final class Wheel {
  private static final int NONE = -1;

  private final Instant origin;
  private final long tickMillis;
  private final int[] heads;
  private final int[] next;
  private final int[] due;
  private int now;
  private int pending = NONE;

  /// @param tick to which due times are rounded up
  /// @param slots a power of two
  Wheel(int machines, Instant origin, Duration tick, int slots) {
    this.origin = origin;
    this.tickMillis = tick.toMillis();
    this.heads = new int[slots];
    this.next = new int[machines];
    this.due = new int[machines];
    Arrays.fill(heads, NONE);
  }

  /// Lets the machine be due at `at`, or at the next tick if that has passed.
  synchronized void schedule(int machine, Instant at) {
    var ticks = Math.ceilDiv(Duration.between(origin, at).toMillis(), tickMillis);
    var tick = Math.max(Math.toIntExact(Math.min(ticks, Integer.MAX_VALUE - 1L)), now + 1);
    due[machine] = tick;
    put(machine, tick);
  }

  private void put(int machine, int tick) {
    var slot = tick & (heads.length - 1);
    next[machine] = heads[slot];
    heads[slot] = machine;
  }

  /// The next machine that is due by `until`, or -1 if there is none. Time goes on to its due time,
  /// or to `until`.
  synchronized int poll(Instant until) {
    var last = Duration.between(origin, until).toMillis() / tickMillis;
    while (true) {
      while (pending != NONE) {
        var machine = pending;
        pending = next[machine];
        if (due[machine] == now) {
          return machine;
        }
        put(machine, due[machine]);
      }
      if (now >= last) {
        return NONE;
      }
      now++;
      var slot = now & (heads.length - 1);
      pending = heads[slot];
      heads[slot] = NONE;
    }
  }

  /// When the machine is, or was last, due.
  Instant due(int machine) {
    return origin.plusMillis(due[machine] * tickMillis);
  }
}
