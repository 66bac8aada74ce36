package dev.interdict.agent.platform.windows.kernel;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Trouble;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Files of Windows by their handles.
///
/// What is moved or removed is the very thing that was opened: the act goes to its handle, so
/// nothing can take its place between looking and acting. Links are not made anew on another
/// volume. Names in a folder are forced to disk by the file system's own log alone.
///
/// Spec: NtCreateFile, NtSetInformationFile, FILE_RENAME_INFORMATION (FileRenameInformationEx),
/// FILE_DISPOSITION_INFORMATION_EX (Windows 10, 1607 and later).
public final class NtDisk implements Disk {
  private static final int RENAME_EX = 65;
  private static final int DISPOSITION_EX = 64;
  private static final int POSIX_SEMANTICS = 2;
  private static final int DELETE_NOW = 1 | 2 | 0x10;
  private static final int FULL_SIZE = 7;
  private static final int ENTRIES = 10;
  private static final int ENTRIES_FROM_START = 11;
  private static final int GET_REPARSE_POINT = 0x900A8;
  private static final int LONGEST_REPARSE = 16 << 10;
  private static final int NO_MORE_FILES = 18;
  private static final int LOOK = 0;
  private static final int BUFFER = 64 << 10;

  private static NtHandle open(Opened folder, byte[] name, int access, int share, int options)
      throws DiskException {
    return NtOpen.open(
        NtHandle.of(folder), name, access, share, NtOpen.OPEN, options, Pointer.NULL);
  }

  @Override
  public Opened root(Path path) throws DiskException {
    return Win32Open.folder(path, NtOpen.READ_DATA | NtOpen.TRAVERSE);
  }

