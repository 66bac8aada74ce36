package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleId;
import dev.interdict.policy.Stop;
import dev.interdict.server.draft.Draft;
import dev.interdict.server.draft.Lint;
import dev.interdict.server.publish.Edit.UnfitException;
import dev.interdict.server.publish.PublishOutcome.Done;
import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.publish.PublishOutcome.Unchanged;
import dev.interdict.server.store.Secrets;
import dev.interdict.trust.keys.Signer;
import dev.interdict.trust.keys.SigningException;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.SignedFile;
import dev.interdict.trust.repository.Publication;
import dev.interdict.trust.repository.Repository;
import dev.interdict.trust.repository.RepositoryPlan;
import dev.interdict.trust.repository.RepositoryState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Publishes lists, withdraws rules and holds them. Every change of the list is a new serial; a
/// roll-back is the former content under a new one.
///
/// The serial is taken in the database before anything is signed, and marked visible after the
/// repository took it; interrupted in between, the serial stays used and the next attempt takes
/// another. Of two that publish at once, from whichever process, the later is refused rather than
/// take the other's change back. Thread-safe.
public final class Publisher {
  private static final Refused OVERTAKEN =
      new Refused(
          Reason.CONFLICT,
          "somebody else published at the same moment; see what with interdict history, then try"
              + " again");

  private final Repository repository;
  private final Keyring keys;
  private final Publications publications;
  private final String issuer;

  /// @param issuer who publishes, as employees read it
  public Publisher(Repository repository, Keyring keys, Publications publications, String issuer) {
    this.repository = repository;
    this.keys = keys;
    this.publications = publications;
    this.issuer = issuer;
  }

  /// Adds these rules to the list, in place of those of the same ids. The others stay.
  ///
  /// @param drafts what [Lint] let through
  public synchronized PublishOutcome publish(String actor, List<Draft> drafts) {
    var rules = new HashMap<RuleId, Json>();
    drafts.forEach(draft -> rules.put(draft.rule().id(), draft.file().json()));
    return change(actor, now -> now.with(rules));
  }

  /// Takes a rule off the list: agents stop acting on it and give back what they quarantined.
  public synchronized PublishOutcome withdraw(String actor, RuleId rule) {
    return change(
        actor,
        now -> {
          now.check(List.of(rule));
          return now.without(rule);
        });
  }

  /// Publishes the rules of an earlier serial again, under a new one.
  public synchronized PublishOutcome republish(String actor, long serial) {
    return change(
        actor,
        _ -> {
          var document =
              publications
                  .document(serial)
                  .orElseThrow(() -> new UnfitException("there is no serial " + serial));
          return BlocklistDraft.of(document);
        });
  }

  /// Holds rules on every device, or lets go of them. Signed online: it can only make agents do
  /// less.
  public synchronized PublishOutcome hold(String actor, Stop stop) {
    if (stop.reason().isBlank()) {
      return new Refused(
          Reason.CONTENT, "say why: employees whose removal is held read the reason");
    }
    var document =
        JsonWriter.pretty(
            Json.object()
                .put("format", Stop.FORMAT)
                .put("all", stop.all())
                .put(
                    "rules", Json.texts(stop.rules().stream().sorted().map(RuleId::value).toList()))
                .put("reason", stop.reason())
                .build());
    try {
      // A slip of the pen in an emergency must not look like a rule that is held.
      published(publications.newest().orElse(null)).check(stop.rules());
      if (!Stop.read(document).equals(stop)) {
        return new Refused(Reason.CONTENT, "agents would read this stop differently");
      }
      repository.publish(
          RepositoryPlan.CONTROLS, Stop.PATH, document, List.of(keys.need(KeyRole.CONTROLS)));
    } catch (JsonException | UnfitException e) {
      return new Refused(Reason.CONTENT, String.valueOf(e.getMessage()));
    } catch (RepositoryException e) {
      return refused(e);
    } catch (IllegalStateException e) {
      return new Refused(Reason.TRUST, String.valueOf(e.getMessage()));
    }
    var held = stop.all() ? "all" : stop.rules().isEmpty() ? "none" : ids(stop);
    publications.controlled(actor, "controls.stop", held, stop.reason());
    return new PublishOutcome.Held(stop);
  }

