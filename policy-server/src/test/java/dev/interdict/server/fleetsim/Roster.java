package dev.interdict.server.fleetsim;

import dev.interdict.report.Footing;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What machines remember, in flat arrays: 60 bytes each. Different machines may be changed by
/// different threads at once.
final class Roster {
  private static final int HASH = 32;
  private static final long NEVER = Long.MIN_VALUE;

  private final boolean[] enrolled;
  private final int[] sequence;
  private final int[] taken;
  private final byte[] hash;
  private final long[] told;
  private final long[] composed;
  private final byte[] attempts;

  Roster(int machines) {
    enrolled = new boolean[machines];
    sequence = new int[machines];
    taken = new int[machines];
    hash = new byte[machines * HASH];
    told = new long[machines];
    composed = new long[machines];
    attempts = new byte[machines];
    Arrays.fill(told, NEVER);
    Arrays.fill(composed, NEVER);
  }

  boolean enrolled(int machine) {
    return enrolled[machine];
  }

  void enrol(int machine) {
    enrolled[machine] = true;
    attempts[machine] = 0;
  }

  /// The number that the next report has, or the one that waits for its answer.
  int next(int machine) {
    return sequence[machine] + 1;
  }

  /// Lets the next report have that number; the one that waits is composed anew.
  void goOnAt(int machine, long next) {
    sequence[machine] = Math.toIntExact(next - 1);
    composed[machine] = NEVER;
  }

  /// The last report that the server is known to have.
  Footing.Taken taken(int machine) {
    var hash = hash(machine);
    return hash == null ? Footing.Taken.NONE : new Footing.Taken(taken[machine], hash);
  }

  @Nullable String hash(int machine) {
    return taken[machine] == 0
        ? null
        : HexFormat.of().formatHex(hash, machine * HASH, (machine + 1) * HASH);
  }

  /// When the last report that was taken had been composed; null before the first.
  @Nullable Instant told(int machine) {
    return told[machine] == NEVER ? null : Instant.ofEpochMilli(told[machine]);
  }

  /// When the report that waits for its answer was composed; null if none does.
  @Nullable Instant composed(int machine) {
    return composed[machine] == NEVER ? null : Instant.ofEpochMilli(composed[machine]);
  }

  void compose(int machine, Instant at) {
    composed[machine] = at.toEpochMilli();
  }

  /// The server has the report that waited.
  ///
  /// @param bytesHash of its bytes
  void take(int machine, String bytesHash) {
    sequence[machine]++;
    taken[machine] = sequence[machine];
    System.arraycopy(HexFormat.of().parseHex(bytesHash), 0, hash, machine * HASH, HASH);
    told[machine] = composed[machine];
    composed[machine] = NEVER;
    attempts[machine] = 0;
  }

  /// How often in a row it did not get through, with this time.
  int failed(int machine) {
    if (attempts[machine] < Byte.MAX_VALUE) {
      attempts[machine]++;
    }
    return attempts[machine];
  }

  /// Makes `clone` the same as `original` is now.
  void copy(int original, int clone) {
    enrolled[clone] = enrolled[original];
    sequence[clone] = sequence[original];
    taken[clone] = taken[original];
    System.arraycopy(hash, original * HASH, hash, clone * HASH, HASH);
    told[clone] = told[original];
    composed[clone] = NEVER;
  }
}
