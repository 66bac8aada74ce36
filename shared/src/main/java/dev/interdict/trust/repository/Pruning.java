package dev.interdict.trust.repository;

import dev.interdict.trust.Limits;
import dev.interdict.trust.metadata.FileMeta;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Snapshot;
import dev.interdict.trust.metadata.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What may be taken away: versions that no client can want any more, however far it, or a cache on
/// its way, is behind. Never a root, for a client that was away for years walks all of them.
///
/// A snapshot is kept until it has expired and its successor is [#KEPT] old, by what both say under
/// their signatures; a version of a targets role as long as a snapshot that is kept lists it; the
/// content of a target as long as a version that is kept lists it. Whatever has a version above the
/// current one stays, so that its number is not used again, and so does whatever cannot be read.
final class Pruning {
  /// How long what was superseded stays.
  static final Duration KEPT = Duration.ofDays(7);

  private static final Pattern VERSIONED = Pattern.compile("([1-9][0-9]{0,15})\\.(.+)\\.json");

  private final RepositoryFiles folder;
  private final RepositoryState now;
  private final NavigableMap<Long, Snapshot> snapshots = new TreeMap<>();

  /// The versions at hand of each targets role that the current snapshot lists.
  private final Map<RoleName, Set<Long>> versions = new TreeMap<>();

  Pruning(RepositoryFiles folder, RepositoryState now) throws RepositoryException {
    this.folder = folder;
    this.now = now;
    var known = new TreeMap<String, RoleName>();
    now.snapshot().roles().keySet().forEach(role -> known.put(role.encoded(), role));
    for (var name : folder.names()) {
      var parts = VERSIONED.matcher(name);
      if (parts.matches()) {
        var version = Long.parseLong(parts.group(1));
        var role = known.get(parts.group(2));
        if (parts.group(2).equals(RoleName.SNAPSHOT.encoded())) {
          see(version);
        } else if (role != null) {
          versions.computeIfAbsent(role, _ -> new HashSet<>()).add(version);
        }
      }
    }
  }

  private void see(long version) throws RepositoryException {
    if (version <= now.snapshot().version()) {
      var name = RepositoryFiles.metadata(RoleName.SNAPSHOT, version);
      try {
        snapshots.put(version, Snapshot.read(folder.need(name, Limits.STANDARD.snapshot())));
      } catch (RepositoryException e) {
        if (e.family() == RepositoryException.Family.MISSING) {
          throw e;
        }
        // Torn: no client ever took it, so it keeps nothing from going and stays itself.
      }
    }
  }

  /// The names to delete, in an order that may be broken off anywhere: contents, the roles that
  /// list them, then the snapshots that list those, oldest first.
  ///
  /// @param time not later than the present
  List<String> superseded(Instant time) {
    var gone = snapshots.values().stream().filter(snapshot -> isGone(snapshot, time)).toList();
    var kept = new ArrayList<>(snapshots.values());
    kept.removeAll(gone);
    var roles = new ArrayList<String>();
    var contents = new HashSet<String>();
    var needed = new HashSet<String>();
    versions.forEach((role, all) -> {
      for (var version : all) {
        var name = RepositoryFiles.metadata(role, version);
        var targets = targets(role, name);
        if (isWanted(role, version, kept)) {
          needed.addAll(contents(targets));
        } else if (targets != null) {
          roles.add(name);
          contents.addAll(contents(targets));
        }
      }
    });
    contents.removeAll(needed);
    var names = new ArrayList<>(contents);
    names.addAll(roles);
    gone.forEach(
        snapshot -> names.add(RepositoryFiles.metadata(RoleName.SNAPSHOT, snapshot.version())));
    return names;
  }

  private boolean isGone(Snapshot snapshot, Instant time) {
    var next = snapshots.higherEntry(snapshot.version());
    var successor = next == null ? null : next.getValue().header().issued();
    return successor != null
        && !successor.isAfter(time.minus(KEPT))
        && snapshot.header().isExpired(time);
  }

  private boolean isWanted(RoleName role, long version, List<Snapshot> kept) {
    return version > current(role)
        || kept.stream()
            .map(snapshot -> snapshot.roles().get(role))
            .anyMatch(promise -> promise != null && promise.version() == version);
  }

  private long current(RoleName role) {
    return now.snapshot().roles().getOrDefault(role, new FileMeta(0, null, null)).version();
  }

  private @Nullable Targets targets(RoleName role, String name) {
    try {
      return Targets.read(role, folder.need(name, Limits.STANDARD.targets()));
    } catch (RepositoryException e) {
      return null;
    }
  }

  private static Set<String> contents(@Nullable Targets targets) {
    var names = new HashSet<String>();
    if (targets != null) {
      targets.targets().forEach((path, file) -> names.add(RepositoryFiles.target(path, file)));
    }
    return names;
  }
}
