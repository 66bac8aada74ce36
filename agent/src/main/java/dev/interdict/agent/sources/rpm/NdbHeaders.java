package dev.interdict.agent.sources.rpm;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Steady;
import dev.interdict.agent.sources.reading.Window;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Headers in `Packages.db`, rpm's own format "ndb" (openSUSE): pages of slots at the beginning,
/// each pointing to a blob in blocks of 16 bytes, all little-endian.
final class NdbHeaders implements Headers {
  private static final int MAGIC = tag("RpmP");
  private static final int SLOT_MAGIC = tag("Slot");
  private static final int BLOB_MAGIC = tag("BlbS");
  private static final int PAGE = 4096;
  private static final int SLOT = 16;
  private static final int BLOCK = 16;

  /// A quarter of a million packages.
  private static final int MOST_PAGES = 1024;

  private record Slot(int index, long block, long blocks) {}

  @Override
  public List<@Nullable Header> of(Tree tree, BytePath file) throws UnreadableException {
    return Steady.read(tree, List.of(file), () -> all(file, new Window(tree, file)));
  }

  private static List<@Nullable Header> all(BytePath file, Window window)
      throws UnreadableException {
    var head = little(window.at(0, 32));
    var pages = head.getInt(12);
    if (head.getInt(0) != MAGIC || head.getInt(4) != 0) {
      throw Metadata.malformed(file, "is no database of rpm");
    }
    if (pages < 1 || pages > MOST_PAGES) {
      throw Metadata.malformed(file, "has a wrong number of pages");
    }
    var headers = new ArrayList<@Nullable Header>();
    for (var slot : slots(file, little(window.at(0, pages * PAGE)))) {
      headers.add(header(file, window, slot));
    }
    return headers;
  }

  private static List<Slot> slots(BytePath file, ByteBuffer bytes) throws UnreadableException {
    var slots = new ArrayList<Slot>();
    var seen = new HashSet<Integer>();
    // The first two places of the first page hold the database's own header.
    for (var at = 2 * SLOT; at < bytes.capacity(); at += SLOT) {
      var slot =
          new Slot(
              bytes.getInt(at + 4),
              Integer.toUnsignedLong(bytes.getInt(at + 8)),
              Integer.toUnsignedLong(bytes.getInt(at + 12)));
      if (bytes.getInt(at) != SLOT_MAGIC || slot.block() != 0 && !seen.add(slot.index())) {
        throw Metadata.malformed(file, "has a slot that cannot be read");
      }
      if (slot.block() != 0) {
        slots.add(slot);
      }
    }
    return slots;
  }

  private static @Nullable Header header(BytePath file, Window window, Slot slot)
      throws UnreadableException {
    var start = slot.block() * BLOCK;
    var head = little(window.at(start, 16));
    var length = Integer.toUnsignedLong(head.getInt(12));
    // What begins the blob and what ends it take 28 bytes.
    if (head.getInt(0) != BLOB_MAGIC
        || head.getInt(4) != slot.index()
        || (16 + length + 12 + BLOCK - 1) / BLOCK != slot.blocks()) {
      throw Metadata.malformed(file, "has a blob that cannot be read");
    }
    return Header.read(wanted -> window.at(start + 16, (int) Math.min(wanted, length)));
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int tag(String text) {
    return text.charAt(0) | text.charAt(1) << 8 | text.charAt(2) << 16 | text.charAt(3) << 24;
  }
}
