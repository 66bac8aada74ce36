package dev.interdict.server.fleet;

import dev.interdict.report.DeviceId;
import dev.interdict.server.store.Secrets;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What heartbeats are held against, in memory: for each device that sent one its key, its last
/// report and when that came, its last heartbeat, the one that the database has, and its last
/// contact. About 120 bytes a device. Nothing here is newer than the database but contacts and
/// heartbeats, until they are written down; what is not here is asked of the database. Thread-safe.
public final class Contacts {
  /// Where no heartbeat is enough.
  static final long NO_REPORT = 0;

  private static final int FIRST = 1 << 10;
  private static final int KEY_BYTES = 32;
  private static final int NUMBERS = 8;

  // One device's numbers, side by side.
  private static final int ID_HIGH = 0;
  private static final int ID_LOW = 1;
  private static final int REPORT = 2;
  private static final int BEAT = 3;
  private static final int AT = 4;
  private static final int STATE = 5;
  private static final int TOLD = 6;
  private static final int BASE = 7;

  private static final long GONE = 0;
  private static final long WRITTEN = 1;
  private static final long UNWRITTEN = 2;

  private long[] numbers = new long[FIRST * NUMBERS];
  private byte[] keys = new byte[FIRST * KEY_BYTES];
  private int[] slots = empty(2 * FIRST);
  private int[] unwritten = new int[FIRST];
  private int rows;
  private int waiting;

  /// What is known of a device.
  ///
  /// @param key 64 hex digits
  /// @param report a number made of its last report's hash, or [#NO_REPORT]
  /// @param beat a number made of its last heartbeat's nonce; 0 where it sent none since
  /// @param told when that report came
  record Known(DeviceId device, String key, long report, long beat, Instant at, Instant told) {}

  /// A contact that is not on disk.
  ///
  /// @param base the heartbeat that was on disk when these heartbeats began to go on from it
  record Unwritten(DeviceId device, long report, long base, long beat, long at) {}

  /// The number of a report's hash of 64 hex digits, never [#NO_REPORT].
  static long report(String hash) {
    return number(hash);
  }

  private static long number(String hash) {
    var number = Long.parseUnsignedLong(hash.substring(0, 16), 16);
    return number == 0 ? 1 : number;
  }

  /// The number of a heartbeat's nonce; 0 of none.
  static long beat(String nonce) {
    if (nonce.isEmpty()) {
      return 0;
    }
    return number(Secrets.hash(nonce.getBytes(StandardCharsets.US_ASCII)));
  }

  /// The key of a device that is known here, or null.
  synchronized byte @Nullable [] key(DeviceId device) {
    var row = find(device);
    return row < 0 ? null : Arrays.copyOfRange(keys, row * KEY_BYTES, (row + 1) * KEY_BYTES);
  }

  /// Takes a heartbeat, if the last report and the heartbeat before it are those that it names.
  ///
  /// @param since no report is stood for that came before
  synchronized boolean beat(
      DeviceId device, long report, long before, long beat, Instant at, Instant since) {
    var row = find(device);
    if (row < 0
        || get(row, REPORT) != report
        || get(row, BEAT) != before
        || get(row, TOLD) < since.toEpochMilli()) {
      return false;
    }
    beat(row, beat, at);
    return true;
  }

  private void beat(int row, long beat, Instant at) {
    set(row, BEAT, beat);
    set(row, AT, Math.max(get(row, AT), at.toEpochMilli()));
    if (get(row, STATE) != UNWRITTEN) {
      set(row, STATE, UNWRITTEN);
      if (waiting == unwritten.length) {
        unwritten = Arrays.copyOf(unwritten, 2 * waiting);
      }
      unwritten[waiting++] = row;
    }
  }

  /// What the database says of a device, in place of what is here. A heartbeat that is not written
  /// down yet stays: it is later than what the database has of the same report.
  synchronized void read(Known known) {
    var row = find(known.device());
    var key = HexFormat.of().parseHex(known.key());
    if (row >= 0) {
      System.arraycopy(key, 0, keys, row * KEY_BYTES, KEY_BYTES);
    }
    if (row >= 0
        && get(row, STATE) == UNWRITTEN
        && get(row, REPORT) == known.report()
        && get(row, AT) >= known.at().toEpochMilli()) {
      return;
    }
    row = rowOf(known.device());
    System.arraycopy(key, 0, keys, row * KEY_BYTES, KEY_BYTES);
    set(row, REPORT, known.report());
    set(row, BEAT, known.beat());
    set(row, AT, known.at().toEpochMilli());
    set(row, TOLD, known.told().toEpochMilli());
    set(row, BASE, known.beat());
    revive(row);
  }

