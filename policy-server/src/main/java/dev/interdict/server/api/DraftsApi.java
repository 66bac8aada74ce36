package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.access.Role;
import dev.interdict.server.draft.Catalogue;
import dev.interdict.server.draft.YamlText;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.publish.PublishOutcome;
import dev.interdict.server.publish.Publisher;
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
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// The drafts of rules: writing, previewing and publishing them, by the rules of the commands. What
/// needs two people needs two here, and nothing goes around that. Thread-safe.
final class DraftsApi implements Operations.Resource {
  static final Parameter DRAFT =
      Parameter.path("draft", new Schema.Whole(1, Long.MAX_VALUE), "The draft's number.");

  private static final Role[] WRITERS = {Role.AUTHOR, Role.APPROVER};
  private static final int MOST_NAME = 200;
  private static final int MOST_TEXT = 256 << 10;

  static final Schema.Named PUBLISHED =
      Schema.named(
          "Publishing",
          needs("serial", Schema.count()),
          needs("changes", Schema.any()),
          may("sha256", Schema.any()));

  private final Drafts drafts;
  private final Examiner examiner;
  private final Previews previews;
  private final Reviews reviews;
  private final Releases releases;
  private final Supplier<Publisher> publisher;
  private final Listing list =
      new Listing(
          "drafts",
          DraftAnswers.HEAD,
          List.of(
              Parameter.query(
                  "closed", new Schema.Flag(), "Those too that were published or discarded."),
              Parameter.query("state", DraftAnswers.STATE, "Only in this state."),
              Parameter.query(
                  "signable",
                  new Schema.Flag(),
                  "Only those that may be handed out to signers: approved, or making agents do no"
                      + " more.")),
          1,
          this::page);

  DraftsApi(
      Drafts drafts,
      Examiner examiner,
      Previews previews,
      Reviews reviews,
      Releases releases,
      Supplier<Publisher> publisher) {
    this.drafts = drafts;
    this.examiner = examiner;
    this.previews = previews;
    this.reviews = reviews;
    this.releases = releases;
    this.publisher = publisher;
  }

  @Override
  public List<Operation> operations() {
    return Stream.of(reading(), writing(), publishing()).flatMap(List::stream).toList();
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
        Operation.post(
                "/drafts",
                "createDraft",
                "Begins a draft: from a text, the catalogue, or the rule in force or of a serial")
            .takes(
                may("content", Schema.text(MOST_TEXT)),
                may("origin", Schema.text(200)),
                may("catalogue", Schema.text(100)),
                may("rule", Schema.text(100)),
                may("serial", Schema.count()))
            .answers(201, DraftAnswers.WHOLE)
            .may(WRITERS)
            .refuses(404)
            .does(Reach.WHOLE, this::create),
        Operation.post(
                "/drafts/check",
                "checkDraft",
                "Says what lint and the list in force say of a text, and keeps nothing")
            .takes(needs("content", Schema.text(MOST_TEXT)), may("name", Schema.text(MOST_NAME)))
            .answers(200, DraftAnswers.CHECKED)
            .may(WRITERS)
            .does(Reach.WHOLE, this::check),
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

  private List<Operation> publishing() {
    return List.of(
        Operation.post(
                "/drafts/{draft}/observe",
                "observeDraft",
                "Lets workstations look for what a draft recognises, and do nothing else")
            .with(DRAFT)
            .answers(200, PUBLISHED)
            .may(WRITERS)
            .seen()
            .proved()
            .does(
                Reach.WHOLE,
                call ->
                    published(
                        releases.observe(
                            person(call),
                            seen(call),
                            (edit, consent) -> publisher.get().edit(call.actor(), edit, consent)))),
        Operation.post(
                "/drafts/{draft}/publish",
                "publishDraft",
                "Publishes a draft that was approved, or that makes agents do no more")
            .with(DRAFT)
            .answers(200, PUBLISHED)
            .may(WRITERS)
            .seen()
            .proved()
            .does(
                Reach.WHOLE,
                call ->
                    published(
                        releases.publish(
                            person(call),
                            seen(call),
                            (edit, consent) ->
                                publisher.get().edit(call.actor(), edit, consent)))));
  }

  private Listing.Page page(
      Call call, @org.jspecify.annotations.Nullable List<String> after, int size) {
    var state = call.optional("state");
    var all =
        drafts.list(call.flag("closed") || state != null).stream()
            .filter(draft -> state == null || draft.state().written().equals(state))
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
        .orElseThrow(() -> Problem.missing("there is no draft " + call.text("draft")));
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

  private HttpResponse create(Call call) {
    var source = source(call);
    var outcome = drafts.create(person(call), source.origin(), source.content());
    var answer = done(201, outcome);
    return outcome instanceof DraftOutcome.Done(var now)
        ? answer.with("Location", Operation.BASE + "/drafts/" + now.number())
        : answer;
  }

  private record Source(String origin, String content) {}

  private Source source(Call call) {
    var content = call.optionalMember("content");
    var catalogue = call.optionalMember("catalogue");
    var rule = call.optionalMember("rule");
    var given = Stream.of(content, catalogue, rule).filter(one -> one != null).count();
    if (given != 1 || call.body().get("serial") != null && rule == null) {
      throw Problem.value(
          "content", "say from what: content, catalogue, or rule with or without serial");
    }
    if (content != null) {
      var origin = call.optionalMember("origin");
      return new Source(origin == null ? "from the API" : origin, content);
    }
    if (catalogue != null) {
      return Catalogue.rule(catalogue)
          .map(text -> new Source("from the catalogue", new String(text, StandardCharsets.UTF_8)))
          .orElseThrow(() -> Problem.missing("the catalogue has no rule " + catalogue));
    }
    var id = call.member("rule", RuleId::new);
    var serial = call.numberMember("serial", 0);
    var published = examiner.published();
    var json = serial == 0 ? published.now().get(id) : published.of(serial, id).orElse(null);
    if (json == null) {
      throw Problem.missing(
          "no rule " + id + (serial == 0 ? " is published" : " is in serial " + serial));
    }
    return new Source(
        serial == 0 ? "from the rule in force" : "from serial " + serial, YamlText.of(json));
  }

  private HttpResponse check(Call call) {
    var name = call.optionalMember("name");
    var examined = examiner.examine(name == null ? "text" : name, call.member("content"));
    return HttpResponse.json(200, DraftAnswers.checked(examined));
  }

  private HttpResponse preview(Call call) {
    var draft = draft(call);
    var newest = drafts.newest(draft);
    var examined = examiner.examine("draft-" + draft.number(), newest.content());
    if (examined.draft() == null) {
      throw Problem.notDone("the text is not understood; see the lint of the draft");
    }
    var preview = previews.take(person(call), draft, newest, examined);
    return HttpResponse.json(201, DraftJson.preview(preview));
  }

  private HttpResponse done(int status, DraftOutcome outcome) {
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

  static HttpResponse published(PublishOutcome outcome) {
    return switch (outcome) {
      case PublishOutcome.Done(var publication) ->
          HttpResponse.json(
              200,
              Json.object()
                  .put("serial", publication.serial())
                  .put("changes", publication.summary())
                  .put("sha256", publication.sha256())
                  .build());
      case PublishOutcome.Unchanged(var serial) ->
          HttpResponse.json(
              200, Json.object().put("serial", serial).put("changes", "none").build());
      case PublishOutcome.Refused(var kind, var reason) -> throw Problem.of(kind, reason);
      case PublishOutcome.Held _ -> throw new IllegalStateException("an edit holds nothing");
    };
  }
}
