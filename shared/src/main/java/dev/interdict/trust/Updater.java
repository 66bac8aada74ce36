package dev.interdict.trust;

import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.Targets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The client's workflow (specification 1.0.34, section 5): asks a [Fetcher], judges by
/// [TrustedMetadata], keeps in a [TrustStore] what passed, and nothing else, file by file.
///
/// Make one a cycle; it holds what it parsed. Not thread-safe, and one a store at a time. Failures
/// of the store itself are [java.io.UncheckedIOException].
public final class Updater {
  private final TrustStore store;
  private final Deadline deadline;
  private final Download download;
  private final Limits limits;
  private final StoredTrust stored;
  private TrustedMetadata trusted;
  private @Nullable Instant refreshed;

  /// Starts from `initialRoot`, which came by other means than the repository, and verifies the
  /// stored roots from there.
  ///
  /// @throws RepositoryException if the initial root itself is unusable
  public Updater(byte[] initialRoot, TrustStore store, Fetcher fetcher, Limits limits)
      throws RepositoryException {
    this(initialRoot, store, fetcher, limits, Acceptance.PRODUCTION, System::nanoTime);
  }

  /// As above, with other signature schemes than production's, and with a clock for
  /// [Limits#patience] that works as [System#nanoTime] does.
  public Updater(
      byte[] initialRoot,
      TrustStore store,
      Fetcher fetcher,
      Limits limits,
      Acceptance acceptance,
      LongSupplier nanoTime)
      throws RepositoryException {
    this.store = store;
    this.deadline = new Deadline(nanoTime, limits.patience());
    this.download = new Download(fetcher, limits, deadline);
    this.limits = limits;
    this.stored = new StoredTrust(initialRoot, store, limits, acceptance);
    this.trusted = stored.roots();
  }

  /// The newest root believed, be the repository reachable or not.
  public Root root() {
    return trusted.root();
  }

  /// What is believed, after a refresh.
  public TrustedMetadata trusted() {
    return trusted;
  }

  /// What was verified last and is kept, be the repository reachable or not: the newest root, with
  /// the timestamp and the snapshot if they are there.
  public TrustedMetadata kept() {
    return stored.withOnlineRoles(trusted);
  }

  /// Brings the four top-level roles up to date. `start` is the time for every expiry check until
  /// the next refresh (5.1).
  public RefreshResult refresh(Instant start) {
    return refresh(start, (_, unchanged) -> unchanged);
  }

  /// As [#refresh(Instant)], for a caller whose clock may have been led astray by an online key: no
  /// root of the walk is judged by the time before its last step, and `rotations` may correct the
  /// time until then.
  public RefreshResult refresh(Instant begin, Rotations rotations) {
    refreshed = null;
    deadline.restart();
    var updated = new ArrayList<RoleName>();
    Instant start;
    try {
      trusted = stored.roots();
      start = walkRoots(begin, rotations, updated);
      trusted.checkRootExpiry(start);
      trusted = stored.withOnlineRoles(trusted);
      updateTimestamp(start, updated);
      updateSnapshot(start, updated);
      updateTargets(start, updated);
    } catch (RepositoryException e) {
      return new RefreshResult.Refused(e.family(), String.valueOf(e.getMessage()));
    } catch (UnreachableException e) {
      return new RefreshResult.Unreachable(String.valueOf(e.getMessage()));
    }
    refreshed = start;
    return updated.isEmpty() ? new RefreshResult.Unchanged() : new RefreshResult.Updated(updated);
  }

  /// Root after root until there is none newer (5.3.2 to 5.3.9).
  ///
  /// @return the start time to go on with
  private Instant walkRoots(Instant begin, Rotations rotations, List<RoleName> updated)
      throws RepositoryException, UnreachableException {
    var start = begin;
    for (var walked = 0; ; walked++) {
      var version = trusted.root().version() + 1;
      var bytes = download.root(version);
      if (bytes == null) {
        return start;
      }
      if (walked == limits.roots()) {
        throw new RepositoryException(
            Family.LIMIT, "the repository has more than " + limits.roots() + " newer roots");
      }
      var next = trusted.withRoot(bytes);
      if (trusted.rotatesOnlineKeys(next.root())) {
        // 5.3.11, before the root is kept: interrupted in between, the walk takes this root again.
        store.delete(StoreNames.metadata(RoleName.TIMESTAMP));
        store.delete(StoreNames.metadata(RoleName.SNAPSHOT));
      }
      if (trusted.rotatesTime(next.root())) {
        start = rotations.rotated(next.root(), start); // before it is kept, as above
      }
      store.write(StoreNames.root(version), bytes);
      trusted = next;
      if (!updated.contains(RoleName.ROOT)) {
        updated.add(RoleName.ROOT);
      }
    }
  }

