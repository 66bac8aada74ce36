package dev.interdict.server.compliance;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;

/// How many devices count as what. Every status is present; the numbers add up to the devices
/// counted.
public record Counts(Map<Status, Long> of) {
  /// No devices.
  public static final Counts NONE = new Counts(Map.of());

  /// @throws IllegalArgumentException on a negative number, which would mean that a device was
  ///   counted twice
  public Counts {
    var all = new EnumMap<Status, Long>(Status.class);
    for (var status : Status.values()) {
      var n = of.getOrDefault(status, 0L);
      if (n < 0) {
        throw new IllegalArgumentException(n + " devices are " + status);
      }
      all.put(status, n);
    }
    of = Collections.unmodifiableMap(all);
  }

  /// Devices of that status.
  public long get(Status status) {
    return of.getOrDefault(status, 0L);
  }

  /// All devices: the denominator.
  public long total() {
    return sum(_ -> true);
  }

  /// The headline: devices that still have the software.
  public long hasIt() {
    return sum(Status::hasIt);
  }

  /// Devices that are clear, removed or exempt.
  public long compliant() {
    return sum(Status::compliant);
  }

  /// Compliant devices in hundredths of a percent of all, rounded down, so that 100 % is said only
  /// when it is so; 0 of no devices.
  public long compliantBasisPoints() {
    return total() == 0 ? 0 : compliant() * 10_000 / total();
  }

  /// These and those.
  public Counts plus(Counts other) {
    var sum = new EnumMap<Status, Long>(of);
    other.of.forEach((status, n) -> sum.merge(status, n, Long::sum));
    return new Counts(sum);
  }

  private long sum(Predicate<Status> which) {
    // A loop: pages sort hundreds of groups by it.
    var sum = 0L;
    for (var each : of.entrySet()) {
      if (which.test(each.getKey())) {
        sum += each.getValue();
      }
    }
    return sum;
  }
}
