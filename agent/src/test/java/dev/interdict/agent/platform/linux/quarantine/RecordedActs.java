package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The real acts, each of which is also told to a [Disk]. Where the quarantine is to lie on another
/// file system, moves into and out of it end with EXDEV.
final class RecordedActs extends Acts {
  private final Disk disk;
  private final boolean across;
  private final Map<FileId, Long> written = new HashMap<>();

  private RecordedActs(Disk disk, boolean across, Steps steps) {
    super(steps);
    this.disk = disk;
    this.across = across;
  }

  /// @param stop told before each act, the journal's too
  static Acts on(Disk disk, boolean across, Path journal, Steps stop) {
    return new RecordedActs(disk, across, new JournalWatch(disk, journal, stop));
  }

  /// The journal writes by itself, so that what it wrote is read when it is about to be forced.
  private static final class JournalWatch implements Steps {
    private final Disk disk;
    private final Path journal;
    private final Steps stop;
    private int known = -1;

    JournalWatch(Disk disk, Path journal, Steps stop) {
      this.disk = disk;
      this.journal = journal;
      this.stop = stop;
    }

    @Override
    public void before(String act) throws IOException {
      if (act.equals("journal write")) {
        known = (int) Files.size(journal);
      }
      if (act.equals("journal force")) {
        var file = Disk.id(journal);
        if (known >= 0) {
          var bytes = Files.readAllBytes(journal);
          var half = known + (bytes.length - known) / 2;
          write(file, bytes, known, half);
          write(file, bytes, half, bytes.length);
        }
        stop.before(act);
        disk.forced(file);
        return;
      }
      stop.before(act);
    }

    private void write(FileId file, byte[] bytes, int from, int to) {
      var piece = Arrays.copyOfRange(bytes, from, to);
      disk.file(file, state -> state.write(file, from, piece));
    }
  }

  private static String text(byte[] name) {
    return new String(name, StandardCharsets.ISO_8859_1);
  }

  private static FileId id(Fd fd) throws KernelException {
    return Kernel.stat(fd).id();
  }

  private void moved(Fd from, byte[] name, Fd to, byte[] newName) throws KernelException {
    var file = Kernel.stat(to, newName).id();
    var source = id(from);
    var target = id(to);
    disk.names(
        source.equals(target) ? Set.of(source) : Set.of(source, target),
        state -> {
          state.unname(source, text(name));
          state.name(target, text(newName), file);
        });
  }

  @Override
  void rename(Fd from, byte[] name, Fd to, byte[] newName) throws KernelException {
    if (across && inVault(name) != inVault(newName)) {
      throw new KernelException("renameat2", Errno.EXDEV);
    }
    super.rename(from, name, to, newName);
    moved(from, name, to, newName);
  }

  /// In the vault everything bears its id.
  private static boolean inVault(byte[] name) {
    return name.length == 32;
  }

  @Override
  void replace(Fd from, byte[] name, Fd to, byte[] newName) throws KernelException {
    super.replace(from, name, to, newName);
    moved(from, name, to, newName);
  }

  @Override
  void exchange(Fd dir, byte[] name, byte[] other) throws KernelException {
    super.exchange(dir, name, other);
    var directory = id(dir);
    var one = Kernel.stat(dir, name).id();
    var two = Kernel.stat(dir, other).id();
    disk.names(
        Set.of(directory),
        state -> {
          state.name(directory, text(name), one);
          state.name(directory, text(other), two);
        });
  }

  @Override
  void unlink(Fd dir, byte[] name) throws KernelException {
    super.unlink(dir, name);
    gone(dir, name);
  }

  @Override
  void rmdir(Fd dir, byte[] name) throws KernelException {
    super.rmdir(dir, name);
    gone(dir, name);
  }

  private void gone(Fd dir, byte[] name) throws KernelException {
    var directory = id(dir);
    disk.names(Set.of(directory), state -> state.unname(directory, text(name)));
  }

  private void added(Fd dir, byte[] name, char kind, int mode, byte[] content)
      throws KernelException {
    var directory = id(dir);
    var file = Kernel.stat(dir, name).id();
    written.put(file, 0L);
    disk.names(
        Set.of(directory), state -> state.add(directory, text(name), file, kind, mode, content));
  }

  @Override
  void mkdir(Fd dir, byte[] name, int mode) throws KernelException {
    super.mkdir(dir, name, mode);
    added(dir, name, 'd', mode, new byte[0]);
  }

  @Override
  void symlink(byte[] target, Fd dir, byte[] name) throws KernelException {
    super.symlink(target, dir, name);
    added(dir, name, 'l', 0777, target);
  }

  @Override
  Fd create(Fd dir, byte[] name) throws KernelException {
    var made = super.create(dir, name);
    added(dir, name, 'f', 0600, new byte[0]);
    return made;
  }

  @Override
  void write(Fd fd, byte[] from, int length) throws KernelException {
    super.write(fd, from, length);
    var file = id(fd);
    var at = written.merge(file, (long) length, Long::sum) - length;
    var bytes = Arrays.copyOf(from, length);
    disk.file(file, state -> state.write(file, at, bytes));
  }

  @Override
  void chmod(Fd fd, int mode) throws KernelException {
    super.chmod(fd, mode);
    var file = id(fd);
    disk.file(file, state -> state.mode(file, mode));
  }

  @Override
  void touch(Fd fd, long seconds, int nanos) throws KernelException {
    super.touch(fd, seconds, nanos);
    var file = id(fd);
    disk.file(file, state -> state.time(file, seconds, nanos));
  }

  @Override
  void fsync(Fd fd) throws KernelException {
    super.fsync(fd);
    disk.forced(id(fd));
  }
}
