package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.server.access.Role;
import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.Offline;
import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.review.Releases;
import dev.interdict.server.wording.Sentence;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RepositoryException.Family;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What comes back from people who signed it on machines of their own: verified from the first root
/// and shown, and published once enough have signed. By the steps of `interdict blocklist publish`
/// and `interdict root publish`, so what those refuse is refused here; there is no way here around
/// a second person. Thread-safe.
final class SignedDraftsApi implements Operations.Resource {
  private static final Schema.Text CARRIED = new Schema.Text(1, Operation.CARRIED_FILE, null);
  private static final Schema.Member[] FILES = {needs("file", CARRIED), may("copy", CARRIED)};

  /// Files of keys that were put aside, at most one of each role of this server.
  private static final Excerpt MOVED = new Excerpt("moved", Schema.any(), 50);

  private final Supplier<Offline> offline;
  private final Releases releases;
  private final Proposals proposals;

  /// @param offline with the keys that are trusted now
  SignedDraftsApi(Supplier<Offline> offline, Releases releases, Proposals proposals) {
    this.offline = offline;
    this.releases = releases;
    this.proposals = proposals;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post(
                "/signed-drafts/check",
                "checkSignedDraft",
                "Verifies a file that was signed elsewhere and says what it would change; changes"
                    + " nothing")
            .takes(FILES)
            .answers(200, SignedDraftJson.SCHEMA)
            .refuses(409)
            .may(Role.AUTHOR, Role.APPROVER, Role.SIGNER, Role.ADMINISTRATOR)
            .does(Reach.WHOLE, this::check),
        Operation.post(
                "/signed-drafts/publish-list",
                "publishSignedList",
                "Publishes a list that enough people have signed elsewhere")
            .takes(FILES)
            .answers(200, DraftPublishingApi.PUBLISHED)
            .refuses(409)
            .may(Role.AUTHOR, Role.APPROVER, Role.SIGNER)
            .proved()
            .does(Reach.WHOLE, this::publishList),
        Operation.post(
                "/signed-drafts/publish-keys",
                "publishSignedKeys",
                "Publishes a change of keys that enough people have signed elsewhere")
            .takes(FILES)
            .answers(
                200,
                Schema.named(
                    "PublishedKeys", needs("root", Schema.count()), MOVED.rows(), MOVED.leftOut()))
            .refuses(409)
            .may(Role.SIGNER, Role.ADMINISTRATOR)
            .personal()
            .does(Reach.WHOLE, this::publishKeys),
        Operation.post(
                "/signed-drafts/withdraw",
                "withdrawSignedDraft",
                "Takes a file to be signed back for good, however many have signed it")
            .takes(needs("file", CARRIED), needs("reason", Schema.text(500)))
            .answers(200, Schema.named("WithdrawnDraft", needs("withdrawn", Schema.any())))
            .refuses(409)
            .may(Role.SIGNER, Role.ADMINISTRATOR)
            .proved()
            .does(Reach.WHOLE, this::withdraw));
  }

  private HttpResponse withdraw(Call call) {
    var taken = offline.get();
    var draft = inspect(taken, call, null).draft();
    var late = taken.withdraw(call.actor(), draft, call.member("reason"));
    if (late != null) {
      throw Problem.conflict(Sentence.plain(late));
    }
    return HttpResponse.json(200, Json.object().put("withdrawn", taken.withdrawn(draft)).build());
  }

  private HttpResponse check(Call call) {
    try {
      var taken = offline.get();
      var signed = inspect(taken, call, null);
      return HttpResponse.json(200, SignedDraftJson.of(signed, taken.withdrawn(signed.draft())));
    } catch (JsonException e) {
      throw Problem.value(
          "file",
          Sentence.of("signed.unread", "the list in it is not understood: %s", e.getMessage()));
    }
  }

  private HttpResponse publishList(Call call) {
    var taken = offline.get();
    var signed = complete(taken, call, Kind.BLOCKLIST);
    return DraftPublishingApi.published(
        releases.publishSigned(
            call.actor(),
            consent ->
                taken.publishList(
                    call.actor(), signed, Consent.of(consent, proposals.consent(call.actor())))));
  }

  private HttpResponse publishKeys(Call call) {
    var taken = offline.get();
    var signed = complete(taken, call, Kind.TRUST);
    try {
      var done = taken.publishKeys(call.actor(), signed);
      return HttpResponse.json(
          200,
          MOVED.put(Json.object().put("root", done.root()), done.moved(), Json.Text::new).build());
    } catch (RepositoryException e) {
      throw e.family() == Family.ROLLBACK
          ? Problem.conflict(
              Sentence.of(
                  "signed.moved",
                  "something was published since this was drafted, draft it anew: %s",
                  e.getMessage()))
          : Problem.of(Reason.TRUST, Sentence.of(e));
    } catch (IOException e) {
      throw new UncheckedIOException("the folder of the server's keys", e);
    }
  }

  /// Who wants to publish what is not fit for it is written down.
  private static Inspected complete(Offline taken, Call call, Kind kind) {
    var signed = inspect(taken, call, kind);
    if (!signed.complete()) {
      var why =
          Sentence.of(
              "signed.missing",
              "signatures are missing; see who still must sign by checking the file");
      taken.refused(call.actor(), word(kind), why.text());
      throw unsigned(why);
    }
    return signed;
  }

  private static RefusedException unsigned(Sentence why) {
    return Problem.refused(409, "signatures", "What was signed does not hold.", why);
  }

  private static String word(Kind kind) {
    return kind == Kind.BLOCKLIST ? "blocklist" : "trust";
  }

  /// @param wanted null for any kind, where nothing is to be published
  private static Inspected inspect(Offline taken, Call call, @Nullable Kind wanted) {
    var copies = new LinkedHashMap<String, SigningDraft>();
    copies.put("the file", read(call.member("file"), "file", wanted));
    var copy = call.optionalMember("copy");
    if (copy != null) {
      copies.put("the other copy", read(copy, "copy", wanted));
    }
    try {
      return taken.inspect(copies);
    } catch (RepositoryException e) {
      var why = Sentence.of("signed.broken", "this draft does not hold: %s", e.getMessage());
      if (wanted != null) {
        taken.refused(call.actor(), word(wanted), why.text());
      }
      throw unsigned(why);
    } catch (IllegalArgumentException e) {
      throw Problem.conflict(Sentence.of(e));
    }
  }

  private static SigningDraft read(String text, String member, @Nullable Kind wanted) {
    try {
      var draft = SigningDraftFile.read(text.getBytes(StandardCharsets.UTF_8));
      if (wanted != null && draft.kind() != wanted) {
        throw Problem.value(
            member,
            wanted == Kind.BLOCKLIST
                ? Sentence.of("signed.keys", "is a change of keys, not of the list")
                : Sentence.of("signed.list", "is a change of the list, not of keys"));
      }
      return draft;
    } catch (JsonException | RepositoryException e) {
      throw Problem.value(
          member, Sentence.of("signed.no-draft", "is no draft to sign: %s", e.getMessage()));
    }
  }
}