  private void updateTimestamp(Instant start, List<RoleName> updated)
      throws RepositoryException, UnreachableException {
    var bytes = download.timestamp();
    var next = trusted.withTimestamp(bytes, start);
    if (next.timestampVersion() > trusted.timestampVersion()) {
      keep(RoleName.TIMESTAMP, bytes, updated);
      trusted = next;
    }
  }

  private void updateSnapshot(Instant start, List<RoleName> updated)
      throws RepositoryException, UnreachableException {
    var kept = stored.read(RoleName.SNAPSHOT, limits.snapshot());
    if (kept != null && trusted.snapshot() != null) {
      try {
        trusted = trusted.withSnapshot(kept, start);
        return;
      } catch (RepositoryException e) {
        // Not the one that the timestamp promises now.
      }
    }
    var promise = trusted.snapshotPromise();
    var bytes = download.metadata(RoleName.SNAPSHOT, promise, limits.snapshot(), isConsistent());
    trusted = trusted.withSnapshot(bytes, start);
    keep(RoleName.SNAPSHOT, bytes, updated);
  }

  private void updateTargets(Instant start, List<RoleName> updated)
      throws RepositoryException, UnreachableException {
    var kept = stored.read(RoleName.TARGETS, limits.targets());
    if (kept != null) {
      try {
        trusted = trusted.withTargets(kept, start);
        return;
      } catch (RepositoryException e) {
        // Not the one that the snapshot promises now.
      }
    }
    var promise = trusted.promise(RoleName.TARGETS);
    var bytes = download.metadata(RoleName.TARGETS, promise, limits.targets(), isConsistent());
    trusted = trusted.withTargets(bytes, start);
    keep(RoleName.TARGETS, bytes, updated);
  }

  /// The current content of the target (5.6.7, 5.7), fetched only if it is not kept already.
  ///
  /// @throws IllegalStateException unless the last [#refresh] succeeded
  public TargetResult target(String path) {
    var start = refreshed;
    var top = trusted.targets();
    if (start == null || top == null) {
      throw new IllegalStateException("a refresh must succeed before a target is looked for");
    }
    try {
      var hit = TargetSearch.find(path, top, role -> load(role, start), limits.roles());
      if (hit == null) {
        store.delete(StoreNames.target(path));
        return new TargetResult.Absent(path);
      }
      return found(path, hit);
    } catch (RepositoryException e) {
      return new TargetResult.Refused(e.family(), String.valueOf(e.getMessage()));
    } catch (UnreachableException e) {
      return new TargetResult.Unreachable(String.valueOf(e.getMessage()));
    }
  }

  private TargetResult found(String path, TargetSearch.Hit hit)
      throws RepositoryException, UnreachableException {
    var earlier = stored.proven(path);
    var content = earlier == null ? null : hit.target().contentIfSame(earlier.content());
    var changed = content == null;
    if (content == null) {
      content = download.target(path, hit.target(), isConsistent());
    }
    var proven = ProvenTarget.of(hit.chain(), content);
    if (earlier == null || !earlier.sameAs(proven)) {
      keep(path, proven);
    }
    var holder = hit.chain().getLast();
    return new TargetResult.Found(StoredTrust.verified(path, content, holder, trusted), changed);
  }

  private void keep(String path, ProvenTarget proven) throws RepositoryException {
    var bytes = proven.encode();
    if (bytes.length > limits.provenTarget()) {
      throw new RepositoryException(
          Family.LIMIT, "target and the roles that vouch for it are too long together: " + path);
    }
    store.write(StoreNames.target(path), bytes);
  }

  /// The content that was verified last, without asking the repository: for when it is unreachable,
  /// refused or expired. Proven again from the initial root, expiry ignored; the caller says STALE
  /// by [VerifiedTarget#isStale]. Null if there is none, or what vouched for it was revoked.
  public @Nullable VerifiedTarget lastVerified(String path) {
    try {
      return stored.target(path);
    } catch (RepositoryException e) {
      throw new IllegalStateException("the initial root verified before", e);
    }
  }

  private Targets load(Delegation delegation, Instant start)
      throws RepositoryException, UnreachableException {
    var role = delegation.role();
    var kept = stored.read(role, limits.targets());
    if (kept != null) {
      try {
        return trusted.delegated(kept, delegation, start);
      } catch (RepositoryException e) {
        // Not what snapshot and delegator promise now.
      }
    }
    var promise = trusted.promise(role);
    var bytes = download.metadata(role, promise, limits.targets(), isConsistent());
    var loaded = trusted.delegated(bytes, delegation, start);
    store.write(StoreNames.metadata(role), bytes);
    return loaded;
  }

  private void keep(RoleName role, byte[] bytes, List<RoleName> updated) {
    store.write(StoreNames.metadata(role), bytes);
    updated.add(role);
  }

  private boolean isConsistent() {
    return trusted.root().consistentSnapshot();
  }
}
