package dev.interdict.server.publish;

import dev.interdict.server.ceremony.Blob;
import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.TrustDifference;
import dev.interdict.trust.metadata.Delegation;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.repository.Publication;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.trust.repository.RepositoryState;
import dev.interdict.trust.repository.TrustPlan;
import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Changes of who signs for what: drafts of them, and their publication once enough have signed.
///
/// Roles that the server signs by itself are not in the drafts: their content may change while
/// people sign, so the server signs them again at the moment of publication. Thread-safe.
public final class TrustDrafting {
  private static final Set<RoleName> ONLINE =
      Set.of(RepositoryPlan.EXEMPTIONS, RepositoryPlan.CONTROLS);

  private final Repository repository;
  private final Publications publications;
  private final InstantSource clock;

  public TrustDrafting(Repository repository, Publications publications, InstantSource clock) {
    this.repository = repository;
    this.publications = publications;
    this.clock = clock;
  }

  /// What the repository says now, to be changed.
  public TrustPlan now() throws RepositoryException {
    return TrustPlan.of(repository.state());
  }

  /// The draft that makes the repository say what `plan` says.
  ///
  /// @param renewed roles to sign again although nothing of them changes
  public SigningDraft draft(String actor, TrustPlan plan, Set<RoleName> renewed)
      throws RepositoryException {
    var next = new LinkedHashMap<>(repository.preparation().all(plan, renewed));
    next.keySet().removeAll(ONLINE);
    var state = repository.state();
    var before = new LinkedHashMap<RoleName, Blob>();
    before.put(RoleName.TARGETS, new Blob(state.role(RoleName.TARGETS).file().bytes()));
    for (var role : next.keySet()) {
      if (!role.equals(RoleName.ROOT)) {
        before.put(role, new Blob(state.role(role).file().bytes()));
      }
    }
    return new SigningDraft(
        Kind.TRUST,
        actor,
        clock.instant(),
        ListDrafting.roots(repository),
        before,
        next,
        null,
        List.of());
  }

  /// What a publication of keys came to.
  ///
  /// @param root the version that is trusted now
  /// @param moved what became of the server's own key files, in words
  public record Done(long root, List<String> moved) {}

  /// Publishes a change that enough people have signed, and puts the server's own key files in line
  /// with it.
  ///
  /// @param signed a draft of keys, inspected by this server's own trust root
  /// @param here the server's own keys
  /// @throws RepositoryException if clients would refuse it; nothing became visible then
  public Done publish(String actor, Inspected signed, Keyring here)
      throws RepositoryException, IOException {
    var withdrawals = publications.withdrawals();
    var files = signed.draft().next().values();
    refuse(actor, withdrawals.of(files));
    var after = after(signed);
    var keys = Succession.keysUnder(here, after);
    requireOwn(keys.trustedBy(after));
    var changes = changes(signed);
    var next = signed.nextRoot() == null ? signed.root() : signed.nextRoot();
    // Somebody may have withdrawn it since it was looked at; from here on nobody can.
    refuse(actor, withdrawals.begin(files));
    publications.controlled(actor, "trust.publish", "root version " + next.version(), changes);
    try {
      var state = publish(signed, keys);
      withdrawals.ended(files, true);
      publications.rotated(actor, state.trusted().root().version(), changes);
      return new Done(state.trusted().root().version(), Succession.settle(here, after));
    } catch (RepositoryException e) {
      withdrawals.ended(files, false);
      publications.controlled(
          actor,
          "trust.publish-refused",
          "root version " + next.version(),
          String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private void refuse(String actor, @Nullable String withdrawn) throws RepositoryException {
    if (withdrawn != null) {
      var why = "it is not to be published any more, draft it anew: " + withdrawn;
      publications.controlled(actor, "trust.publish-refused", "a file signed elsewhere", why);
      throw new RepositoryException(RepositoryException.Family.SIGNATURE, why);
    }
  }

  /// A role of the server's own that nobody here can sign for would go stale for good.
  private static void requireOwn(Keyring keys) throws RepositoryException {
    for (var role : KeyRole.values()) {
      if (!role.belongsOffline() && keys.file(role).isEmpty()) {
        throw new RepositoryException(
            RepositoryException.Family.SIGNATURE,
            "this server would hold no key that counts for "
                + role.written()
                + "; draft the change anew, on this server");
      }
    }
  }

  /// Who signs for what once the draft is published.
  private static TrustPlan after(Inspected signed) {
    var root = signed.nextRoot() == null ? signed.root() : signed.nextRoot();
    return TrustPlan.of(root, signed.nextTop());
  }

  private static String changes(Inspected signed) {
    return TrustDifference.of(signed).stream()
        .map(change -> change.role() + ": " + String.join(", ", change.lines()))
        .collect(Collectors.joining("; "));
  }

  private RepositoryState publish(Inspected signed, Keyring keys) throws RepositoryException {
    var files = new HashMap<>(signed.publishable());
    var root = files.remove(RoleName.ROOT);
    for (var delegation : signed.nextTop().delegations()) {
      if (ONLINE.contains(delegation.role()) && !sameKeys(delegation, signed)) {
        files.put(delegation.role(), resigned(delegation.role(), keys));
      }
    }
    var publication = new Publication(files, Map.of());
    return root == null
        ? repository.publish(publication)
        : repository.rotateRoot(root, publication, keys.online()).state();
  }

  private static boolean sameKeys(Delegation next, Inspected signed) {
    var now = signed.top().delegation(next.role());
    return now != null && now.keys().equals(next.keys());
  }

  private SignedFile resigned(RoleName role, Keyring keys) throws RepositoryException {
    var signer = keys.need(KeyRole.of(role).orElseThrow());
    return SignedFile.sign(
        repository.preparation().next(role, Map.of(), List.of()).signed(), List.of(signer));
  }
}
