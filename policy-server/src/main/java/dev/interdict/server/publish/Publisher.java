package dev.interdict.server.publish;

import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Collection;
import dev.interdict.policy.RuleId;
import dev.interdict.server.direction.Direction;
import dev.interdict.server.draft.Draft;
import dev.interdict.server.draft.Lint;
import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.publish.PublishOutcome.Unchanged;
import dev.interdict.server.wording.Sentence;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleKeys;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.trust.repository.TrustPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Publishes lists and withdraws rules. Every change of the list is a new serial; a roll-back is
/// the former content under a new one.
///
/// Thread-safe.
public final class Publisher {
  private static final String SET_BACK = "Removal is paused for now: IT looks after its server.";

  private final Repository repository;
  private final Keyring keys;
  private final Publications publications;
  private final String issuer;
  private final Showing showing;
  private final Setback setback;
  private final Brake brake;

  /// @param issuer who publishes, as employees read it
  public Publisher(Repository repository, Keyring keys, Publications publications, String issuer) {
    this.repository = repository;
    this.keys = keys;
    this.publications = publications;
    this.issuer = issuer;
    this.showing = new Showing(repository, publications);
    this.setback = new Setback(publications, repository::state);
    this.brake = new Brake(repository, keys, publications.stops(), setback);
  }

  /// Adds these rules to the list, in place of those of the same ids. The others stay.
  ///
  /// @param drafts what [Lint] let through
  public PublishOutcome publish(String actor, List<Draft> drafts, Consent consent) {
    return change(actor, new ListChange.Edit(drafts, Set.of()), consent);
  }

  /// Changes the list in one step.
  public PublishOutcome edit(String actor, ListChange.Edit edit, Consent consent) {
    return change(actor, edit, consent);
  }

  /// Takes a rule off the list: agents stop acting on it and give back what they quarantined.
  public PublishOutcome withdraw(String actor, RuleId rule) {
    return withdraw(actor, rule, null);
  }

  /// The same, for a reason that stands beside the change wherever that is told.
  public PublishOutcome withdraw(String actor, RuleId rule, @Nullable String reason) {
    var edit = new ListChange.Edit(List.of(), Set.of(rule));
    return change(actor, edit, Consent.NOBODY, reason);
  }

  /// Sets the most that devices may tell.
  ///
  /// @param collection null to say nothing of it any more
  public PublishOutcome ceiling(String actor, @Nullable Collection collection, Consent consent) {
    return change(actor, new ListChange.Ceiling(collection), consent);
  }

  /// What setting it would change, for whoever decides on that.
  ///
  /// @throws JsonException if the published list cannot be read
  public Graver ceilingChange(@Nullable Collection collection) throws JsonException {
    var now = NextList.published(publications.newest().orElse(null), publications).collection();
    var next = collection == null ? null : collection.json();
    return new Graver(Graver.About.COLLECTION, null, now, next, Direction.ofCollection(now, next));
  }

  /// Publishes the rules of an earlier serial again, under a new one.
  public PublishOutcome republish(String actor, long serial, Consent consent) {
    return change(actor, new ListChange.Republish(serial), consent);
  }

