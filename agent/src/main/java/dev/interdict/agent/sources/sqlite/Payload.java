package dev.interdict.agent.sources.sqlite;

import dev.interdict.agent.inventory.UnreadableException;
import java.util.Arrays;

/// The content of one row: begins in its cell and goes on in a chain of overflow pages, which is
/// followed only as far as somebody asks (file format, section 1.6).
final class Payload {
  private static final int MOST = 256 << 20;

  private final Database database;
  private final long length;
  private byte[] known;
  private long next;

  Payload(Database database, byte[] page, int start, long length) throws UnreadableException {
    if (length < 0 || length > MOST) {
      throw database.malformed("has a row that is too long");
    }
    this.database = database;
    this.length = length;
    var local = local(database.usable(), (int) length);
    var spills = local < length;
    if (start + local + (spills ? 4 : 0) > page.length) {
      throw database.malformed("has a row outside of its page");
    }
    this.known = Arrays.copyOfRange(page, start, start + local);
    this.next = spills ? number(page, start + local) : 0;
  }

  /// How much of a row of a table lies in its cell.
  private static int local(int usable, int length) {
    var most = usable - 35;
    if (length <= most) {
      return length;
    }
    var least = (usable - 12) * 32 / 255 - 23;
    var fitting = least + (length - least) % (usable - 4);
    return fitting <= most ? fitting : least;
  }

  long length() {
    return length;
  }

  Database database() {
    return database;
  }

  /// At least the first `wanted` bytes, or all where there are fewer.
  byte[] first(long wanted) throws UnreadableException {
    var enough = (int) Math.min(wanted, length);
    if (known.length < enough) {
      var piece = database.usable() - 4;
      var longer = Arrays.copyOf(known, enough);
      for (var at = known.length; at < enough; at += piece) {
        // Never more than the length says, so a chain in a circle comes to an end.
        var page = database.page(next);
        next = number(page, 0);
        var more = (int) Math.min(piece, length - at);
        longer = longer.length < at + more ? Arrays.copyOf(longer, at + more) : longer;
        System.arraycopy(page, 4, longer, at, more);
      }
      known = longer;
    }
    return known;
  }

  private static long number(byte[] bytes, int at) {
    return (bytes[at] & 0xffL) << 24
        | (bytes[at + 1] & 0xff) << 16
        | (bytes[at + 2] & 0xff) << 8
        | bytes[at + 3] & 0xff;
  }
}
