package dev.interdict.trust.repository;

import dev.interdict.trust.DurableFile;
import dev.interdict.trust.Limits;
import dev.interdict.trust.SafeNames;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The files of a repository. Failures of the disk are [UncheckedIOException].
///
/// Names that a static file server would have to decode are refused: what stands on disk is what
/// stands in the address.
///
/// @param patience how long another program may hold the folder's lock
record RepositoryFolder(Path folder, Duration patience) implements RepositoryFiles {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final long PAUSE_MILLIS = 10;
  private static final Set<StandardOpenOption> CREATE_AND_WRITE =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

  /// The folder's lock keeps other processes waiting, and within one process it fails instead.
  private static final ReentrantLock HERE = new ReentrantLock();

  RepositoryFolder(Path folder) {
    this(folder, PATIENCE);
  }

  /// Alone on this machine. A change of the root that was broken off at its last write is finished
  /// first.
  @Override
  public <T> T alone(Work<T> work) throws RepositoryException {
    HERE.lock();
    try {
      Files.createDirectories(folder);
      try (var channel = lockFile();
          var lock = lock(channel)) {
        if (!lock.isValid()) {
          throw new IOException("the lock did not hold");
        }
        finish();
        return work.run();
      }
    } catch (OverlappingFileLockException e) {
      throw new IllegalStateException("this thread is publishing already", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock the repository's folder: " + e.getMessage(), e);
    } finally {
      HERE.unlock();
    }
  }

  /// Its owner's alone: whoever may open it can hold it, and nothing is published meanwhile.
  private FileChannel lockFile() throws IOException {
    var file = folder.resolve(".lock");
    var owners = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    return Files.getFileAttributeView(folder, PosixFileAttributeView.class) == null
        ? FileChannel.open(file, CREATE_AND_WRITE)
        : FileChannel.open(file, CREATE_AND_WRITE, owners);
  }

  private FileLock lock(FileChannel channel) throws IOException {
    var end = System.nanoTime() + patience.toNanos();
    for (var lock = channel.tryLock(); ; lock = channel.tryLock()) {
      if (lock != null) {
        return lock;
      }
      if (System.nanoTime() - end > 0) {
        throw new IOException(
            "another program has held "
                + folder.resolve(".lock")
                + " for "
                + patience.toSeconds()
                + " seconds; see which (fuser names it), then try again");
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while another program published");
      }
    }
  }

  /// Writes the root and the timestamp that goes with it. Between the two, the old timestamp may be
  /// signed by keys that the new root does not know; the new one is laid by first, so that whoever
  /// comes next can put it in place.
  @Override
  public void turn(String root, byte[] rootBytes, byte[] timestamp) {
    try {
      DurableFile.write(laidBy(), timestamp);
      DurableFile.write(laidByFor(), root.getBytes(StandardCharsets.UTF_8));
      write(root, rootBytes);
      finish();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the next root of the repository", e);
    }
  }

  @Override
  public boolean isTurning() {
    return Files.exists(laidByFor());
  }

  private void finish() throws IOException {
    var root = DurableFile.read(laidByFor(), 100);
    if (root != null) {
      var timestamp = DurableFile.read(laidBy(), Limits.STANDARD.timestamp());
      if (timestamp != null && exists(new String(root, StandardCharsets.UTF_8))) {
        write("timestamp.json", timestamp);
      }
      DurableFile.delete(laidByFor());
    }
    DurableFile.delete(laidBy());
  }

  private Path laidBy() {
    return folder.resolve(".timestamp.next");
  }

  /// Names the root that the timestamp laid by belongs to.
  private Path laidByFor() {
    return folder.resolve(".timestamp.next.root");
  }

  @Override
  public boolean exists(String path) {
    return Files.exists(file(path));
  }

  @Override
  public void checkName(String path) {
    file(path);
  }

  @Override
  public byte @Nullable [] read(String path, int limit) {
    try {
      return DurableFile.read(file(path), limit);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path + " of the repository", e);
    }
  }

  @Override
  public void write(String path, byte[] bytes) {
    try {
      DurableFile.write(file(path), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path + " of the repository", e);
    }
  }

  @Override
  public List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UncheckedIOException("cannot list the repository", new IOException(e));
    }
  }

  @Override
  public void delete(String path) {
    try {
      DurableFile.delete(file(path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path + " of the repository", e);
    }
  }

  @Override
  public void passOver(Map<RoleName, Long> versions) {
    try {
      DurableFile.write(passed(), PassedOver.write(passedOver(), versions));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot note what the repository passes over", e);
    }
  }

  @Override
  public SortedMap<RoleName, Long> passedOver() {
    try {
      return PassedOver.read(DurableFile.read(passed(), PassedOver.MOST_BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot read " + passed() + ", which says what must not be signed again", e);
    }
  }

  private Path passed() {
    return folder.resolve(".passed-over");
  }

  private Path file(String path) {
    var file = path.indexOf('%') >= 0 ? null : SafeNames.resolve(folder, path);
    if (file == null) {
      throw new IllegalArgumentException(
          "not a name to publish under, use letters, digits, '_', '-', '.' and '/': " + path);
    }
    return file;
  }
}
