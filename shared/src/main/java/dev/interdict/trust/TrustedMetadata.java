package dev.interdict.trust;

import dev.interdict.trust.keys.KeyId;
import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.FileMeta;
import dev.interdict.trust.metadata.Metadata;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Schemes;
import dev.interdict.trust.metadata.Snapshot;
import dev.interdict.trust.metadata.Targets;
import dev.interdict.trust.metadata.Timestamp;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is believed, and the rules by which more comes to be believed (specification 1.0.34,
/// section 5; clause numbers beside each rule). Pure: bytes and the start time of the cycle in, a
/// new value out; a refused file leaves the old value as it was. Immutable.
///
/// Order of loading: root, then newer roots one by one, then timestamp, snapshot, targets, then
/// delegated roles, each below the role that delegates to it. Every role goes through [#judge].
///
/// @param acceptance decides which keys can verify anything at all
/// @param timestamp may be older than the repository's until a newer one is taken
/// @param snapshot as above; current once its version is the timestamp's
/// @param targets the top-level role, of the current snapshot
public record TrustedMetadata(
    Acceptance acceptance,
    Root root,
    @Nullable Timestamp timestamp,
    @Nullable Snapshot snapshot,
    @Nullable Targets targets) {

  /// A start time at which nothing has expired yet, to verify again what was believed before.
  public static final Instant EXPIRY_IGNORED = Instant.MIN;

  /// Begins from a root that was handed over by other means (5.2); its expiry does not matter, but
  /// it must verify against itself. Signature schemes count as in production.
  public static TrustedMetadata bootstrap(byte[] initialRoot) throws RepositoryException {
    return bootstrap(initialRoot, Acceptance.PRODUCTION);
  }

  /// As [#bootstrap(byte[])], by the schemes of `acceptance`.
  public static TrustedMetadata bootstrap(byte[] initialRoot, Acceptance acceptance)
      throws RepositoryException {
    var root = Root.read(initialRoot);
    var schemes = acceptance.under(root);
    root.keys(RoleName.ROOT).verify(root.file(), "root metadata", schemes);
    return new TrustedMetadata(acceptance, root, null, null, null);
  }

  /// Takes the next root (5.3.4 to 5.3.8). Where it changes the keys of timestamp or snapshot, both
  /// are forgotten, which is how a repository recovers from versions run up by a thief (5.3.11).
  public TrustedMetadata withRoot(byte[] bytes) throws RepositoryException {
    var next = Root.read(bytes);
    root.keys(RoleName.ROOT)
        .verify(next.file(), "root metadata, by the root before it,", schemes());
    next.keys(RoleName.ROOT)
        .verify(next.file(), "root metadata, by its own keys,", acceptance.under(next));
    if (next.version() != root.version() + 1) {
      throw new RepositoryException(
          next.version() <= root.version() ? Family.ROLLBACK : Family.MISMATCH,
          "root metadata has version "
              + next.version()
              + ", the next one after "
              + root.version()
              + " was wanted");
    }
    var keep = !rotatesOnlineKeys(next);
    return new TrustedMetadata(
        acceptance, next, keep ? timestamp : null, keep ? snapshot : null, null);
  }

  /// Whether timestamp and snapshot must be forgotten when `next` follows this root (5.3.11).
  boolean rotatesOnlineKeys(Root next) {
    return differs(next, RoleName.TIMESTAMP) || differs(next, RoleName.SNAPSHOT);
  }

  /// Whether `next` withdraws a key by which the time has been stated: that of the timestamp or
  /// that of [TimeStatement].
  boolean rotatesTime(Root next) {
    return differs(next, RoleName.TIMESTAMP) || !timeKeys(next).equals(timeKeys(root));
  }

  private static Set<KeyId> timeKeys(Root root) {
    return root.time() == null ? Set.of() : root.time().ids();
  }

  private boolean differs(Root next, RoleName role) {
    return !next.keys(role).ids().equals(root.keys(role).ids());
  }

  /// Refuses a final root that has expired (5.3.10).
  public void checkRootExpiry(Instant start) throws RepositoryException {
    checkExpiry(root, start, "root metadata");
  }

  /// Takes a timestamp (5.4). One of the version at hand changes nothing (5.4.3.1), except that the
  /// one at hand must not have expired.
  public TrustedMetadata withTimestamp(byte[] bytes, Instant start) throws RepositoryException {
    var what = "timestamp metadata";
    var next = Timestamp.read(bytes);
    root.keys(RoleName.TIMESTAMP).verify(next.file(), what, schemes()); // 5.4.2
    var old = timestamp;
    if (old != null) {
      if (next.version() < old.version()) { // 5.4.3.1
        throw rollback(what, next.version(), old.version());
      }
      if (next.version() == old.version()) {
        checkExpiry(old, start, what);
        return this;
      }
      if (next.snapshot().version() < old.snapshot().version()) { // 5.4.3.2
        throw rollback(
            "the snapshot in timestamp metadata",
            next.snapshot().version(),
            old.snapshot().version());
      }
    }
    checkExpiry(next, start, what); // 5.4.4
    return new TrustedMetadata(acceptance, root, next, snapshot, null);
  }

  /// Takes a snapshot kept from an earlier cycle, only to compare a newer one with. Signatures are
  /// all that it is held to: even expired it shows what was once seen.
  TrustedMetadata withEarlierSnapshot(byte[] bytes) throws RepositoryException {
    var earlier = Snapshot.read(bytes);
    root.keys(RoleName.SNAPSHOT).verify(earlier.file(), "snapshot metadata", schemes());
    return new TrustedMetadata(acceptance, root, timestamp, earlier, null);
  }

  /// Takes the snapshot that the timestamp promises (5.5).
  public TrustedMetadata withSnapshot(byte[] bytes, Instant start) throws RepositoryException {
    var what = "snapshot metadata";
    var promise = snapshotPromise();
    promise.checkBytes(bytes, what); // 5.5.2
    var next = Snapshot.read(bytes);
    root.keys(RoleName.SNAPSHOT).verify(next.file(), what, schemes()); // 5.5.3
    promise.checkVersion(next, what); // 5.5.4
    if (snapshot != null) {
      checkNoneOlder(snapshot, next); // 5.5.5
    }
    checkExpiry(next, start, what); // 5.5.6
    return new TrustedMetadata(acceptance, root, timestamp, next, null);
  }

  private static void checkNoneOlder(Snapshot old, Snapshot next) throws RepositoryException {
    for (var entry : old.roles().entrySet()) {
      var role = entry.getKey();
      var now = next.roles().get(role);
      if (now == null) {
        throw new RepositoryException(
            Family.ROLLBACK, "snapshot metadata no longer lists role " + role.encoded());
      }
      if (now.version() < entry.getValue().version()) {
        throw rollback(
            "role " + role.encoded() + " in snapshot metadata",
            now.version(),
            entry.getValue().version());
      }
    }
  }

  /// Reads top-level targets kept from an earlier cycle. Signatures are all that they are held to.
  Targets signedTop(byte[] bytes) throws RepositoryException {
    var top = Targets.read(RoleName.TARGETS, bytes);
    root.keys(RoleName.TARGETS).verify(top.file(), "stored targets metadata", schemes());
    return top;
  }

  /// Takes the top-level targets that the snapshot promises (5.6).
  public TrustedMetadata withTargets(byte[] bytes, Instant start) throws RepositoryException {
    var next = judge(RoleName.TARGETS, root.keys(RoleName.TARGETS), bytes, start);
    return new TrustedMetadata(acceptance, root, timestamp, snapshot, next);
  }

  /// The file of the role that `delegator` delegates to by `delegation`, held to all that top-level
  /// targets are held to (5.6.7.2), against this delegator's keys and no other's.
  public Targets delegated(byte[] bytes, Delegation delegation, Instant start)
      throws RepositoryException {
    return judge(delegation.role(), delegation.keys(), bytes, start);
  }

  private Targets judge(RoleName role, RoleKeys keys, byte[] bytes, Instant start)
      throws RepositoryException {
    var what = "targets metadata of role " + role.encoded();
    var promise = promise(role);
    promise.checkBytes(bytes, what); // 5.6.2
    var next = Targets.read(role, bytes);
    keys.verify(next.file(), what, schemes()); // 5.6.3
    promise.checkVersion(next, what); // 5.6.4
    checkExpiry(next, start, what); // 5.6.5
    return next;
  }

  /// The schemes that count for keys named by the trusted root and the roles below it.
  Schemes schemes() {
    return acceptance.under(root);
  }

  /// What the current snapshot promises of a targets role.
  FileMeta promise(RoleName role) throws RepositoryException {
    var promise = needSnapshot().roles().get(role);
    if (promise == null) {
      throw new RepositoryException(
          Family.MISMATCH, "snapshot metadata does not list role " + role.encoded());
    }
    return promise;
  }

  /// Zero where there is no timestamp.
  long timestampVersion() {
    return timestamp == null ? 0 : timestamp.version();
  }

  /// What the timestamp promises of the snapshot.
  FileMeta snapshotPromise() {
    return needTimestamp().snapshot();
  }

  private Timestamp needTimestamp() {
    if (timestamp == null) {
      throw new IllegalStateException("a timestamp must be taken first");
    }
    return timestamp;
  }

  private Snapshot needSnapshot() {
    if (snapshot == null || snapshot.version() != needTimestamp().snapshot().version()) {
      throw new IllegalStateException("the timestamp's snapshot must be taken first");
    }
    return snapshot;
  }

  private static void checkExpiry(Metadata file, Instant start, String what)
      throws RepositoryException {
    if (file.header().isExpired(start)) {
      throw new RepositoryException(
          Family.EXPIRED, what + " expired at " + file.expires() + ", it is " + start);
    }
  }

  private static RepositoryException rollback(String what, long offered, long seen) {
    return new RepositoryException(
        Family.ROLLBACK, what + " has version " + offered + ", version " + seen + " was seen");
  }
}
