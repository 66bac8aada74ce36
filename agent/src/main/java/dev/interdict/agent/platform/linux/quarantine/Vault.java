package dev.interdict.agent.platform.linux.quarantine;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Journal;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.linux.kernel.KernelException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;

/// The quarantine's own directory: `held` for what was taken, `work` for copies in the making, and
/// the journal. Checked at each start: nobody but us may enter it, nor exchange anything on the way
/// to it.
final class Vault implements AutoCloseable {
  private static final int STICKY = 01000;

  private final Fd directory;
  private final Fd held;
  private final Fd work;
  private final Journal journal;

  private Vault(Fd directory, Fd held, Fd work, Journal journal) {
    this.directory = directory;
    this.held = held;
    this.work = work;
    this.journal = journal;
  }

  /// Opens the quarantine, creating it where there is none.
  ///
  /// @throws IOException if somebody else could reach into it; enforcement must not start then
  static Vault open(Path path, Acts acts) throws IOException {
    var absolute = path.toAbsolutePath().normalize();
    var open = new ArrayList<Fd>();
    try {
      open.add(descend(absolute, acts));
      var directory = open.getFirst();
      open.add(own(directory, "held", acts));
      open.add(own(directory, "work", acts));
      var journal = journal(directory, absolute, acts);
      return new Vault(directory, open.get(1), open.get(2), journal);
    } catch (IOException | RuntimeException | Error e) {
      open.forEach(Fd::close);
      throw e;
    }
  }

  /// A journal that a power cut can take the name from would leave what it speaks of to nobody.
  private static Journal journal(Fd directory, Path absolute, Acts acts) throws IOException {
    var name = "journal";
    try {
      acts.create(directory, name.getBytes(StandardCharsets.UTF_8)).close();
    } catch (KernelException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
    acts.fsync(directory);
    return Journal.open(absolute.resolve(name), acts.steps());
  }

  private static Fd descend(Path absolute, Acts acts) throws IOException {
    var here = Kernel.openRoot(new byte[] {'/'});
    var walked = Path.of("/");
    for (var name : absolute) {
      try (var above = here) {
        var last = walked.getNameCount() + 1 == absolute.getNameCount();
        walked = walked.resolve(name);
        here = last ? own(above, name.toString(), acts) : step(above, name.toString(), walked);
      }
    }
    return here;
  }

  private static Fd step(Fd above, String name, Path walked) throws IOException {
    var next = open(above, name, walked.toString());
    var stat = Kernel.stat(next);
    var trusted = stat.uid() == 0 || stat.uid() == Kernel.effectiveUid();
    if (!trusted || ((stat.mode() & 0022) != 0 && (stat.mode() & STICKY) == 0)) {
      next.close();
      throw new IOException(
          "others may exchange the quarantine, since they may write to "
              + walked
              + "; make it root's own, mode 755");
    }
    return next;
  }

  /// A directory of ours with mode 0700, created where there is none.
  private static Fd own(Fd above, String name, Acts acts) throws IOException {
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    try {
      acts.mkdir(above, bytes, 0700);
    } catch (KernelException e) {
      if (e.errno() != Errno.EEXIST) {
        throw e;
      }
    }
    acts.fsync(above);
    var own = open(above, name, name);
    var stat = Kernel.stat(own);
    if (stat.uid() != Kernel.effectiveUid() || stat.mode() != 0700) {
      own.close();
      throw new IOException(
          "the quarantine's directory \"%s\" has owner %d and mode %o; it must be our own, mode 700"
              .formatted(name, stat.uid(), stat.mode()));
    }
    return own;
  }

  private static Fd open(Fd above, String name, String shown) throws IOException {
    try {
      return Kernel.openat(
          above,
          name.getBytes(StandardCharsets.UTF_8),
          Kernel.O_RDONLY | Kernel.O_DIRECTORY | Kernel.O_NOFOLLOW,
          0);
    } catch (KernelException e) {
      throw new IOException(
          "the quarantine's \""
              + shown
              + "\" is no directory that can be opened: "
              + e.getMessage(),
          e);
    }
  }

  static byte[] name(HeldId id) {
    return id.text().getBytes(StandardCharsets.US_ASCII);
  }

  Fd held() {
    return held;
  }

  Fd work() {
    return work;
  }

  Journal journal() {
    return journal;
  }

  @Override
  public void close() {
    held.close();
    work.close();
    directory.close();
    try {
      journal.close();
    } catch (IOException _) {
      // Every record was forced to disk when it was appended.
    }
  }
}
