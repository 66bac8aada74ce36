package dev.interdict.server.compliance;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was counted a moment ago, so that many who look at a large fleet at once count it once.
/// Never older than [#USABLE]; what is older than [#FRESH] is counted anew while it is still shown.
/// What is not worth keeping is counted for everybody who asks. Thread-safe.
///
/// @param <K> what is counted
/// @param <V> an immutable value
final class Recent<K, V> {
  static final Duration FRESH = Duration.ofSeconds(5);
  static final Duration USABLE = Duration.ofSeconds(15);

  /// Addresses name what is counted, and nobody fills the memory by making up others.
  private static final int MOST = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Recent.class);

  private final LongSupplier nanos;
  private final Predicate<V> worth;
  private final Map<K, Slot<V>> slots =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Slot<V>> eldest) {
          return size() > MOST;
        }
      };

  private record Counted<V>(V value, long from) {}

  private static final class Slot<V> {
    private final ReentrantLock counting = new ReentrantLock();
    private volatile @Nullable Counted<V> counted;
  }

  /// @param nanos a clock that nobody sets, [System#nanoTime] but in tests
  /// @param worth whether a value took so long to count that it is kept
  Recent(LongSupplier nanos, Predicate<V> worth) {
    this.nanos = nanos;
    this.worth = worth;
  }

  /// The value of `key`: kept, or of `count`, which only one thread at a time asks for a key.
  V get(K key, Supplier<V> count) {
    var slot = slot(key);
    var counted = slot.counted;
    if (counted == null || age(counted) >= USABLE.toNanos()) {
      slot.counting.lock();
      try {
        var meanwhile = slot.counted;
        return meanwhile != null && age(meanwhile) < FRESH.toNanos()
            ? meanwhile.value()
            : count(slot, count);
      } finally {
        slot.counting.unlock();
      }
    }
    if (age(counted) >= FRESH.toNanos()) {
      Thread.startVirtualThread(() -> renew(slot, count));
    }
    return counted.value();
  }

  private synchronized Slot<V> slot(K key) {
    return slots.computeIfAbsent(key, _ -> new Slot<>());
  }

  private long age(Counted<V> counted) {
    return nanos.getAsLong() - counted.from();
  }

  private V count(Slot<V> slot, Supplier<V> count) {
    var from = nanos.getAsLong();
    var value = count.get();
    slot.counted = worth.test(value) ? new Counted<>(value, from) : null;
    return value;
  }

  private void renew(Slot<V> slot, Supplier<V> count) {
    if (!slot.counting.tryLock()) {
      return;
    }
    try {
      var counted = slot.counted;
      if (counted == null || age(counted) >= FRESH.toNanos()) {
        count(slot, count);
      }
    } catch (RuntimeException e) {
      // Whoever asks once the old one is too old is told.
      LOG.atDebug().setCause(e).log("could not count anew");
    } finally {
      slot.counting.unlock();
    }
  }
}
