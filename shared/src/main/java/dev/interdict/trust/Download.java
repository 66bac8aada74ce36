package dev.interdict.trust;

import dev.interdict.trust.metadata.FileMeta;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.TargetFile;
import org.jspecify.annotations.Nullable;

/// Asks a [Fetcher] for files by what is promised of them, never for more bytes than promised or
/// allowed.
record Download(Fetcher fetcher, Limits limits, Deadline deadline) {

  /// The root of that version, or null if there is none.
  byte @Nullable [] root(long version) throws RepositoryException, UnreachableException {
    return fetch(RepositoryPaths.metadata(RoleName.ROOT, version, true), limits.root());
  }

  byte[] timestamp() throws RepositoryException, UnreachableException {
    return need("timestamp.json", limits.timestamp());
  }

  /// The file of a role that is promised, at most `most` bytes long (5.5.1, 5.6.1).
  byte[] metadata(RoleName role, FileMeta promise, int most, boolean consistent)
      throws RepositoryException, UnreachableException {
    var path = RepositoryPaths.metadata(role, promise.version(), consistent);
    var length = promise.length();
    return need(path, length == null ? most : (int) Math.min(length, most));
  }

  /// The content of a target, held to its promise (5.7).
  byte[] target(String path, TargetFile target, boolean consistent)
      throws RepositoryException, UnreachableException {
    if (target.length() > limits.target()) {
      throw new RepositoryException(
          Family.LIMIT, "target " + path + " is longer than " + limits.target() + " bytes");
    }
    var content = need(RepositoryPaths.target(path, target, consistent), (int) target.length());
    target.check(content, path);
    return content;
  }

  private byte[] need(String path, int limit) throws RepositoryException, UnreachableException {
    var bytes = fetch(path, limit);
    if (bytes == null) {
      throw new RepositoryException(Family.MISSING, "the repository has no " + path);
    }
    return bytes;
  }

  private byte @Nullable [] fetch(String path, int limit)
      throws RepositoryException, UnreachableException {
    deadline.check(path);
    var bytes = fetcher.fetch(path, limit);
    deadline.check(path);
    if (bytes != null && bytes.length > limit) {
      throw new RepositoryException(
          Family.LIMIT, path + " is longer than the " + limit + " bytes it may have");
    }
    return bytes;
  }
}