  @Override
  public Opened ours(Path path) throws IOException {
    var above = path.toAbsolutePath().getParent();
    if (above == null) {
      throw new IOException("the quarantine cannot be the root of a drive: " + path);
    }
    try (var parent = Win32Open.folder(above, NtOpen.READ_DATA | NtOpen.APPEND_DATA)) {
      if (!Owners.isPrivate(NtHandle.of(parent))) {
        throw new IOException(
            "others may exchange the quarantine, since they may write to "
                + above
                + "; give it to SYSTEM and Administrators alone, without inheritance");
      }
      return ours(parent, path.getFileName().toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  @Override
  public Opened ours(Opened folder, byte[] name) throws IOException {
    var access = NtOpen.READ_DATA | NtOpen.APPEND_DATA | NtOpen.WRITE_DATA | NtOpen.TRAVERSE;
    NtHandle own;
    try {
      own = make(folder, name, access, NtOpen.FOLDER);
    } catch (DiskException e) {
      if (e.trouble() != Trouble.OCCUPIED) {
        throw e;
      }
      own = open(folder, name, access, NtOpen.SHARE_ALL, NtOpen.FOLDER);
    }
    if (!look(own).directory() || !Owners.isPrivate(NtHandle.of(own))) {
      own.close();
      throw new IOException(
          "others may enter a folder of the quarantine; it must be SYSTEM's and Administrators'"
              + " alone, without inheritance");
    }
    return own;
  }

  private static NtHandle make(Opened folder, byte[] name, int access, int kind)
      throws DiskException {
    var descriptor = Owners.descriptor(Sddl.PRIVATE);
    try {
      return NtOpen.open(
          NtHandle.of(folder), name, access, NtOpen.SHARE_ALL, NtOpen.CREATE, kind, descriptor);
    } finally {
      Kernel32.LocalFree(descriptor);
    }
  }

  @Override
  public Opened enter(Opened folder, byte[] name) throws DiskException {
    var entered = open(folder, name, NtOpen.READ_DATA | NtOpen.TRAVERSE, NtOpen.SHARE_ALL, 0);
    var kind = kind(entered);
    if (kind == FileKind.DIRECTORY) {
      return entered;
    }
    entered.close();
    throw new DiskException(
        kind == FileKind.REGULAR ? Trouble.ABSENT : Trouble.LINK, "enter", kind.name());
  }

  private static FileKind kind(NtHandle handle) throws DiskException {
    return Facts.of(NtHandle.of(handle)).kind();
  }

  @Override
  public Opened open(Opened folder, byte[] name) throws DiskException {
    var file = open(folder, name, NtOpen.READ_DATA, NtOpen.SHARE_READ, NtOpen.NO_FOLDER);
    if (kind(file) != FileKind.REGULAR) {
      file.close();
      throw new DiskException(Trouble.LINK, "open", "reparse point");
    }
    return file;
  }

  @Override
  public Node look(Opened opened) throws DiskException {
    return Facts.of(NtHandle.of(opened));
  }

  @Override
  public Node look(Opened folder, byte[] name) throws DiskException {
    try (var handle = open(folder, name, LOOK, NtOpen.SHARE_ALL, 0)) {
      return look(handle);
    }
  }

  @Override
  public List<byte[]> list(Opened folder, int most) throws DiskException {
    var names = new ArrayList<byte[]>();
    try (var buffer = new Memory(BUFFER)) {
      for (var kind = ENTRIES_FROM_START; ; kind = ENTRIES) {
        buffer.clear();
        if (Kernel32.GetFileInformationByHandleEx(NtHandle.of(folder), kind, buffer, BUFFER) == 0) {
          var error = Native.getLastError();
          if (error == NO_MORE_FILES) {
            return names;
          }
          throw NtStatus.ofWin32("list", error);
        }
        DirectoryBatch.read(buffer.getByteArray(0, BUFFER), names);
        if (names.size() > most) {
          throw new DiskException(Trouble.OTHER, "list", "more than " + most + " entries");
        }
      }
    }
  }

  @Override
  public int read(Opened file, byte[] into) throws DiskException {
    var length = Math.min(into.length, BUFFER);
    var read = new int[1];
    try (var buffer = new Memory(length)) {
      if (Kernel32.ReadFile(NtHandle.of(file), buffer, length, read, Pointer.NULL) == 0) {
        throw NtStatus.ofWin32("read", Native.getLastError());
      }
      buffer.read(0, into, 0, read[0]);
      return read[0];
    }
  }

  @Override
  public byte[] target(Opened folder, byte[] name) throws DiskException {
    var returned = new int[1];
    try (var link = open(folder, name, LOOK, NtOpen.SHARE_ALL, 0);
        var buffer = new Memory(LONGEST_REPARSE)) {
      if (Kernel32.DeviceIoControl(
              NtHandle.of(link),
              GET_REPARSE_POINT,
              Pointer.NULL,
              0,
              buffer,
              LONGEST_REPARSE,
              returned,
              Pointer.NULL)
          == 0) {
        throw NtStatus.ofWin32("reparse point", Native.getLastError());
      }
      return buffer.getByteArray(0, returned[0]);
    }
  }

  /// Without the flag to replace, and so never over something.
  @Override
  public void move(Opened from, byte[] name, Opened to, byte[] newName) throws DiskException {
    var text = NtOpen.name(newName);
    try (var thing = open(from, name, NtOpen.DELETE, NtOpen.SHARE_ALL, 0);
        var rename = new Memory(24L + text.length)) {
      rename.clear();
      rename.setInt(0, POSIX_SEMANTICS);
      rename.setPointer(8, NtHandle.of(to));
      rename.setInt(16, text.length);
      rename.write(20, text, 0, text.length);
      set(thing, rename, RENAME_EX, "rename");
    }
  }

  private static void set(NtHandle handle, Memory information, int kind, String act)
      throws DiskException {
    try (var status = new Memory(16)) {
      NtStatus.check(
          act,
          Ntdll.NtSetInformationFile(
              NtHandle.of(handle), status, information, (int) information.size(), kind));
    }
  }

  @Override
  public void remove(Opened folder, byte[] name) throws DiskException {
    try (var thing = open(folder, name, NtOpen.DELETE, NtOpen.SHARE_ALL, 0)) {
      if (kind(thing) == FileKind.DIRECTORY) {
        throw new DiskException(Trouble.DENIED, "remove", "a folder");
      }
      dispose(thing);
    }
  }

  @Override
  public void removeFolder(Opened folder, byte[] name) throws DiskException {
    try (var thing = open(folder, name, NtOpen.DELETE, NtOpen.SHARE_ALL, NtOpen.FOLDER)) {
      if (kind(thing) != FileKind.DIRECTORY) {
        throw new DiskException(Trouble.LINK, "remove folder", "reparse point");
      }
      dispose(thing);
    }
  }

  private static void dispose(NtHandle thing) throws DiskException {
    try (var flags = new Memory(4)) {
      flags.setInt(0, DELETE_NOW);
      set(thing, flags, DISPOSITION_EX, "remove");
    }
  }

  @Override
  public Opened makeFolder(Opened folder, byte[] name) throws DiskException {
    return made(folder, name, NtOpen.READ_DATA | NtOpen.TRAVERSE, NtOpen.FOLDER);
  }

  @Override
  public Opened makeFile(Opened folder, byte[] name) throws DiskException {
    return made(folder, name, NtOpen.READ_DATA, NtOpen.NO_FOLDER);
  }

  private static NtHandle made(Opened folder, byte[] name, int access, int kind)
      throws DiskException {
    var write = NtOpen.WRITE_DATA | NtOpen.APPEND_DATA | NtOpen.WRITE_ATTRIBUTES;
    return make(folder, name, access | write | NtOpen.WRITE_OWNER | Owners.WRITE_DAC, kind);
  }

  @Override
  public void makeLink(Opened folder, byte[] name, byte[] target, Node like) throws DiskException {
    throw new DiskException(Trouble.UNSUPPORTED, "link", "not made on another volume");
  }

  @Override
  public void write(Opened file, byte[] from, int length) throws DiskException {
    var written = new int[1];
    if (Kernel32.WriteFile(NtHandle.of(file), from, length, written, Pointer.NULL) == 0) {
      throw NtStatus.ofWin32("write", Native.getLastError());
    }
    if (written[0] != length) {
      throw new DiskException(Trouble.NO_SPACE, "write", written[0] + " of " + length);
    }
  }

  @Override
  public void dress(Opened made, Node like) throws DiskException {
    Owners.give(NtHandle.of(made), like.owner());
  }

  @Override
  public void sync(Opened opened) throws DiskException {
    if (look(opened).kind() == FileKind.REGULAR
        && Kernel32.FlushFileBuffers(NtHandle.of(opened)) == 0) {
      throw NtStatus.ofWin32("flush", Native.getLastError());
    }
  }

  @Override
  public long free(Opened folder) throws DiskException {
    try (var size = new Memory(32);
        var status = new Memory(16)) {
      NtStatus.check(
          "volume",
          Ntdll.NtQueryVolumeInformationFile(NtHandle.of(folder), status, size, 32, FULL_SIZE));
      return size.getLong(8) * size.getInt(24) * size.getInt(28);
    }
  }
}
