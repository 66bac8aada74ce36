package dev.interdict.trust.repository;

import dev.interdict.trust.Limits;
import dev.interdict.trust.TrustedMetadata;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Snapshot;
import dev.interdict.trust.metadata.Targets;
import dev.interdict.trust.metadata.Timestamp;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Objects;
import java.util.SequencedMap;

/// What a repository says at one moment, verified as a client verifies it. Immutable.
///
/// @param roles all targets roles, the top-level one first
public record RepositoryState(TrustedMetadata trusted, SequencedMap<RoleName, Targets> roles) {
  public RepositoryState {
    roles = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(roles));
  }

  /// Brings the bytes of a targets role and the time to judge them by.
  @FunctionalInterface
  interface RoleFiles {
    byte[] read(RoleName role, long version) throws RepositoryException;

    default Instant start(RoleName role) {
      return TrustedMetadata.EXPIRY_IGNORED;
    }
  }

  public Timestamp timestamp() {
    return Objects.requireNonNull(trusted.timestamp(), "a state has a timestamp");
  }

  public Snapshot snapshot() {
    return Objects.requireNonNull(trusted.snapshot(), "a state has a snapshot");
  }

  /// The role's metadata.
  ///
  /// @throws IllegalArgumentException if the repository has no such role
  public Targets role(RoleName role) {
    var targets = roles.get(role);
    if (targets == null) {
      throw new IllegalArgumentException("the repository has no targets role " + role);
    }
    return targets;
  }

  /// What the folder says now, however long ago it was signed.
  static RepositoryState load(RepositoryFiles folder) throws RepositoryException {
    var limits = Limits.STANDARD;
    var never = TrustedMetadata.EXPIRY_IGNORED;
    var trusted = TrustedMetadata.bootstrap(folder.need("1.root.json", limits.root()));
    for (var next = folder.read("2.root.json", limits.root()); next != null; ) {
      trusted = trusted.withRoot(next);
      next = folder.read((trusted.root().version() + 1) + ".root.json", limits.root());
    }
    trusted = trusted.withTimestamp(folder.need("timestamp.json", limits.timestamp()), never);
    var version = Objects.requireNonNull(trusted.timestamp()).snapshot().version();
    var snapshot = RepositoryFiles.metadata(RoleName.SNAPSHOT, version);
    trusted = trusted.withSnapshot(folder.need(snapshot, limits.snapshot()), never);
    return withRoles(
        trusted, (role, at) -> folder.need(RepositoryFiles.metadata(role, at), limits.targets()));
  }

  /// Adds all targets roles to a snapshot, each verified by the delegation it is first reached by.
  static RepositoryState withRoles(TrustedMetadata online, RoleFiles files)
      throws RepositoryException {
    var limits = Limits.STANDARD;
    var snapshot = Objects.requireNonNull(online.snapshot(), "the snapshot comes first");
    var roles = new LinkedHashMap<RoleName, Targets>();
    var topVersion = Objects.requireNonNull(snapshot.roles().get(RoleName.TARGETS)).version();
    var trusted =
        online.withTargets(
            bounded(files.read(RoleName.TARGETS, topVersion), limits.targets()),
            files.start(RoleName.TARGETS));
    var open = new ArrayDeque<Targets>();
    open.add(Objects.requireNonNull(trusted.targets()));
    roles.put(RoleName.TARGETS, open.peek());
    while (!open.isEmpty()) {
      var delegator = open.remove();
      if (delegator.bins() != null) {
        throw new RepositoryException(
            Family.LIMIT,
            "role " + delegator.role() + " delegates to hash bins, which are not published here");
      }
      for (var delegation : delegator.delegations()) {
        var role = delegation.role();
        var promise = snapshot.roles().get(role);
        if (promise == null) {
          throw new RepositoryException(
              Family.MISSING, "delegated role " + role + " is not in the snapshot");
        }
        var bytes = bounded(files.read(role, promise.version()), limits.targets());
        var loaded = trusted.delegated(bytes, delegation, files.start(role));
        if (roles.putIfAbsent(role, loaded) == null) {
          open.add(loaded);
        }
      }
    }
    return new RepositoryState(trusted, roles);
  }

  /// No client takes more.
  static byte[] bounded(byte[] bytes, int limit) throws RepositoryException {
    if (bytes.length > limit) {
      throw new RepositoryException(
          Family.LIMIT, "metadata of " + bytes.length + " bytes; clients take " + limit);
    }
    return bytes;
  }
}
