package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.review.DraftJson;
import dev.interdict.server.review.DraftState;
import dev.interdict.server.review.Examination;
import dev.interdict.server.review.Preview;
import dev.interdict.server.review.Revision;
import dev.interdict.server.review.StoredDraft;
import dev.interdict.server.wording.Sentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Drafts and previews as answers hold them; their words are those of [DraftJson].
final class DraftAnswers {
  /// More than a text of the largest size is found to say.
  private static final int MOST_REMARKS = 5_000;

  static final Schema.Words STATE =
      new Schema.Words(Arrays.stream(DraftState.values()).map(DraftState::written).toList());

  private static final Schema.Named STEP =
      Schema.named(
          "DraftStep",
          needs("by", Schema.any()),
          needs("at", Schema.instant()),
          may("note", Schema.any()));

  static final Schema.Named PREVIEW =
      Schema.named(
          "Preview",
          needs("preview", Schema.any()),
          needs("sha256", Schema.any()),
          needs("taken", Schema.instant()),
          needs("by", Schema.any()),
          needs("estimate", Schema.count()),
          may("too-few", Schema.any()),
          may("too-few" + Sentence.SAID, Sentences.SCHEMA),
          needs("impact", new Schema.Document("Whom the text would hit, counted.")));

  private static final List<Schema.Member> MEMBERS =
      List.of(
          needs("draft", Schema.count()),
          may("rule", Schema.any()),
          needs("state", STATE),
          needs("revision", Schema.count()),
          needs("sha256", Schema.any()),
          needs("author", Schema.any()),
          needs("origin", Schema.any()),
          needs("created", STEP),
          may("submitted", STEP),
          may("few-looked", Schema.any()),
          may("decided", STEP),
          may("approved-until", Schema.instant()),
          may("handed-out", Schema.instant()),
          may("closed", STEP),
          may("serial", Schema.count()),
          may("tag", Schema.any()));

  private static final Excerpt STEPS =
      new Excerpt(
          "steps",
          Schema.named(
              "DirectionStep",
              needs("path", Schema.any()),
              needs("course", Schema.any()),
              needs("words", Schema.any())),
          MOST_REMARKS);

  private static final Excerpt LINT =
      new Excerpt(
          "lint",
          Schema.named(
              "LintFinding",
              needs("at", Schema.any()),
              needs("severity", Schema.any()),
              needs("code", Schema.any()),
              needs("message", Schema.any()),
              needs("title", Schema.any()),
              needs("why", Schema.any()),
              needs("advice", Schema.any())),
          MOST_REMARKS);

  private static final Excerpt WRITERS = new Excerpt("writers", Schema.any(), 200);

  private static final List<Schema.Member> EXAMINED =
      List.of(
          needs("safe", new Schema.Flag()),
          STEPS.rows(),
          STEPS.leftOut(),
          LINT.rows(),
          LINT.leftOut());

  /// What can be said of a text that is no draft.
  static final Schema.Named CHECKED = new Schema.Named("CheckedText", new Schema.Members(EXAMINED));

  static final Schema.Named HEAD = new Schema.Named("Draft", new Schema.Members(MEMBERS));

  static final Schema.Named WHOLE = new Schema.Named("WholeDraft", new Schema.Members(whole()));

  private DraftAnswers() {}

  private static List<Schema.Member> whole() {
    var members = new ArrayList<>(MEMBERS);
    members.add(needs("content", Schema.any()));
    members.add(WRITERS.rows());
    members.add(WRITERS.leftOut());
    members.addAll(EXAMINED);
    members.add(may("preview", PREVIEW));
    return members;
  }

  /// Changes with each text and with each step of its review.
  static String tag(StoredDraft draft) {
    var review = draft.review();
    var submitted = review == null ? 0 : review.submitted().at().toEpochMilli();
    return "\"" + draft.revision() + "-" + draft.state().written() + "-" + submitted + "\"";
  }

  /// A draft without its text, with what a change of it is told as seen.
  static Json.Obj head(StoredDraft draft, Revision newest) {
    return DraftJson.head(draft, newest).put("tag", tag(draft)).build();
  }

  /// @param writers who wrote any of its texts, and so cannot be its second person
  static Json.Obj whole(
      StoredDraft draft,
      Revision newest,
      List<String> writers,
      Examination examined,
      @Nullable Preview preview) {
    var json = DraftJson.head(draft, newest).put("content", newest.content());
    return put(WRITERS.put(json, writers, Json.Text::new), examined)
        .put("preview", preview == null ? null : DraftJson.preview(preview))
        .build();
  }

  static Json.Obj checked(Examination examined) {
    return put(Json.object(), examined).build();
  }

  private static Json.Builder put(Json.Builder json, Examination examined) {
    var direction = examined.direction();
    STEPS.put(json.put("safe", direction.isSafe()), direction.steps(), DraftJson::step);
    return LINT.put(json, examined.findings(), DraftJson::finding);
  }
}