  /// After this server was set back to an old backup: passes over all that devices hold, and
  /// publishes what is here under the next higher numbers, in place of what they hold. Rules that
  /// were published since the backup are not among it, and ones that were withdrawn since are: so
  /// everything is held, until a person who has compared lets go.
  ///
  /// @return what came of the list; refused where its signatures are people's to give
  public synchronized PublishOutcome recover(String actor) {
    try {
      var claims = setback.claims();
      if (claims.isEmpty()) {
        return new Unchanged(publications.lastSerial());
      }
      var roles = Setback.roles(claims);
      if (roles.containsKey(RoleName.ROOT)) {
        return new Refused(
            Reason.TRUST,
            Sentence.of(
                "publish.root",
                "devices hold root version %s, which is not here: put that signed file back into"
                    + " the repository's folder, from a newer backup or from a device's"
                    + " trust/roots, then try again; where it changed keys of this server, see \"A"
                    + " backup is older than a change of keys\" in docs/keys.md; or, if no such"
                    + " root was ever signed: interdict recover --disbelieve DEVICE",
                roles.get(RoleName.ROOT)));
      }
      publications.claims().passOver(actor, claims);
      repository.passOver(roles);
      // What was withdrawn or held since the backup is not known here.
      if (brake.holdAll(actor, SET_BACK) instanceof Refused refused) {
        return refused;
      }
      renew(RepositoryPlan.EXEMPTIONS, KeyRole.EXEMPTIONS, roles);
      renew(RoleName.TARGETS, KeyRole.TARGETS, roles);
      return change(actor, new ListChange.Renew(), Consent.NOBODY);
    } catch (RepositoryException e) {
      return Showing.refused(e, repository, keys);
    } catch (IllegalStateException e) {
      return new Refused(Reason.TRUST, String.valueOf(e.getMessage()));
    }
  }

  private void renew(RoleName role, KeyRole key, Map<RoleName, Long> passed)
      throws RepositoryException {
    if (passed.containsKey(role)) {
      repository.renew(role, List.of(keys.need(key)));
    }
  }

  /// Holds rules and lets go of them.
  public Brake brake() {
    return brake;
  }

  /// What is signed by people on machines of their own.
  public Offline offline(InstantSource clock) {
    return new Offline(repository, keys, publications, issuer, clock);
  }

  /// When the rules that are published now take effect, for [Lint].
  ///
  /// @throws JsonException if the published list cannot be read
  public Map<RuleId, Instant> effective() throws JsonException {
    return NextList.effective(publications);
  }

  private PublishOutcome change(String actor, ListChange change, Consent consent) {
    return change(actor, change, consent, null);
  }

  private synchronized PublishOutcome change(
      String actor, ListChange change, Consent consent, @Nullable String reason) {
    try {
      var quorum = keysOfList();
      if (quorum.threshold() > 1) {
        return new Refused(
            Reason.TRUST,
            Sentence.of(
                "publish.signers",
                "%s people sign the blocklist; draft it for them with: interdict blocklist draft",
                quorum.threshold()));
      }
      var signer = keys.need(KeyRole.BLOCKLIST);
      var foreign = showing.reconcile();
      var hindered = foreign != null ? foreign : setback.refusal();
      if (hindered != null) {
        return hindered;
      }
      var list = NextList.of(change, publications, issuer);
      var graver = list.graver(publications.directions());
      var unwanted = graver.isEmpty() ? null : consent.refusal(graver);
      if (unwanted != null) {
        return unwanted;
      }
      var before = list.before();
      return before != null && list.isSame() && !(change instanceof ListChange.Renew)
          ? new Unchanged(before.serial())
          : showing.show(
              actor,
              before,
              list.serial(),
              list.document(),
              reason == null ? list.summary() : list.summary() + ": " + reason,
              () -> signed(list, signer));
    } catch (JsonException | UnfitException e) {
      return new Refused(Reason.CONTENT, String.valueOf(e.getMessage()));
    } catch (RepositoryException e) {
      return Showing.refused(e, repository, keys);
    } catch (IllegalStateException e) {
      return new Refused(Reason.TRUST, String.valueOf(e.getMessage()));
    }
  }

  private RoleKeys keysOfList() throws RepositoryException {
    return TrustPlan.of(repository.state()).need(RepositoryPlan.BLOCKLIST);
  }

  private SignedFile signed(NextList list, Signer signer) throws RepositoryException {
    var contents = Map.of(Blocklist.PATH, list.document());
    var file = repository.preparation().next(RepositoryPlan.BLOCKLIST, contents, List.of());
    return SignedFile.sign(file.signed(), List.of(signer));
  }
}
