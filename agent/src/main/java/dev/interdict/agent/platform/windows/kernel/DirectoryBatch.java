package dev.interdict.agent.platform.windows.kernel;

import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Trouble;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// One answer of the system to which names a folder holds. Spec: FILE_ID_BOTH_DIR_INFO, winbase.h.
///
/// Names are UTF-16 on Windows and may hold half of a surrogate pair; such a name has no bytes of
/// UTF-8 that lead back to it, and its folder is not vouched for.
final class DirectoryBatch {
  private static final int NAME_LENGTH = 60;
  private static final int NAME = 104;

  private DirectoryBatch() {}

  /// Adds the names, without `.` and `..`.
  static void read(byte[] batch, List<byte[]> names) throws DiskException {
    var buffer = ByteBuffer.wrap(batch).order(ByteOrder.LITTLE_ENDIAN);
    for (var at = 0; ; ) {
      if (at > batch.length - NAME) {
        throw broken();
      }
      var length = buffer.getInt(at + NAME_LENGTH);
      if (length <= 0 || length % 2 != 0 || length > batch.length - at - NAME) {
        throw broken();
      }
      add(Arrays.copyOfRange(batch, at + NAME, at + NAME + length), names);
      var step = buffer.getInt(at);
      if (step == 0) {
        return;
      }
      if (step < NAME || step > batch.length - at) {
        throw broken();
      }
      at += step;
    }
  }

  private static void add(byte[] utf16, List<byte[]> names) throws DiskException {
    var name = new String(utf16, StandardCharsets.UTF_16LE);
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    if (!Arrays.equals(name.getBytes(StandardCharsets.UTF_16LE), utf16)
        || !new String(bytes, StandardCharsets.UTF_8).equals(name)) {
      throw new DiskException(Trouble.UNSUPPORTED, "list", "a name that is no text");
    }
    if (!name.equals(".") && !name.equals("..")) {
      names.add(bytes);
    }
  }

  private static DiskException broken() {
    return new DiskException(Trouble.OTHER, "list", "no valid batch");
  }
}
