package dev.interdict.agent.sources.rpm;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// The first page of a hash of Berkeley DB (`HMETA` in `db_page.h`).
///
/// @param spares for each doubling of the table, what is added to a bucket's number to give its
///   page
record BerkeleyMeta(
    ByteOrder order, int pageSize, long lastPage, long lastBucket, List<Long> spares) {
  static final int LENGTH = 224;

  private static final long HASH = 0x00061561;

  static BerkeleyMeta read(BytePath file, byte[] bytes) throws UnreadableException {
    var little = new BerkeleyPage(bytes, ByteOrder.LITTLE_ENDIAN);
    var page = little.u32(12) == HASH ? little : new BerkeleyPage(bytes, ByteOrder.BIG_ENDIAN);
    if (page.u32(12) != HASH) {
      throw Metadata.malformed(file, "is no hash of Berkeley DB");
    }
    var version = page.u32(16);
    var size = page.u32(20);
    var encrypted = bytes[24] != 0;
    var checked = (bytes[26] & 1) != 0;
    if (version < 8 || version > 10 || encrypted || checked) {
      throw Metadata.malformed(file, "is a hash of Berkeley DB of a kind that is not read");
    }
    if (size < 512 || size > 65536 || Long.bitCount(size) != 1) {
      throw Metadata.malformed(file, "has pages of no valid size");
    }
    var spares = new ArrayList<Long>();
    for (var i = 0; i < 32; i++) {
      spares.add(page.u32(96 + 4 * i));
    }
    return new BerkeleyMeta(
        page.order(), (int) size, page.u32(32), page.u32(72), List.copyOf(spares));
  }

  /// The first page of a bucket.
  long page(long bucket) {
    var doublings = 64 - Long.numberOfLeadingZeros(bucket);
    return doublings < spares.size() ? bucket + spares.get(doublings) : 0;
  }
}
