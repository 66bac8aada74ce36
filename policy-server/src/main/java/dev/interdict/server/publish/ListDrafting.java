package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleId;
import dev.interdict.server.ceremony.Blob;
import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraft.Document;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraft.RuleReach;
import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.publish.PublishOutcome.Unchanged;
import dev.interdict.server.store.Secrets;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Lists that people sign on machines of their own: drafts of them, and their publication once
/// enough have signed. Takes no key. Thread-safe.
public final class ListDrafting {
  private final Repository repository;
  private final Publications publications;
  private final String issuer;
  private final InstantSource clock;
  private final Showing showing;
  private final Setback setback;

  /// @param issuer who publishes, as employees read it
  public ListDrafting(
      Repository repository, Publications publications, String issuer, InstantSource clock) {
    this.repository = repository;
    this.publications = publications;
    this.issuer = issuer;
    this.clock = clock;
    this.showing = new Showing(repository, publications);
    this.setback = new Setback(publications, repository::state);
  }

  /// Whom a rule reaches, as the server counts it.
  @FunctionalInterface
  public interface Reaching {
    RuleReach of(RuleId id, Json rule) throws JsonException;
  }

  /// What came of drafting.
  public sealed interface Outcome {
    /// The draft, unsigned.
    record Drafted(SigningDraft draft) implements Outcome {}

    /// There is none.
    record Not(PublishOutcome why) implements Outcome {}
  }

  /// The list after `change`, to be signed.
  ///
  /// @param consent of people to what makes agents do more
  /// @param reach what to tell signers of a rule that changes
  public Outcome draft(String actor, ListChange change, Consent consent, Reaching reach) {
    try {
      var foreign = showing.reconcile();
      var hindered = foreign != null ? foreign : setback.refusal();
      if (hindered != null) {
        return new Outcome.Not(hindered);
      }
      var list = NextList.of(change, publications, issuer);
      var before = list.before();
      if (before != null && list.isSame() && !(change instanceof ListChange.Renew)) {
        return new Outcome.Not(new Unchanged(before.serial()));
      }
      var graver = list.graver(publications.directions());
      var unwanted = graver.isEmpty() ? null : consent.refusal(graver);
      if (unwanted != null) {
        return new Outcome.Not(unwanted);
      }
      return new Outcome.Drafted(draft(actor, list, reach));
    } catch (JsonException | UnfitException e) {
      return new Outcome.Not(new Refused(Reason.CONTENT, String.valueOf(e.getMessage())));
    } catch (RepositoryException e) {
      return new Outcome.Not(Showing.refused(e));
    }
  }

  private SigningDraft draft(String actor, NextList list, Reaching reaching)
      throws RepositoryException, JsonException {
    var role = RepositoryPlan.BLOCKLIST;
    var state = repository.state();
    var document = new Blob(list.document());
    var before = new LinkedHashMap<RoleName, Blob>();
    for (var context : List.of(RoleName.TARGETS, role)) {
      before.put(context, new Blob(state.role(context).file().bytes()));
    }
    var next = new LinkedHashMap<RoleName, SignedFile>();
    next.put(
        role,
        repository.preparation().next(role, Map.of(Blocklist.PATH, document.bytes()), List.of()));
    var now = list.before();
    return new SigningDraft(
        Kind.BLOCKLIST,
        actor,
        clock.instant(),
        roots(repository),
        before,
        next,
        new Document(
            Blocklist.PATH,
            now == null ? null : new Blob(NextList.document(now, publications)),
            document),
        reach(list, reaching));
  }

  private static List<RuleReach> reach(NextList list, Reaching reaching) throws JsonException {
    var reach = new ArrayList<RuleReach>();
    var all = list.now().with(list.next().rules()).rules();
    for (var id : list.changed()) {
      reach.add(reaching.of(id, Objects.requireNonNull(all.get(id), "it is in one of the two")));
    }
    return reach;
  }

  /// When the rules that are published now take effect, for lint.
  ///
  /// @throws JsonException if the published list cannot be read
  public Map<RuleId, Instant> effective() throws JsonException {
    return NextList.effective(publications);
  }

  /// All roots of the repository, as a signer walks them.
  static List<Blob> roots(Repository repository) throws RepositoryException {
    var roots = new ArrayList<Blob>();
    for (var root : repository.roots()) {
      roots.add(new Blob(root));
    }
    return roots;
  }

  /// Publishes a list that enough people have signed.
  ///
  /// @param signed a draft of a list, inspected by this server's own trust root
  public PublishOutcome publish(String actor, Inspected signed, Consent consent) {
    try {
      var foreign = showing.reconcile();
      var hindered = foreign != null ? foreign : setback.refusal();
      if (hindered != null) {
        return hindered;
      }
      var withdrawn = publications.withdrawals().of(signed.draft().next().values());
      if (withdrawn != null) {
        return withdrawn(withdrawn);
      }
      var document = Objects.requireNonNull(signed.draft().document(), "a list has a document");
      var list = Blocklist.read(document.next().bytes());
      var newest = publications.newest().orElse(null);
      var known = document.before() == null ? null : Secrets.hash(document.before().bytes());
      if (!Objects.equals(known, newest == null ? null : newest.sha256())) {
        return new Refused(
            Reason.CONFLICT,
            "the list was changed since this was drafted; draft it anew, so that the signers see"
                + " what it would change now");
      }
      var now = NextList.published(newest, publications);
      var next = BlocklistDraft.of(document.next().bytes());
      var graver = Graver.between(now, next, publications.directions());
      var unwanted = graver.isEmpty() ? null : consent.refusal(graver);
      if (unwanted != null) {
        return unwanted;
      }
      var changes = next.summarySince(now);
      var file = Objects.requireNonNull(signed.publishable().get(RepositoryPlan.BLOCKLIST));
      return unlessWithdrawn(
          signed.draft(),
          () ->
              showing.show(
                  actor,
                  newest,
                  list.serial(),
                  document.next().bytes(),
                  changes.isEmpty() ? "signed again" : changes,
                  () -> file));
    } catch (JsonException e) {
      return new Refused(Reason.CONTENT, String.valueOf(e.getMessage()));
    } catch (RepositoryException e) {
      return Showing.refused(e);
    }
  }

  private interface Shown {
    PublishOutcome now() throws RepositoryException;
  }

  /// Somebody may have withdrawn it since it was looked at; from here on nobody can.
  private PublishOutcome unlessWithdrawn(SigningDraft draft, Shown show)
      throws RepositoryException {
    var withdrawals = publications.withdrawals();
    var files = draft.next().values();
    var withdrawn = withdrawals.begin(files);
    if (withdrawn != null) {
      return withdrawn(withdrawn);
    }
    try {
      var outcome = show.now();
      withdrawals.ended(files, outcome instanceof PublishOutcome.Done);
      return outcome;
    } catch (RepositoryException e) {
      withdrawals.ended(files, false);
      throw e;
    }
  }

  private static Refused withdrawn(String who) {
    return new Refused(
        Reason.CONFLICT, "it is not to be published any more, draft it anew: " + who);
  }
}
