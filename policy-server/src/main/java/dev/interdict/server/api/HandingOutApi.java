package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.words;

import dev.interdict.json.JsonException;
import dev.interdict.server.access.Role;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.publish.HandedOut;
import dev.interdict.server.publish.ListDrafting;
import dev.interdict.server.publish.Offline;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.PublishOutcome.Reason;
import dev.interdict.server.review.DraftOutcome;
import dev.interdict.server.review.Drafts;
import dev.interdict.server.review.Releases;
import dev.interdict.server.review.StoredDraft;
import dev.interdict.server.wording.Sentence;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What people are to sign on machines of their own, as a file. Nobody believes such a file: a
/// signer's machine verifies it, and so does the server once it comes back. Thread-safe.
final class HandingOutApi implements Operations.Resource {
  private static final Role[] WRITERS = {Role.AUTHOR, Role.APPROVER};
  private static final String TYPE = "application/octet-stream";
  private static final List<String> FILE = List.of(TYPE);

  private final Drafts drafts;
  private final Releases releases;
  private final Supplier<Offline> offline;
  private final ListDrafting.Reaching reaching;
  private final HandedOut files;

  /// @param offline with the keys that are trusted now
  /// @param reaching what signers are told of whom a rule reaches
  HandingOutApi(
      Drafts drafts,
      Releases releases,
      Supplier<Offline> offline,
      ListDrafting.Reaching reaching,
      HandedOut files) {
    this.drafts = drafts;
    this.releases = releases;
    this.offline = offline;
    this.reaching = reaching;
    this.files = files;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post(
                "/drafts/{draft}/hand-out",
                "handOutDraft",
                "Has a draft wait for people who sign it elsewhere: one that two people agreed to,"
                    + " or that makes agents do no more")
            .with(DraftsApi.DRAFT)
            .answers(200, DraftAnswers.HEAD)
            .refuses(409)
            .may(WRITERS)
            .seen()
            .proved()
            .does(Reach.WHOLE, this::handOut),
        Operation.get(
                "/drafts/{draft}/signing-draft",
                "getSigningDraft",
                "The list with a draft that was handed out, to be signed: the same bytes to"
                    + " whoever fetches it")
            .with(DraftsApi.DRAFT)
            .answers(FILE)
            .refuses(404, 409, 422)
            .may(WRITERS)
            .does(Reach.WHOLE, this::file),
        Operation.get(
                "/signing-renewal",
                "getSigningRenewal",
                "A draft by which roles that people sign are signed again as they are")
            .with(
                Parameter.any(
                    "role", words("root", "targets", "blocklist"), "A role to sign again."))
            .answers(FILE)
            .refuses(409)
            .may(Role.SIGNER, Role.ADMINISTRATOR)
            .does(Reach.WHOLE, this::renewal));
  }

  private HttpResponse handOut(Call call) {
    var draft = DraftsApi.seen(drafts, call);
    var made = made(call, draft);
    return switch (releases.handedOut(DraftsApi.person(call), draft)) {
      case DraftOutcome.Done(var now) -> {
        var since = now.handedOutAt();
        if (since == null) {
          throw Problem.conflict(
              Sentence.of(
                  "signing.no-approval",
                  "no approval of draft %s holds that could wait for people who sign",
                  now.number()));
        }
        var _ = kept(now, since, made);
        yield Answers.tagged(
            200, DraftAnswers.head(now, drafts.newest(now)), DraftAnswers.tag(now));
      }
      case DraftOutcome.NotDone(var kind, var why) -> throw Problem.of(kind, why);
    };
  }

  private HttpResponse file(Call call) {
    var draft = DraftsApi.draft(drafts, call);
    var handedOut = draft.handedOutAt();
    if (handedOut == null) {
      throw Problem.conflict(
          Sentence.of(
              "signing.not-handed-out",
              "draft %s was not handed out to signers yet",
              draft.number()));
    }
    // Made in any case, which fails where it is not to be signed any more.
    return file(kept(draft, handedOut, made(call, draft)), "draft-" + draft.number());
  }

  private Offline.Based<SigningDraft> made(Call call, StoredDraft draft) {
    try {
      return offline.get().based(() -> drafted(call, draft));
    } catch (RepositoryException e) {
      throw untrusted(e);
    }
  }

  private byte[] kept(StoredDraft draft, Instant handedOut, Offline.Based<SigningDraft> made) {
    try {
      return files.keep(draft.number(), draft.revision(), made.base(), handedOut, made.made());
    } catch (JsonException e) {
      throw new IllegalStateException("a list that was just made is not understood", e);
    }
  }

  private SigningDraft drafted(Call call, StoredDraft draft) {
    return switch (releases.signedElsewhere(DraftsApi.person(call), draft)) {
      case Releases.Edit.Not(var why) -> throw Problem.of(why.kind(), why.why());
      case Releases.Edit.Ready(var change, var consent) -> {
        try {
          var outcome = offline.get().lists().draft(call.actor(), change, consent, reaching);
          yield switch (outcome) {
            case ListDrafting.Outcome.Drafted(var made) -> made;
            case ListDrafting.Outcome.Not(PublishOutcome.Refused(var kind, var reason)) ->
                throw Problem.of(kind, reason);
            case ListDrafting.Outcome.Not _ ->
                throw Problem.conflict(
                    Sentence.of(
                        "signing.nothing",
                        "the list would stay as it is; there is nothing to sign"));
          };
        } catch (RepositoryException e) {
          throw untrusted(e);
        }
      }
    };
  }

  private HttpResponse renewal(Call call) {
    Set<RoleName> roles =
        call.all("role").stream().map(RoleName::new).collect(Collectors.toUnmodifiableSet());
    if (roles.isEmpty()) {
      throw Problem.query("say which roles to sign again: role=root, targets, blocklist");
    }
    try {
      return file(SigningDraftFile.write(offline.get().renewal(call.actor(), roles)), "renewal");
    } catch (RepositoryException e) {
      throw untrusted(e);
    }
  }

  private static RefusedException untrusted(RepositoryException e) {
    return Problem.of(Reason.TRUST, Sentence.of(e));
  }

  private static HttpResponse file(byte[] bytes, String name) {
    if (bytes.length > Operation.CARRIED_FILE) {
      throw Problem.conflict(
          Sentence.of(
              "signing.large",
              "the file would have %s bytes, more than can be brought back here once it is signed;"
                  + " make and publish it by the commands interdict blocklist or interdict root",
              bytes.length));
    }
    return HttpResponse.of(200, TYPE, bytes)
        .with("Content-Disposition", "attachment; filename=\"" + name + ".draft\"");
  }
}
