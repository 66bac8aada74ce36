package dev.interdict.agent.platform.windows.kernel;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Trouble;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// NtCreateFile of one name below a folder's handle. What is opened is always the entry itself: a
/// reparse point is opened and never followed.
final class NtOpen {
  static final int DELETE = 0x10000;
  static final int READ_CONTROL = 0x20000;
  static final int WRITE_OWNER = 0x80000;
  static final int SYNCHRONIZE = 0x100000;
  static final int READ_DATA = 0x1;
  static final int WRITE_DATA = 0x2;
  static final int APPEND_DATA = 0x4;
  static final int TRAVERSE = 0x20;
  static final int READ_ATTRIBUTES = 0x80;
  static final int WRITE_ATTRIBUTES = 0x100;

  /// What others may do meanwhile: read; write; remove and rename.
  static final int SHARE_READ = 1;

  static final int SHARE_ALL = 7;

  static final int OPEN = 1;
  static final int CREATE = 2;
  static final int FOLDER = 0x1;
  static final int NO_FOLDER = 0x40;

  private static final int SYNCHRONOUS = 0x20;
  private static final int BACKUP_INTENT = 0x4000;
  private static final int REPARSE_POINT = 0x200000;
  private static final int NO_RECALL = 0x400000;
  private static final int CASE_INSENSITIVE = 0x40;
  private static final int OBJECT_ATTRIBUTES = 48;
  private static final int UNICODE_STRING = 16;

  private NtOpen() {}

  /// @param security of what is created, or null for what its folder gives
  static NtHandle open(
      Pointer folder,
      byte[] name,
      int access,
      int share,
      int disposition,
      int options,
      @Nullable Pointer security)
      throws DiskException {
    var text = name(name);
    try (var chars = new Memory(text.length);
        var string = new Memory(UNICODE_STRING);
        var attributes = new Memory(OBJECT_ATTRIBUTES);
        var status = new Memory(16);
        var handle = new Memory(8)) {
      chars.write(0, text, 0, text.length);
      string.clear();
      string.setShort(0, (short) text.length);
      string.setShort(2, (short) text.length);
      string.setPointer(8, chars);
      attributes.clear();
      attributes.setInt(0, OBJECT_ATTRIBUTES);
      attributes.setPointer(8, folder);
      attributes.setPointer(16, string);
      attributes.setInt(24, CASE_INSENSITIVE);
      attributes.setPointer(32, security);
      NtStatus.check(
          "NtCreateFile",
          Ntdll.NtCreateFile(
              handle,
              access | SYNCHRONIZE | READ_ATTRIBUTES | READ_CONTROL,
              attributes,
              status,
              Pointer.NULL,
              0x80,
              share,
              disposition,
              options | SYNCHRONOUS | BACKUP_INTENT | REPARSE_POINT | NO_RECALL,
              Pointer.NULL,
              0));
      return new NtHandle(handle.getPointer(0));
    }
  }

  /// One component as UTF-16. A backslash would be a path, a colon a stream of the file.
  static byte[] name(byte[] name) throws DiskException {
    var text = new String(name, StandardCharsets.UTF_8);
    if (text.isEmpty()
        || text.length() > 255
        || text.equals(".")
        || text.equals("..")
        || text.chars().anyMatch(c -> c == '\\' || c == '/' || c == ':' || c == 0)
        || !Arrays.equals(text.getBytes(StandardCharsets.UTF_8), name)) {
      throw new DiskException(Trouble.UNSUPPORTED, "name", "no single component");
    }
    return text.getBytes(StandardCharsets.UTF_16LE);
  }
}
