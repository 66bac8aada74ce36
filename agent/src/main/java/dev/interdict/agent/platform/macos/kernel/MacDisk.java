package dev.interdict.agent.platform.macos.kernel;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.Disk;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Node;
import dev.interdict.agent.platform.handles.Opened;
import dev.interdict.agent.platform.handles.Trouble;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Files of macOS by descriptors, one component at a time.
///
/// There is no call to remove what a descriptor stands for: that is why the quarantine moves first
/// and verifies afterwards, where nobody else can come.
///
/// Spec: open(2), renameatx_np(2), unlinkat(2), fcntl(2) F_FULLFSYNC.
public final class MacDisk implements Disk {
  private static final int READ_FOLDER = MacKernel.O_RDONLY | MacKernel.O_DIRECTORY;
  private static final int FULL_SYNC = 51;
  private static final int STATFS = 2168;
  private static final int LONGEST_LINK = 4096;
  private static final int STICKY = 01000;

  @Override
  public Opened root(Path path) throws DiskException {
    return MacKernel.open(bytes(path.toString()), READ_FOLDER);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Opened ours(Path path) throws IOException {
    var absolute = path.toAbsolutePath().normalize();
    Opened here = MacKernel.open(bytes("/"), READ_FOLDER);
    for (var i = 0; i < absolute.getNameCount(); i++) {
      var name = absolute.getName(i).toString();
      var last = i + 1 == absolute.getNameCount();
      try (var above = here) {
        here = last ? ours(above, bytes(name)) : step(above, name);
      }
    }
    return here;
  }

  private Opened step(Opened above, String name) throws IOException {
    var next = enter(above, bytes(name));
    var node = look(next);
    var trusted = node.owner().equals("0") || node.owner().equals(us());
    if (!trusted || ((node.mode() & 0022) != 0 && (node.mode() & STICKY) == 0)) {
      next.close();
      throw new IOException(
          "others may exchange the quarantine, since they may write to its folder \""
              + name
              + "\"; make it root's own, mode 755");
    }
    return next;
  }

  private static String us() {
    return Integer.toUnsignedString(LibSystem.geteuid());
  }

  @Override
  public Opened ours(Opened folder, byte[] name) throws IOException {
    try {
      makeFolder(folder, name).close();
    } catch (DiskException e) {
      if (e.trouble() != Trouble.OCCUPIED) {
        throw e;
      }
    }
    var own = enter(folder, name);
    var node = look(own);
    if (!node.owner().equals(us()) || node.mode() != 0700) {
      own.close();
      throw new IOException(
          "a folder of the quarantine has owner %s and mode %o; it must be our own, mode 700"
              .formatted(node.owner(), node.mode()));
    }
    return own;
  }

  @Override
  public Opened enter(Opened folder, byte[] name) throws DiskException {
    return MacKernel.openat(MacFd.of(folder), name, READ_FOLDER, 0);
  }

  @Override
  public Opened open(Opened folder, byte[] name) throws DiskException {
    var file =
        MacKernel.openat(MacFd.of(folder), name, MacKernel.O_RDONLY | MacKernel.O_NONBLOCK, 0);
    if (look(file).kind() != FileKind.REGULAR) {
      file.close();
      throw new DiskException(Trouble.LINK, "open", "no file");
    }
    return file;
  }

  @Override
  public Node look(Opened opened) throws DiskException {
    return MacKernel.stat(MacFd.of(opened));
  }

  @Override
  public Node look(Opened folder, byte[] name) throws DiskException {
    return MacKernel.stat(MacFd.of(folder), name);
  }

  @Override
  public List<byte[]> list(Opened folder, int most) throws DiskException {
    var names = new ArrayList<byte[]>();
    var copy = (int) MacKernel.check("dup", () -> LibSystem.dup(MacFd.of(folder)));
    var stream = LibSystem.fdopendir(copy);
    if (stream == null) {
      var errno = Native.getLastError();
      LibSystem.close(copy);
      throw MacErrno.of("fdopendir", errno);
    }
    try {
      // The copy shares its position with the descriptor.
      LibSystem.rewinddir(stream);
      Native.setLastError(0);
      for (var entry = LibSystem.readdir(stream);
          entry != null;
          entry = LibSystem.readdir(stream)) {
        add(entry, names);
        if (names.size() > most) {
          throw new DiskException(Trouble.OTHER, "list", "more than " + most + " entries");
        }
      }
      if (Native.getLastError() != 0) {
        throw MacErrno.of("readdir", Native.getLastError());
      }
      return names;
    } finally {
      LibSystem.closedir(stream);
    }
  }

  /// `struct dirent` of inodes of 64 bits: the name's length at 18, the name at 21.
  private static void add(Pointer entry, List<byte[]> names) {
    var name = entry.getByteArray(21, Short.toUnsignedInt(entry.getShort(18)));
    if (!Arrays.equals(name, bytes(".")) && !Arrays.equals(name, bytes(".."))) {
      names.add(name);
    }
  }

  @Override
  public int read(Opened file, byte[] into) throws DiskException {
    return (int) MacKernel.check("read", () -> LibSystem.read(MacFd.of(file), into, into.length));
  }

  @Override
  public byte[] target(Opened folder, byte[] name) throws DiskException {
    var into = new byte[LONGEST_LINK];
    var bytes = MacKernel.name(name);
    var length =
        (int)
            MacKernel.check(
                "readlinkat",
                () -> LibSystem.readlinkat(MacFd.of(folder), bytes, into, into.length));
    return Arrays.copyOf(into, length);
  }

  @Override
  public void move(Opened from, byte[] name, Opened to, byte[] newName) throws DiskException {
    var old = MacKernel.name(name);
    var fresh = MacKernel.name(newName);
    MacKernel.check(
        "renameatx_np",
        () ->
            LibSystem.renameatx_np(
                MacFd.of(from), old, MacFd.of(to), fresh, MacKernel.RENAME_EXCL));
  }

  @Override
  public void remove(Opened folder, byte[] name) throws DiskException {
    unlink(folder, name, 0);
  }

  @Override
  public void removeFolder(Opened folder, byte[] name) throws DiskException {
    unlink(folder, name, MacKernel.AT_REMOVEDIR);
  }

  private static void unlink(Opened folder, byte[] name, int flags) throws DiskException {
    var bytes = MacKernel.name(name);
    MacKernel.check("unlinkat", () -> LibSystem.unlinkat(MacFd.of(folder), bytes, flags));
  }

  /// Where a user can swap names, what is opened may not be what was made.
  @Override
  public Opened makeFolder(Opened folder, byte[] name) throws DiskException {
    var bytes = MacKernel.name(name);
    MacKernel.check("mkdirat", () -> LibSystem.mkdirat(MacFd.of(folder), bytes, 0700));
    var made = enter(folder, name);
    var node = look(made);
    if (!node.owner().equals(us())
        || (node.mode() & 0777) != 0700
        || !list(made, Integer.MAX_VALUE).isEmpty()) {
      made.close();
      throw new DiskException(Trouble.OTHER, "mkdirat", "replaced while it was made");
    }
    return made;
  }

  @Override
  public Opened makeFile(Opened folder, byte[] name) throws DiskException {
    var flags = MacKernel.O_WRONLY | MacKernel.O_CREAT | MacKernel.O_EXCL;
    return MacKernel.openat(MacFd.of(folder), name, flags, 0600);
  }

  /// A link's owner cannot be set by its folder's descriptor, and what is not its user's would not
  /// be given back.
  @Override
  public void makeLink(Opened folder, byte[] name, byte[] target, Node like) throws DiskException {
    throw new DiskException(Trouble.UNSUPPORTED, "link", "not made on another volume");
  }

  @Override
  public void write(Opened file, byte[] from, int length) throws DiskException {
    for (var at = 0; at < length; ) {
      var rest = at == 0 ? from : Arrays.copyOfRange(from, at, length);
      var left = length - at;
      at += (int) MacKernel.check("write", () -> LibSystem.write(MacFd.of(file), rest, left));
    }
  }

  @Override
  public void dress(Opened made, Node like) throws DiskException {
    var uid = Integer.parseUnsignedInt(like.owner());
    MacKernel.check("fchown", () -> LibSystem.fchown(MacFd.of(made), uid, -1));
    MacKernel.check("fchmod", () -> LibSystem.fchmod(MacFd.of(made), like.mode() & 0777));
  }

  /// To the medium itself where the volume can, else as far as fsync(2) goes.
  @Override
  public void sync(Opened opened) throws DiskException {
    if (LibSystem.Variadic.CALLS.fcntl(MacFd.of(opened), FULL_SYNC) < 0) {
      MacKernel.check("fsync", () -> LibSystem.fsync(MacFd.of(opened)));
    }
  }

  /// `struct statfs` of inodes of 64 bits: block size at 0, available blocks at 24.
  @Override
  public long free(Opened folder) throws DiskException {
    var struct = new byte[STATFS];
    MacKernel.check("fstatfs", () -> LibSystem.fstatfs(MacFd.of(folder), struct));
    var buffer = ByteBuffer.wrap(struct).order(ByteOrder.LITTLE_ENDIAN);
    return buffer.getLong(24) * Integer.toUnsignedLong(buffer.getInt(0));
  }
}
