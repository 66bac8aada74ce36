package dev.interdict.server.fleetsim;

import dev.interdict.report.Footing;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What machines remember, in flat arrays: 77 bytes each. Different machines may be changed by
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
  private final boolean[] whole;
  private final long[] beat;
  private final long[] checked;

  Roster(int machines) {
    enrolled = new boolean[machines];
    sequence = new int[machines];
    taken = new int[machines];
    hash = new byte[machines * HASH];
    told = new long[machines];
    composed = new long[machines];
    attempts = new byte[machines];
    whole = new boolean[machines];
    beat = new long[machines];
    checked = new long[machines];
    Arrays.fill(told, NEVER);
    Arrays.fill(composed, NEVER);
    Arrays.fill(beat, NEVER);
    Arrays.fill(checked, NEVER);
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
    checked[machine] = composed[machine];
    composed[machine] = NEVER;
    beat[machine] = NEVER;
    whole[machine] = false;
    attempts[machine] = 0;
  }

  /// The server took a heartbeat instead of the report that waited.
  ///
  /// @param at when it was signed
  void beat(int machine, Instant at) {
    checked[machine] = composed[machine];
    composed[machine] = NEVER;
    beat[machine] = at.toEpochMilli();
    attempts[machine] = 0;
  }

  /// When the last heartbeat since the last report was signed; null if there was none.
  @Nullable Instant lastBeat(int machine) {
    return beat[machine] == NEVER ? null : Instant.ofEpochMilli(beat[machine]);
  }

  /// When the last check-in that was taken had been composed; null before the first.
  @Nullable Instant checked(int machine) {
    return checked[machine] == NEVER ? null : Instant.ofEpochMilli(checked[machine]);
  }

  /// Lets the next check-in be a whole report, whatever has changed.
  void wantWhole(int machine) {
    whole[machine] = true;
  }

  boolean wantsWhole(int machine) {
    return whole[machine];
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
    checked[clone] = checked[original];
    whole[clone] = true;
    composed[clone] = NEVER;
  }
}