  /// A report of the device is stored.
  synchronized void reported(DeviceId device, String hash, Instant at) {
    var row = find(device);
    if (row >= 0) {
      set(row, REPORT, report(hash));
      set(row, BEAT, 0);
      set(row, AT, at.toEpochMilli());
      set(row, TOLD, at.toEpochMilli());
      set(row, BASE, 0);
      revive(row);
    }
  }

  /// Has its next heartbeat held against the database. A contact that was not written down yet is
  /// lost.
  synchronized void forget(DeviceId device) {
    var row = find(device);
    if (row >= 0) {
      set(row, STATE, GONE);
    }
  }

  /// At most `most` contacts to write down; they count as written from now on.
  synchronized List<Unwritten> take(int most) {
    var taken = new ArrayList<Unwritten>();
    while (waiting > 0 && taken.size() < most) {
      var row = unwritten[--waiting];
      if (get(row, STATE) == UNWRITTEN) {
        set(row, STATE, WRITTEN);
        taken.add(
            new Unwritten(id(row), get(row, REPORT), get(row, BASE), get(row, BEAT), get(row, AT)));
        set(row, BASE, get(row, BEAT));
      }
    }
    return taken;
  }

  /// They could not be written down.
  synchronized void giveBack(List<Unwritten> taken) {
    for (var one : taken) {
      // Whatever came meanwhile is later, and is to be written by itself.
      var row = find(one.device());
      if (row >= 0 && get(row, REPORT) == one.report() && get(row, BASE) == one.beat()) {
        set(row, BASE, one.base());
        beat(row, get(row, BEAT), Instant.ofEpochMilli(one.at()));
      }
    }
  }

  /// How many contacts are to be written down.
  synchronized int waiting() {
    return waiting;
  }

  private void revive(int row) {
    // One that still stands among the unwritten is passed over there, or written twice.
    set(row, STATE, WRITTEN);
  }

  private int find(DeviceId device) {
    var row = slots[slot(slots, numbers, high(device), low(device))];
    return row >= 0 && get(row, STATE) != GONE ? row : -1;
  }

  private int rowOf(DeviceId device) {
    var high = high(device);
    var low = low(device);
    var slot = slot(slots, numbers, high, low);
    if (slots[slot] >= 0) {
      return slots[slot];
    }
    if (2 * (rows + 1) > slots.length) {
      grow();
      slot = slot(slots, numbers, high, low);
    }
    if ((rows + 1) * NUMBERS > numbers.length) {
      var more = rows + rows / 2;
      numbers = Arrays.copyOf(numbers, more * NUMBERS);
      keys = Arrays.copyOf(keys, more * KEY_BYTES);
    }
    slots[slot] = rows;
    numbers[rows * NUMBERS + ID_HIGH] = high;
    numbers[rows * NUMBERS + ID_LOW] = low;
    return rows++;
  }

  private void grow() {
    var wider = empty(2 * slots.length);
    for (var row = 0; row < rows; row++) {
      wider[slot(wider, numbers, get(row, ID_HIGH), get(row, ID_LOW))] = row;
    }
    slots = wider;
  }

  /// Where the device stands, or is to stand. Ids are hashes, so evenly spread by themselves; one
  /// that somebody chose with care is found a few steps later.
  private static int slot(int[] slots, long[] numbers, long high, long low) {
    var mask = slots.length - 1;
    var mixed = (high ^ Long.rotateLeft(low, 32)) * 0x9E3779B97F4A7C15L;
    for (var slot = (int) (mixed >>> 32) & mask; ; slot = (slot + 1) & mask) {
      var row = slots[slot];
      if (row < 0
          || numbers[row * NUMBERS + ID_HIGH] == high && numbers[row * NUMBERS + ID_LOW] == low) {
        return slot;
      }
    }
  }

  private static int[] empty(int length) {
    var slots = new int[length];
    Arrays.fill(slots, -1);
    return slots;
  }

  private long get(int row, int number) {
    return numbers[row * NUMBERS + number];
  }

  private void set(int row, int number, long value) {
    numbers[row * NUMBERS + number] = value;
  }

  private DeviceId id(int row) {
    var hex = HexFormat.of();
    return new DeviceId(hex.toHexDigits(get(row, ID_HIGH)) + hex.toHexDigits(get(row, ID_LOW)));
  }

  private static long high(DeviceId device) {
    return Long.parseUnsignedLong(device.value(), 0, 16, 16);
  }

  private static long low(DeviceId device) {
    return Long.parseUnsignedLong(device.value(), 16, 32, 16);
  }
}
