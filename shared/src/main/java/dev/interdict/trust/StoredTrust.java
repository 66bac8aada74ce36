package dev.interdict.trust;

import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Targets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a [TrustStore] holds, believed only as far as it verifies again from the initial root.
/// Whatever is damaged or edited counts as absent and is fetched anew.
final class StoredTrust {
  private final byte[] initialRoot;
  private final TrustStore store;
  private final Limits limits;
  private final Acceptance acceptance;

  StoredTrust(byte[] initialRoot, TrustStore store, Limits limits, Acceptance acceptance) {
    this.initialRoot = initialRoot.clone();
    this.store = store;
    this.limits = limits;
    this.acceptance = acceptance;
  }

  /// The initial root and every later stored one that verifies by the one before it.
  TrustedMetadata roots() throws RepositoryException {
    var trusted = TrustedMetadata.bootstrap(initialRoot, acceptance);
    while (true) {
      var next = store.read(StoreNames.root(trusted.root().version() + 1), limits.root());
      if (next == null || next.length > limits.root()) {
        return trusted;
      }
      try {
        trusted = trusted.withRoot(next);
      } catch (RepositoryException e) {
        return trusted;
      }
    }
  }

  /// `trusted` with the stored timestamp and snapshot, for a cycle to compare with.
  TrustedMetadata withOnlineRoles(TrustedMetadata trusted) {
    var result = trusted;
    var timestamp = read(RoleName.TIMESTAMP, limits.timestamp());
    if (timestamp != null) {
      try {
        result = result.withTimestamp(timestamp, TrustedMetadata.EXPIRY_IGNORED);
      } catch (RepositoryException e) {
        // Damaged, or signed by keys no longer trusted: as if it were not there.
      }
    }
    var snapshot = read(RoleName.SNAPSHOT, limits.snapshot());
    if (snapshot != null) {
      try {
        result = result.withEarlierSnapshot(snapshot);
      } catch (RepositoryException e) {
        // As above.
      }
    }
    return result;
  }

  /// The stored file of a role, or null.
  byte @Nullable [] read(RoleName role, int limit) {
    var bytes = store.read(StoreNames.metadata(role), limit);
    return bytes == null || bytes.length > limit ? null : bytes;
  }

  /// The target of that path that was verified last and still is provable, or null.
  @Nullable VerifiedTarget target(String path) throws RepositoryException {
    var proven = proven(path);
    if (proven == null) {
      return null;
    }
    var trusted = withOnlineRoles(roots());
    try {
      var holder = proven.verify(path, trusted, newestTop(trusted));
      return verified(path, proven.content(), holder, trusted);
    } catch (RepositoryException e) {
      return null;
    }
  }

  /// The stored target with its proof, whole but not verified, or null.
  @Nullable ProvenTarget proven(String path) {
    var limit = limits.provenTarget();
    var bytes = store.read(StoreNames.target(path), limit);
    return bytes == null || bytes.length > limit
        ? null
        : ProvenTarget.decode(bytes, limits.roles());
  }

  static VerifiedTarget verified(
      String path, byte[] content, Targets holder, TrustedMetadata trusted) {
    var timestamp = trusted.timestamp();
    Instant freshUntil = timestamp == null ? null : timestamp.expires();
    return new VerifiedTarget(
        path,
        content,
        holder.role(),
        holder.version(),
        holder.expires(),
        holder.header().issued(),
        freshUntil);
  }

  private @Nullable Targets newestTop(TrustedMetadata trusted) {
    var bytes = read(RoleName.TARGETS, limits.targets());
    if (bytes == null) {
      return null;
    }
    try {
      return trusted.signedTop(bytes);
    } catch (RepositoryException e) {
      return null;
    }
  }
}
