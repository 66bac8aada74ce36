package dev.interdict.trust.repository;

import dev.interdict.trust.RepositoryPaths;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.TargetFile;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// Where the files of a repository are kept and where it is decided what is published: a folder, or
/// whatever several servers share. Names are those under which clients fetch. Thread-safe.
public interface RepositoryFiles {
  /// What may be done while no one else writes.
  @FunctionalInterface
  interface Work<T> {
    T run() throws RepositoryException;
  }

  /// Runs `work` as the only writer of all that write here.
  <T> T alone(Work<T> work) throws RepositoryException;

  /// Whether a change of the root was broken off, or is under way.
  boolean isTurning();

  /// Writes a root and the timestamp that goes with it.
  void turn(String root, byte[] rootBytes, byte[] timestamp);

  boolean exists(String path);

  /// The file, or null if there is none; of one that is longer than `limit`, a byte more than that.
  byte @Nullable [] read(String path, int limit);

  void write(String path, byte[] bytes);

  void delete(String path);

  /// The names of all files, of which those of contents have a folder before them.
  List<String> names();

  /// @throws IllegalArgumentException if the path is not fit to be served as it stands
  void checkName(String path);

  /// Versions that are never to be signed again, up to which.
  SortedMap<RoleName, Long> passedOver();

  /// Notes such versions, beside those that are noted.
  void passOver(Map<RoleName, Long> versions);

  /// The file, which must be there.
  default byte[] need(String path, int limit) throws RepositoryException {
    var bytes = read(path, limit);
    if (bytes == null) {
      throw new RepositoryException(Family.MISSING, "the repository has no " + path);
    }
    return bytes;
  }

  /// The first version from `least` on under which the role was never written, visible or not.
  default long unusedVersion(RoleName role, long least) {
    var version = next(role, least - 1);
    while (exists(metadata(role, version))) {
      version++;
    }
    return version;
  }

  /// The version after `version`, or after those that were passed over.
  default long next(RoleName role, long version) {
    return Math.max(version, passedOver().getOrDefault(role, 0L)) + 1;
  }

  static String metadata(RoleName role, long version) {
    return RepositoryPaths.metadata(role, version, true);
  }

  static String target(String path, TargetFile target) {
    return RepositoryPaths.target(path, target, true);
  }
}
