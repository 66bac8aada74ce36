package dev.interdict.agent.platform.linux.watch;

import dev.interdict.agent.inventory.FileId;
import java.util.Map;

/// Numbers by file, asked with primitives so that asking allocates nothing. Immutable, thread-safe.
final class FileTable {
  static final int NONE = -1;

  private final long[] devices;
  private final long[] inodes;
  private final int[] values;
  private final int mask;

  /// @param numbers none below 0
  FileTable(Map<FileId, Integer> numbers) {
    var size = Integer.highestOneBit(Math.max(8, numbers.size() * 4) - 1) << 1;
    devices = new long[size];
    inodes = new long[size];
    values = new int[size];
    mask = size - 1;
    java.util.Arrays.fill(values, NONE);
    numbers.forEach((id, number) -> {
      var at = slot(id.device(), id.inode());
      while (values[at] != NONE) {
        at = (at + 1) & mask;
      }
      devices[at] = id.device();
      inodes[at] = id.inode();
      values[at] = number;
    });
  }

  private int slot(long device, long inode) {
    var hash = (inode * 31 + device) * 0x9e3779b97f4a7c15L;
    return (int) (hash >>> 33) & mask;
  }

  /// The file's number, or [#NONE].
  int get(long device, long inode) {
    for (var at = slot(device, inode); values[at] != NONE; at = (at + 1) & mask) {
      if (inodes[at] == inode && devices[at] == device) {
        return values[at];
      }
    }
    return NONE;
  }
}
