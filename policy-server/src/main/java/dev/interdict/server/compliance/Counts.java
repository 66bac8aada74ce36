package dev.interdict.server.compliance;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/// How many devices count as what. Every status is present; the numbers add up to the devices
/// counted. Immutable.
public final class Counts {
  /// No devices.
  public static final Counts NONE = new Counts(Map.of());

  // Added up once: pages sort hundreds of groups by them.
  private final long[] of;
  private final long total;
  private final long hasIt;
  private final long compliant;

  /// @throws IllegalArgumentException on a negative number, which would mean that a device was
  ///   counted twice
  public Counts(Map<Status, Long> of) {
    this(numbers(of));
  }

  private Counts(long[] of) {
    this.of = of;
    for (var status : Status.values()) {
      if (get(status) < 0) {
        throw new IllegalArgumentException(get(status) + " devices are " + status);
      }
    }
    this.total = sum(_ -> true);
    this.hasIt = sum(Status::hasIt);
    this.compliant = sum(Status::compliant);
  }

  /// Of numbers by [Status#ordinal].
  static Counts by(long[] numbers) {
    return new Counts(numbers.clone());
  }

  private static long[] numbers(Map<Status, Long> of) {
    var numbers = new long[Status.values().length];
    of.forEach((status, n) -> numbers[status.ordinal()] = n);
    return numbers;
  }

  /// All of them.
  public Map<Status, Long> of() {
    var all = new EnumMap<Status, Long>(Status.class);
    for (var status : Status.values()) {
      all.put(status, get(status));
    }
    return Collections.unmodifiableMap(all);
  }

  /// Devices of that status.
  public long get(Status status) {
    return of[status.ordinal()];
  }

  /// All devices: the denominator.
  public long total() {
    return total;
  }

  /// The headline: devices that still have the software.
  public long hasIt() {
    return hasIt;
  }

  /// Devices that are clear, removed or exempt.
  public long compliant() {
    return compliant;
  }

  /// Compliant devices in hundredths of a percent of all, rounded down, so that 100 % is said only
  /// when it is so; 0 of no devices.
  public long compliantBasisPoints() {
    return total == 0 ? 0 : compliant * 10_000 / total;
  }

  /// These and those.
  public Counts plus(Counts other) {
    var sum = of.clone();
    for (var i = 0; i < sum.length; i++) {
      sum[i] += other.of[i];
    }
    return new Counts(sum);
  }

  private long sum(Predicate<Status> which) {
    var sum = 0L;
    for (var status : Status.values()) {
      if (which.test(status)) {
        sum += get(status);
      }
    }
    return sum;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Counts that && Arrays.equals(of, that.of);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(of);
  }

  @Override
  public String toString() {
    return of().toString();
  }
}
