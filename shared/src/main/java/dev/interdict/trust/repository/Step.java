package dev.interdict.trust.repository;

import dev.interdict.trust.Limits;
import dev.interdict.trust.TrustedMetadata;
import dev.interdict.trust.metadata.FileMeta;
import dev.interdict.trust.metadata.Header;
import dev.interdict.trust.metadata.LogHead;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.metadata.Snapshot;
import dev.interdict.trust.metadata.TargetFile;
import dev.interdict.trust.metadata.Targets;
import dev.interdict.trust.metadata.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One change of what a repository says: judged whole, then written in an order in which a reader
/// finds either the state before or the one after.
record Step(
    RepositoryFiles folder,
    OnlineSigners online,
    Instant now,
    Headers headers,
    Supplier<Optional<LogHead>> log) {

  /// By how much the clock of whoever prepares a file may be ahead.
  private static final Duration FAST = Duration.ofHours(1);

  /// Makes the common part of a new file.
  @FunctionalInterface
  interface Headers {
    Header make(RoleName role, long version, Instant now);
  }

  /// @param trusted what clients will hold when they come to the new timestamp
  /// @param root the new root, or null where it stays
  /// @param before the state before, or null in a new repository
  RepositoryState show(
      TrustedMetadata trusted,
      @Nullable SignedFile root,
      @Nullable RepositoryState before,
      Publication publication)
      throws RepositoryException {
    checkVersions(publication, before);
    checkIssued(publication, root == null ? null : trusted.root());
    var snapshot = snapshot(publication, before);
    var signedSnapshot = Snapshot.read(snapshot.bytes());
    var timestampVersion =
        before == null ? 1 : folder.next(RoleName.TIMESTAMP, before.timestamp().version());
    var timestamp = timestamp(timestampVersion, signedSnapshot);
    var after = judge(trusted, timestamp, snapshot, publication);
    checkContents(publication, before, after);

    writeContents(publication, after);
    publication.roles().forEach((role, file) -> write(role, after.role(role).version(), file));
    write(RoleName.SNAPSHOT, signedSnapshot.version(), snapshot);
    if (root == null || before == null) {
      if (root != null) {
        write(RoleName.ROOT, trusted.root().version(), root);
      }
      folder.write("timestamp.json", timestamp.bytes());
    } else {
      var name = RepositoryFiles.metadata(RoleName.ROOT, trusted.root().version());
      folder.turn(name, root.bytes(), timestamp.bytes());
    }
    return after;
  }

  private void write(RoleName role, long version, SignedFile file) {
    folder.write(RepositoryFiles.metadata(role, version), file.bytes());
  }

  private void checkVersions(Publication publication, @Nullable RepositoryState before)
      throws RepositoryException {
    for (var entry : publication.roles().entrySet()) {
      var role = entry.getKey();
      var version = Targets.read(role, entry.getValue().bytes()).version();
      var old = before == null ? null : before.roles().get(role);
      if ((old != null && version <= old.version())
          || (before != null && folder.exists(RepositoryFiles.metadata(role, version)))) {
        throw new RepositoryException(
            Family.ROLLBACK,
            "version " + version + " of role " + role + " was used before; prepare it anew");
      }
    }
  }

  /// Devices take it from people that it is at least as late as when they signed, so a clock that
  /// was fast where they did must not get through.
  private void checkIssued(Publication publication, @Nullable Root root)
      throws RepositoryException {
    if (root != null) {
      checkIssued("root", root.header());
    }
    for (var entry : publication.roles().entrySet()) {
      var role = Targets.read(entry.getKey(), entry.getValue().bytes());
      checkIssued("role " + entry.getKey().encoded(), role.header());
    }
  }

  private void checkIssued(String what, Header header) throws RepositoryException {
    if (header.issued() != null && header.issued().isAfter(now.plus(FAST))) {
      throw new RepositoryException(
          Family.MISMATCH,
          what
              + " says it was signed at "
              + header.issued()
              + ", and here it is "
              + now
              + "; set the clock right where it was prepared, and prepare it anew");
    }
  }

  private SignedFile snapshot(Publication publication, @Nullable RepositoryState before)
      throws RepositoryException {
    var roles = new TreeMap<RoleName, FileMeta>();
    var version = 1L;
    if (before != null) {
      roles.putAll(before.snapshot().roles());
      version = folder.unusedVersion(RoleName.SNAPSHOT, before.snapshot().version() + 1);
    }
    for (var entry : publication.roles().entrySet()) {
      var role = Targets.read(entry.getKey(), entry.getValue().bytes());
      roles.put(entry.getKey(), FileMeta.of(role));
    }
    var document = Snapshot.write(headers.make(RoleName.SNAPSHOT, version, now), roles);
    return SignedFile.sign(document, List.of(online.snapshot()));
  }

  SignedFile timestamp(long version, Snapshot snapshot) {
    var document =
        Timestamp.write(
            headers.make(RoleName.TIMESTAMP, version, now),
            FileMeta.of(snapshot),
            log.get().orElse(null));
    return SignedFile.sign(document, List.of(online.timestamp()));
  }

  /// What a client makes of it that was here a moment ago. Delegated roles that do not change may
  /// have expired, since a client misses only them; what is published now may not.
  private RepositoryState judge(
      TrustedMetadata trusted, SignedFile timestamp, SignedFile snapshot, Publication publication)
      throws RepositoryException {
    var limits = Limits.STANDARD;
    RepositoryState.bounded(trusted.root().file().bytes(), limits.root());
    RepositoryState.bounded(timestamp.bytes(), limits.timestamp());
    RepositoryState.bounded(snapshot.bytes(), limits.snapshot());
    trusted.checkRootExpiry(now);
    var online = trusted.withTimestamp(timestamp.bytes(), now).withSnapshot(snapshot.bytes(), now);
    return RepositoryState.withRoles(
        online,
        new RepositoryState.RoleFiles() {
          @Override
          public byte[] read(RoleName role, long version) throws RepositoryException {
            var file = publication.roles().get(role);
            return file == null
                ? folder.need(RepositoryFiles.metadata(role, version), limits.targets())
                : file.bytes();
          }

          @Override
          public Instant start(RoleName role) {
            return role.equals(RoleName.TARGETS) || publication.roles().containsKey(role)
                ? now
                : TrustedMetadata.EXPIRY_IGNORED;
          }
        });
  }

  /// Every target that a role newly lists must be within its paths, and its content at hand.
  private void checkContents(
      Publication publication, @Nullable RepositoryState before, RepositoryState after)
      throws RepositoryException {
    var unused = new HashSet<>(publication.contents().keySet());
    for (var role : publication.roles().keySet()) {
      var old = before == null ? null : before.roles().get(role);
      Map<String, TargetFile> known = old == null ? Map.of() : old.targets();
      for (var entry : after.role(role).targets().entrySet()) {
        var path = entry.getKey();
        checkPath(role, path, after);
        unused.remove(path);
        if (!entry.getValue().equals(known.get(path))) {
          checkContent(publication, path, entry.getValue());
        }
      }
    }
    if (!unused.isEmpty()) {
      throw new RepositoryException(
          Family.MISMATCH, "content of a target that no published role lists: " + unused);
    }
  }

  private static void checkPath(RoleName role, String path, RepositoryState state)
      throws RepositoryException {
    for (var delegator : state.roles().values()) {
      for (var delegation : delegator.delegations()) {
        if (delegation.role().equals(role) && !delegation.paths().match(path)) {
          throw new RepositoryException(
              Family.MISMATCH, "role " + role + " may not sign target " + path);
        }
      }
    }
  }

  private void checkContent(Publication publication, String path, TargetFile target)
      throws RepositoryException {
    var limit = Limits.STANDARD.target();
    var file = RepositoryFiles.target(path, target);
    folder.checkName(file);
    if (target.length() > limit) {
      throw new RepositoryException(
          Family.LIMIT, "target " + path + " is too long; clients take " + limit + " bytes");
    }
    var content = publication.contents().get(path);
    if (content == null) {
      content = folder.need(file, limit);
    }
    target.check(content, path);
  }

  private void writeContents(Publication publication, RepositoryState after) {
    for (var role : publication.roles().keySet()) {
      after
          .role(role)
          .targets()
          .forEach((path, target) -> {
            var content = publication.contents().get(path);
            if (content != null) {
              folder.write(RepositoryFiles.target(path, target), content);
            }
          });
    }
  }
}
