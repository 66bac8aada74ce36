package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// A registry hive file, after Maxim Suhanov's description of the format (regf, versions 1.3 to
/// 1.6). Only what is asked for is read; no number in the file is believed before it is checked
/// against the record that holds it.
final class Hive {
  private static final int BLOCK = 512;
  private static final int CHECKSUM = 508;

  private final HiveBytes bytes;
  private final ByteBuffer header;

  private Hive(HiveBytes bytes) throws UnreadableException {
    this.bytes = bytes;
    this.header = ByteBuffer.wrap(bytes.bytes(0, BLOCK)).order(ByteOrder.LITTLE_ENDIAN);
    if (header.getInt(0) != 0x66676572 || header.getInt(0x14) != 1) {
      throw bytes.broken("is no registry hive");
    }
  }

  /// The hive in that file, or null where there is no such file.
  ///
  /// @throws UnreadableException if it is no hive
  static @Nullable Hive open(Tree tree, BytePath file) throws UnreadableException {
    return tree.stat(file) == null ? null : new Hive(new HiveBytes(tree, file));
  }

  /// Whether all that was written to it has reached the file: both sequence numbers are the same
  /// and the header's checksum holds.
  boolean clean() {
    var checksum = 0;
    for (var at = 0; at < CHECKSUM; at += 4) {
      checksum ^= header.getInt(at);
    }
    // Neither of these two stands for itself.
    checksum = checksum == -1 ? -2 : checksum == 0 ? 1 : checksum;
    return header.getInt(4) == header.getInt(8) && checksum == header.getInt(CHECKSUM);
  }

  /// @throws UnreadableException if it has no root key
  RegistryKey root() throws UnreadableException {
    return HiveKey.at(bytes, header.getInt(0x24));
  }
}
