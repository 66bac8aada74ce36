package dev.interdict.trust.repository;

import dev.interdict.json.Json;
import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.Header;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.Root;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.metadata.TargetFile;
import dev.interdict.trust.metadata.Targets;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// The next metadata of a repository, without signatures. Nothing of it is visible before it is
/// published. Thread-safe.
public final class Preparation {
  private final Repository repository;
  private final RepositoryFiles folder;
  private final NextHeaders headers;

  Preparation(Repository repository, RepositoryFiles folder, NextHeaders headers) {
    this.repository = repository;
    this.folder = folder;
    this.headers = headers;
  }

  /// The next version of a targets role without signatures: its targets, less `removed`, with `put`
  /// in their place. Delegations stay. Publish the contents together with it.
  ///
  /// Of all that is prepared from one state, the first to be published takes the version, and the
  /// others are refused: none can take back what it did not know.
  public SignedFile next(RoleName role, Map<String, byte[]> put, Collection<String> removed)
      throws RepositoryException {
    return made(
        role,
        (header, now) -> {
          var targets = new HashMap<>(now.targets());
          targets.keySet().removeAll(Set.copyOf(removed));
          put.forEach((path, content) -> targets.put(path, TargetFile.of(content)));
          return Targets.write(header, targets, now.delegations());
        });
  }

  /// The next version of a targets role without signatures, with other delegations.
  public SignedFile delegations(RoleName role, List<Delegation> delegations)
      throws RepositoryException {
    return made(role, (header, now) -> Targets.write(header, now.targets(), delegations));
  }

  private SignedFile made(RoleName role, BiFunction<Header, Targets, Json.Obj> next)
      throws RepositoryException {
    // Alone, or a version that is being written just now would be passed over as if it had been
    // given up, and this file would follow one that it was not made from.
    return folder.alone(() -> {
      var now = repository.state().role(role);
      return unsigned(next.apply(headers.next(role, now), now));
    });
  }

  /// The next root without signatures. Both this root's keys and the next one's must sign it.
  public SignedFile root(Map<RoleName, RoleKeys> roles, @Nullable RoleKeys time)
      throws RepositoryException {
    var now = repository.state().trusted().root();
    var header = headers.make(RoleName.ROOT, now.version() + 1);
    return unsigned(Root.write(header, roles, time));
  }

  /// The files without signatures that make the repository say what `plan` says: the next root, the
  /// next top-level targets, and each role below them whose signatures its next keys do not vouch
  /// for. What stays as it is has no file here, unless it is to be `renewed`.
  public SequencedMap<RoleName, SignedFile> all(TrustPlan plan, Set<RoleName> renewed)
      throws RepositoryException {
    return folder.alone(() -> {
      var now = repository.state();
      var before = TrustPlan.of(now);
      var files = new LinkedHashMap<RoleName, SignedFile>();
      if (!plan.hasSameRoot(before) || renewed.contains(RoleName.ROOT)) {
        var version = now.trusted().root().version() + 1;
        var header = headers.make(RoleName.ROOT, version);
        files.put(
            RoleName.ROOT, unsigned(Root.write(header, plan.root(), plan.time(), plan.schemes())));
      }
      var top = now.role(RoleName.TARGETS);
      if (!plan.delegations().equals(before.delegations())
          || needsSigning(RoleName.TARGETS, plan, top, renewed)) {
        var header = headers.next(RoleName.TARGETS, top);
        files.put(
            RoleName.TARGETS, unsigned(Targets.write(header, top.targets(), plan.delegations())));
      }
      for (var delegation : plan.delegations()) {
        var role = now.role(delegation.role());
        if (needsSigning(delegation.role(), plan, role, renewed)) {
          var header = headers.next(delegation.role(), role);
          files.put(
              delegation.role(),
              unsigned(Targets.write(header, role.targets(), role.delegations())));
        }
      }
      return files;
    });
  }

  private static boolean needsSigning(
      RoleName role, TrustPlan plan, Targets now, Set<RoleName> renewed) {
    var keys = plan.need(role);
    return renewed.contains(role)
        || keys.signedBy(now.file(), plan.schemes()).size() < keys.threshold();
  }

  private static SignedFile unsigned(Json.Obj document) {
    return SignedFile.sign(document, List.of());
  }
}
