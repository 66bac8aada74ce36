package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.review.DraftJson;
import dev.interdict.server.review.DraftOutcome;
import dev.interdict.server.review.Drafts;
import dev.interdict.server.review.Examiner;
import dev.interdict.server.review.Person;
import dev.interdict.server.review.Previews;
import dev.interdict.server.review.Releases;
import dev.interdict.server.review.Reviews;
import dev.interdict.server.review.Revision;
import dev.interdict.server.review.StoredDraft;
import dev.interdict.server.wording.Sentence;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The drafts of rules: reading, writing, previewing and submitting them, by the rules of the
/// commands. Thread-safe.
final class DraftsApi implements Operations.Resource {
  static final Parameter DRAFT =
      Parameter.path("draft", new Schema.Whole(1, Long.MAX_VALUE), "The draft's number.");

  static final Role[] WRITERS = {Role.AUTHOR, Role.APPROVER};
  static final int MOST_TEXT = 256 << 10;

  private final Drafts drafts;
  private final Examiner examiner;
  private final Previews previews;
  private final Reviews reviews;
  private final Releases releases;
  private final Listing list =
      new Listing(
          "drafts",
          DraftAnswers.HEAD,
          List.of(
              Parameter.query(
                  "closed", new Schema.Flag(), "Those too that were published or discarded."),
              Keys.words("state", "In this state, also where that is published or discarded."),
              Parameter.query(
                  "signable",
                  new Schema.Flag(),
                  "Only those that may be handed out to signers: approved, or making agents do no"
                      + " more.")),
          1,
          this::page);

  DraftsApi(
      Drafts drafts, Examiner examiner, Previews previews, Reviews reviews, Releases releases) {
    this.drafts = drafts;
    this.examiner = examiner;
    this.previews = previews;
    this.reviews = reviews;
    this.releases = releases;
  }

  @Override
  public List<Operation> operations() {
    return Stream.of(reading(), writing()).flatMap(List::stream).toList();
  }

  private List<Operation> reading() {
    return List.of(
        list.page("listDrafts", Reach.WHOLE, "The drafts, newest first", Role.VIEWER),
        Operation.get("/drafts/{draft}", "getDraft", "A draft with its text, lint and preview")
            .with(DRAFT)
            .answers(200, DraftAnswers.WHOLE)
            .may(Role.VIEWER)
            .does(Reach.WHOLE, call -> whole(200, draft(call))));
  }

  private List<Operation> writing() {
    return List.of(
        Operation.put(
                "/drafts/{draft}",
                "editDraft",
                "Gives a draft another text; a review of the text before counts no more")
            .with(DRAFT)
            .takes(needs("content", Schema.text(MOST_TEXT)))
            .answers(200, DraftAnswers.WHOLE)
            .may(WRITERS)
            .seen()
            .does(Reach.WHOLE, call -> edit(call, _ -> call.member("content"))),
        Operation.post("/drafts/{draft}/discard", "discardDraft", "Gives a draft up")
            .with(DRAFT)
            .takes(needs("reason", Schema.text(500)))
            .answers(200, DraftAnswers.WHOLE)
            .may(WRITERS)
            .seen()
            .does(
                Reach.WHOLE,
                call -> done(200, drafts.discard(person(call), seen(call), call.member("reason")))),
        Operation.post(
                "/drafts/{draft}/preview",
                "previewDraft",
                "Counts whom a draft would hit, and keeps that as evidence")
            .with(DRAFT)
            .answers(201, DraftAnswers.PREVIEW)
            .may(WRITERS)
            .does(Reach.WHOLE, this::preview),
        Operation.post("/drafts/{draft}/submit", "submitDraft", "Asks somebody else to review it")
            .with(DRAFT)
            .takes(may("note", Schema.text(1_000)), may("few-looked", Schema.text(1_000)))
            .answers(200, DraftAnswers.WHOLE)
            .may(WRITERS)
            .seen()
            .does(
                Reach.WHOLE,
                call ->
                    done(
                        200,
                        reviews.submit(
                            person(call),
                            seen(call),
                            call.optionalMember("note"),
                            call.optionalMember("few-looked")))));
  }

  private Listing.Page page(
      Call call, @org.jspecify.annotations.Nullable List<String> after, int size) {
    var states = call.asked(asked -> asked.words("state", DraftAnswers.STATE.words()));
    var all =
        drafts.list(call.flag("closed") || !states.isAll()).stream()
            .filter(draft -> states.allows(draft.state().written()))
            .filter(draft -> !call.flag("signable") || isSignable(draft))
            .toList();
    var before = after == null ? Long.MAX_VALUE : number(after.getFirst());
    return Listing.Page.cut(
        all.stream().filter(draft -> draft.number() < before).limit(size + 1L).toList(),
        size,
        draft -> DraftAnswers.head(draft, drafts.newest(draft)),
        draft -> List.of(Long.toString(draft.number())),
        all::size);
  }

  private boolean isSignable(StoredDraft draft) {
    return switch (draft.state()) {
      case APPROVED -> true;
      case OPEN, IN_REVIEW -> releases.needsNobodyElse(draft);
      case PUBLISHED, DISCARDED -> false;
    };
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Problem.query("page_after is not what an answer gave as next");
    }
  }

  static Person person(Call call) {
    return new Person(call.actor(), call.roles());
  }

  private StoredDraft draft(Call call) {
    return draft(drafts, call);
  }

  static StoredDraft draft(Drafts drafts, Call call) {
    return drafts
        .find(call.number("draft", 0))
        .orElseThrow(() ->
            Problem.missing(
                Sentence.of("draft.missing", "there is no draft %s", call.text("draft"))));
  }

  /// Gives a draft that is still as the client saw it another text.
  ///
  /// @param next makes it of the present one
  HttpResponse edit(Call call, UnaryOperator<String> next) {
    var draft = seen(call);
    return done(200, drafts.edit(person(call), draft, next.apply(drafts.newest(draft).content())));
  }

  /// The draft, if it is still as the client saw it.
  private StoredDraft seen(Call call) {
    return seen(drafts, call);
  }

  static StoredDraft seen(Drafts drafts, Call call) {
    var draft = draft(drafts, call);
    call.expect(DraftAnswers.tag(draft));
    return draft;
  }

  private HttpResponse preview(Call call) {
    var draft = draft(call);
    var newest = drafts.newest(draft);
    var examined = examiner.examine("draft-" + draft.number(), newest.content());
    if (examined.draft() == null) {
      throw Problem.notDone(
          Sentence.of(
              "draft.not-understood", "the text is not understood; see the lint of the draft"));
    }
    var preview = previews.take(person(call), draft, newest, examined);
    return HttpResponse.json(201, DraftJson.preview(preview));
  }

  /// The draft as it is after something was done to it.
  HttpResponse done(int status, DraftOutcome outcome) {
    return switch (outcome) {
      case DraftOutcome.Done(var now) -> whole(status, now);
      case DraftOutcome.NotDone(var kind, var why) -> throw Problem.of(kind, why);
    };
  }

  private HttpResponse whole(int status, StoredDraft draft) {
    var newest = drafts.newest(draft);
    var examined = examiner.examine("draft-" + draft.number(), newest.content());
    var preview = previews.newest(newest.sha256()).orElse(null);
    var writers =
        drafts.revisions(draft.number()).stream().map(Revision::author).distinct().toList();
    return Answers.tagged(
        status,
        DraftAnswers.whole(draft, newest, writers, examined, preview),
        DraftAnswers.tag(draft));
  }
}