  /// When the rules that are published now take effect, for [Lint].
  ///
  /// @throws JsonException if the published list cannot be read
  public Map<RuleId, Instant> effective() throws JsonException {
    var now = publications.newest();
    if (now.isEmpty()) {
      return Map.of();
    }
    var effective = new HashMap<RuleId, Instant>();
    for (var rule : Blocklist.read(document(now.get())).rules()) {
      effective.put(rule.id(), Lint.effective(rule));
    }
    return effective;
  }

  private PublishOutcome change(String actor, Edit edit) {
    try {
      var signer = keys.need(KeyRole.BLOCKLIST);
      if (!reconcile()) {
        return new Refused(
            Reason.CONFLICT,
            "the list in the repository is not one that this database published; restore the two"
                + " together from one backup");
      }
      var newest = publications.newest().orElse(null);
      var now = published(newest);
      var next = edit.apply(now);
      var changes = next.changesSince(now);
      return changes.isEmpty() && newest != null
          ? new Unchanged(newest.serial())
          : show(actor, newest, next, BlocklistDraft.summary(changes), signer);
    } catch (JsonException | UnfitException e) {
      return new Refused(Reason.CONTENT, String.valueOf(e.getMessage()));
    } catch (RepositoryException e) {
      return refused(e);
    } catch (IllegalStateException e) {
      return new Refused(Reason.TRUST, String.valueOf(e.getMessage()));
    }
  }

  /// A version that was used meanwhile is no failure of trust: somebody else was faster.
  private static Refused refused(RepositoryException e) {
    return e.family() == RepositoryException.Family.ROLLBACK
        ? OVERTAKEN
        : new Refused(Reason.TRUST, String.valueOf(e.getMessage()));
  }

  /// @param before what `next` was made from
  private PublishOutcome show(
      String actor, @Nullable Published before, BlocklistDraft next, String summary, Signer signer)
      throws JsonException, RepositoryException {
    var serial = publications.nextSerial();
    var document = next.document(serial, issuer);
    if (!publications.begin(serial, actor, summary, Secrets.hash(document), document)) {
      return OVERTAKEN;
    }
    try {
      // Prepared first and compared then: whoever publishes after the comparison takes the version
      // that was prepared here, and the repository refuses this one.
      var role = RepositoryPlan.BLOCKLIST;
      var contents = Map.of(Blocklist.PATH, document);
      var file = repository.prepare(role, contents, List.of());
      if (!Objects.equals(shown(repository.state()), before == null ? null : before.sha256())) {
        publications.failed(serial, actor, OVERTAKEN.reason());
        return OVERTAKEN;
      }
      var signed = SignedFile.sign(file.signed(), List.of(signer));
      var state = repository.publish(new Publication(Map.of(role, signed), contents));
      return new Done(publications.shown(serial, version(state)));
    } catch (RepositoryException | SigningException e) {
      publications.failed(serial, actor, String.valueOf(e.getMessage()));
      throw e;
    }
  }

  /// The SHA-256 of the list in the repository, or null before the first.
  private static @Nullable String shown(RepositoryState state) {
    var target = state.role(RepositoryPlan.BLOCKLIST).targets().get(Blocklist.PATH);
    return target == null ? null : target.hashes().forFileName();
  }

  /// Whether the repository shows what the database says it shows. A publication that was
  /// interrupted after it became visible is noted now.
  private boolean reconcile() throws RepositoryException {
    var before = publications.newest();
    var state = repository.state();
    var shown = shown(state);
    var known = publications.newest();
    if (!known.equals(before)) {
      // Somebody publishes just now; the comparison before showing decides who was first.
      return true;
    }
    if (Objects.equals(shown, known.map(Published::sha256).orElse(null))) {
      return true;
    }
    var interrupted =
        publications.list().stream()
            .filter(one -> one.shownAt() == null && one.sha256().equals(shown))
            .findFirst();
    interrupted.ifPresent(one -> publications.shown(one.serial(), version(state)));
    return interrupted.isPresent();
  }

  private static long version(RepositoryState state) {
    return state.role(RepositoryPlan.BLOCKLIST).version();
  }

  private byte[] document(Published published) {
    return publications
        .document(published.serial())
        .orElseThrow(() ->
            new IllegalStateException(
                "the document of serial " + published.serial() + " is not in the database"));
  }

  private BlocklistDraft published(@Nullable Published newest) throws JsonException {
    return newest == null ? BlocklistDraft.EMPTY : BlocklistDraft.of(document(newest));
  }

  private static String ids(Stop stop) {
    return String.join(" ", stop.rules().stream().sorted().map(RuleId::value).toList());
  }
}
