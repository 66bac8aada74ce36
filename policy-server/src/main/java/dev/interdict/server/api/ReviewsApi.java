package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.review.DraftJson;
import dev.interdict.server.review.DraftOutcome;
import dev.interdict.server.review.DraftState;
import dev.interdict.server.review.Drafts;
import dev.interdict.server.review.Reviews;
import dev.interdict.server.review.StoredDraft;
import dev.interdict.server.wording.Sentence;
import java.util.List;

/// What waits for a second person, and what that one says. Thread-safe.
final class ReviewsApi implements Operations.Resource {
  private final Drafts drafts;
  private final Reviews reviews;
  private final Owners owners;
  private final Listing list =
      Listing.whole(
          "reviews",
          DraftAnswers.HEAD,
          List.of(),
          _ -> waiting(),
          this::head,
          draft -> Long.toString(draft.number()));

  ReviewsApi(Drafts drafts, Reviews reviews, Owners owners) {
    this.drafts = drafts;
    this.reviews = reviews;
    this.owners = owners;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listReviews", Reach.WHOLE, "The drafts that wait for a second person", Role.VIEWER),
        Operation.post(
                "/drafts/{draft}/approve",
                "approveDraft",
                "Agrees to the text of a draft that somebody else wrote, for 72 hours")
            .with(DraftsApi.DRAFT)
            .takes(
                needs("sha256", new Schema.Text(12, 64, null)),
                may("samples-seen", new Schema.Flag()),
                may("few-looked", new Schema.Flag()),
                may("note", Schema.text(1_000)))
            .answers(200, DraftAnswers.HEAD)
            .may(Role.APPROVER)
            .seen()
            .personal()
            .does(Reach.WHOLE, this::approve),
        Operation.post("/drafts/{draft}/reject", "rejectDraft", "Gives a draft back to its author")
            .with(DraftsApi.DRAFT)
            .takes(needs("comment", Schema.text(1_000)))
            .answers(200, DraftAnswers.HEAD)
            .may(Role.APPROVER)
            .seen()
            .does(
                Reach.WHOLE,
                call ->
                    done(
                        reviews.reject(
                            DraftsApi.person(call),
                            DraftsApi.seen(drafts, call),
                            call.member("comment")))));
  }

  private HttpResponse approve(Call call) {
    var draft = DraftsApi.seen(drafts, call);
    var review = draft.review();
    if (review != null) {
      owners.apart(
          review.submitted().by(), call.actor(), Sentence.of("token.submitted", "submitted it"));
    }
    drafts
        .revisions(draft.number())
        .forEach(text ->
            owners.apart(text.author(), call.actor(), Sentence.of("token.wrote", "wrote it")));
    return done(
        reviews.approve(
            DraftsApi.person(call),
            draft,
            call.member("sha256"),
            call.flagMember("samples-seen"),
            call.flagMember("few-looked"),
            call.optionalMember("note")));
  }

  private List<StoredDraft> waiting() {
    return drafts.list(false).stream()
        .filter(draft -> draft.state() == DraftState.IN_REVIEW)
        .toList();
  }

  private Json.Obj head(StoredDraft draft) {
    return DraftJson.of(draft, drafts);
  }

  private HttpResponse done(DraftOutcome outcome) {
    return switch (outcome) {
      case DraftOutcome.Done(var now) ->
          Answers.tagged(200, DraftJson.of(now, drafts), DraftAnswers.tag(now));
      case DraftOutcome.NotDone(var kind, var why) -> throw Problem.of(kind, why);
    };
  }
}
