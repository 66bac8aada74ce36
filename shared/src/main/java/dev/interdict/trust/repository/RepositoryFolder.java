package dev.interdict.trust.repository;

import dev.interdict.json.Fault;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.trust.DurableFile;
import dev.interdict.trust.Limits;
import dev.interdict.trust.RepositoryPaths;
import dev.interdict.trust.SafeNames;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.TargetFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The files of a repository. Failures of the disk are [UncheckedIOException].
///
/// Names that a static file server would have to decode are refused: what stands on disk is what
/// stands in the address.
record RepositoryFolder(Path folder) {

  private static final int MOST_PASSED = 16 << 10;

  /// The folder's lock keeps other processes waiting, and within one process it fails instead.
  private static final ReentrantLock HERE = new ReentrantLock();

  /// What may be done while no one else writes.
  @FunctionalInterface
  interface Work<T> {
    T run() throws RepositoryException;
  }

  /// Runs `work` as the folder's only writer, on this machine.
  ///
  /// A change of the root that was broken off at its last write is finished first.
  <T> T alone(Work<T> work) throws RepositoryException {
    HERE.lock();
    try {
      Files.createDirectories(folder);
      try (var channel =
              FileChannel.open(
                  folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        if (!lock.isValid()) {
          throw new IOException("the lock did not hold");
        }
        finish();
        return work.run();
      }
    } catch (OverlappingFileLockException e) {
      throw new IllegalStateException("this thread is publishing already", e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot lock the repository's folder", e);
    } finally {
      HERE.unlock();
    }
  }

  /// Writes the root and the timestamp that goes with it. Between the two, the old timestamp may be
  /// signed by keys that the new root does not know; the new one is laid by first, so that whoever
  /// comes next can put it in place.
  void turn(String root, byte[] rootBytes, byte[] timestamp) {
    try {
      DurableFile.write(laidBy(), timestamp);
      DurableFile.write(laidByFor(), root.getBytes(StandardCharsets.UTF_8));
      write(root, rootBytes);
      finish();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the next root of the repository", e);
    }
  }

  /// Whether a change of the root was broken off, or is under way.
  boolean isTurning() {
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

  boolean exists(String path) {
    return Files.exists(file(path));
  }

  /// @throws IllegalArgumentException if the path is not fit to be served as it stands
  void checkName(String path) {
    file(path);
  }

  byte @Nullable [] read(String path, int limit) {
    try {
      return DurableFile.read(file(path), limit);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path + " of the repository", e);
    }
  }

  /// The file, which must be there.
  byte[] need(String path, int limit) throws RepositoryException {
    var bytes = read(path, limit);
    if (bytes == null) {
      throw new RepositoryException(Family.MISSING, "the repository's folder has no " + path);
    }
    return bytes;
  }

  void write(String path, byte[] bytes) {
    try {
      DurableFile.write(file(path), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path + " of the repository", e);
    }
  }

  /// The names of the files directly in the folder.
  List<String> names() {
    try (var files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw new UncheckedIOException("cannot list the repository", new IOException(e));
    }
  }

  void delete(String path) {
    try {
      DurableFile.delete(file(path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + path + " of the repository", e);
    }
  }

  /// The first version from `least` on under which the role was never written, visible or not.
  long unusedVersion(RoleName role, long least) {
    var version = next(role, least - 1);
    while (exists(metadata(role, version))) {
      version++;
    }
    return version;
  }

  /// The version after `version`, or after those that were passed over.
  long next(RoleName role, long version) {
    return Math.max(version, passedOver().getOrDefault(role, 0L)) + 1;
  }

  /// Notes versions that are never to be signed again.
  void passOver(Map<RoleName, Long> versions) {
    var passed = passedOver();
    versions.forEach((role, version) -> passed.merge(role, version, Math::max));
    var written = Json.object();
    passed.forEach((role, version) -> written.put(role.value(), version));
    try {
      DurableFile.write(passed(), JsonWriter.compact(written.build()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot note what the repository passes over", e);
    }
  }

  private SortedMap<RoleName, Long> passedOver() {
    var passed = new TreeMap<RoleName, Long>();
    try {
      var bytes = DurableFile.read(passed(), MOST_PASSED);
      if (bytes != null) {
        var faults = new ArrayList<Fault>();
        var fields = Fields.of(JsonReader.read(bytes, JsonLimits.OWN), faults);
        for (var role : List.copyOf(fields.names())) {
          passed.put(new RoleName(role), fields.integer(role, 1, (1L << 53) - 1));
        }
        if (!faults.isEmpty()) {
          throw new JsonException(faults.getFirst().toString());
        }
      }
      return passed;
    } catch (IOException | JsonException | IllegalArgumentException e) {
      // Taken for nothing, it would let a version be signed twice.
      throw new UncheckedIOException(
          "cannot read " + passed() + ", which says what must not be signed again",
          new IOException(e));
    }
  }

  private Path passed() {
    return folder.resolve(".passed-over");
  }

  static String metadata(RoleName role, long version) {
    return RepositoryPaths.metadata(role, version, true);
  }

  static String target(String path, TargetFile target) {
    return RepositoryPaths.target(path, target, true);
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
