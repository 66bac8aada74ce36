package dev.interdict.agent.platform.windows.kernel;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Trouble;

/// What a handle says of its file. Spec: FILE_ID_INFO, FILE_STANDARD_INFO, FILE_ATTRIBUTE_TAG_INFO,
/// winbase.h.
final class Facts {
  private static final int STANDARD = 1;
  private static final int ATTRIBUTE_TAG = 9;
  private static final int ID = 18;
  private static final int DIRECTORY = 0x10;
  private static final int REPARSE_POINT = 0x400;
  private static final int JUNCTION = 0xA0000003;
  private static final int SYMBOLIC_LINK = 0xA000000C;

  private Facts() {}

  static Node of(Pointer handle) throws DiskException {
    try (var standard = ask(handle, STANDARD, 24);
        var tag = ask(handle, ATTRIBUTE_TAG, 8)) {
      return new Node(
          kind(tag.getInt(0), tag.getInt(4)),
          id(handle),
          Owners.of(handle),
          0,
          standard.getInt(16),
          standard.getLong(8));
    }
  }

  static FileKind kind(int attributes, int tag) {
    if ((attributes & REPARSE_POINT) != 0) {
      return tag == JUNCTION || tag == SYMBOLIC_LINK ? FileKind.LINK : FileKind.SPECIAL;
    }
    return (attributes & DIRECTORY) != 0 ? FileKind.DIRECTORY : FileKind.REGULAR;
  }

  /// @throws DiskException UNSUPPORTED on ReFS, where a file's number has 128 bits
  static FileId id(Pointer handle) throws DiskException {
    try (var id = ask(handle, ID, 24)) {
      if (id.getLong(16) != 0) {
        throw new DiskException(Trouble.UNSUPPORTED, "file id", "more than 64 bits");
      }
      return new FileId(id.getLong(0), id.getLong(8));
    }
  }

  private static Memory ask(Pointer handle, int kind, int length) throws DiskException {
    var memory = new Memory(length);
    memory.clear();
    if (Kernel32.GetFileInformationByHandleEx(handle, kind, memory, length) == 0) {
      var error = Native.getLastError();
      memory.close();
      throw NtStatus.ofWin32("file information", error);
    }
    return memory;
  }
}
