package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.review.DraftState;
import dev.interdict.server.review.Examination;
import dev.interdict.server.review.Preview;
import dev.interdict.server.review.Revision;
import dev.interdict.server.review.StoredDraft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Drafts and previews as the API shows them.
final class DraftJson {
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
          may("serial", Schema.count()));

  private static final List<Schema.Member> EXAMINED =
      List.of(
          needs("safe", new Schema.Flag()),
          needs(
              "steps",
              Schema.list(
                  Schema.named(
                      "DirectionStep",
                      needs("path", Schema.any()),
                      needs("course", Schema.any()),
                      needs("words", Schema.any())))),
          needs(
              "lint",
              Schema.list(
                  Schema.named(
                      "LintFinding",
                      needs("at", Schema.any()),
                      needs("severity", Schema.any()),
                      needs("code", Schema.any()),
                      needs("message", Schema.any()),
                      needs("title", Schema.any()),
                      needs("why", Schema.any()),
                      needs("advice", Schema.any())))));

  /// What can be said of a text that is no draft.
  static final Schema.Named CHECKED = new Schema.Named("CheckedText", new Schema.Members(EXAMINED));

  static final Schema.Named HEAD = new Schema.Named("Draft", new Schema.Members(MEMBERS));

  static final Schema.Named WHOLE = new Schema.Named("WholeDraft", new Schema.Members(whole()));

  private DraftJson() {}

  private static List<Schema.Member> whole() {
    var members = new ArrayList<>(MEMBERS);
    members.add(needs("content", Schema.any()));
    members.add(needs("writers", Schema.list(Schema.any())));
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

  static Json.Obj head(StoredDraft draft, Revision newest) {
    return members(draft, newest).build();
  }

  private static Json.Builder members(StoredDraft draft, Revision newest) {
    var review = draft.review();
    var rule = draft.rule();
    var serial = draft.serial();
    return Json.object()
        .put("draft", draft.number())
        .put("rule", rule == null ? null : rule.value())
        .put("state", draft.state().written())
        .put("revision", draft.revision())
        .put("sha256", newest.sha256())
        .put("author", newest.author())
        .put("origin", draft.origin())
        .put("created", step(draft.created()))
        .put("submitted", review == null ? null : step(review.submitted()))
        .put("few-looked", review == null ? null : review.fewLooked())
        .put("decided", review == null ? null : step(review.decided()))
        .put("approved-until", review == null ? null : Answers.text(review.approvedUntil()))
        .put("handed-out", review == null ? null : Answers.text(review.handedOutAt()))
        .put("closed", step(draft.closed()))
        .put("serial", serial == null ? null : new Json.Int(serial));
  }

  /// @param writers who wrote any of its texts, and so cannot be its second person
  static Json.Obj whole(
      StoredDraft draft,
      Revision newest,
      List<String> writers,
      Examination examined,
      @Nullable Preview preview) {
    var members = members(draft, newest).put("content", newest.content());
    return put(members.put("writers", Json.texts(writers)), examined)
        .put("preview", preview == null ? null : preview(preview))
        .build();
  }

  static Json.Obj checked(Examination examined) {
    return put(Json.object(), examined).build();
  }

  private static Json.Builder put(Json.Builder json, Examination examined) {
    return json.put("safe", examined.direction().isSafe())
        .put(
            "steps",
            examined.direction().steps().stream()
                .<Json>map(step ->
                    Json.object()
                        .put("path", step.path())
                        .put("course", Fields.written(step.course()))
                        .put("words", step.words())
                        .build())
                .toList())
        .put(
            "lint",
            examined.findings().stream()
                .<Json>map(finding ->
                    Json.object()
                        .put("at", finding.at().toString())
                        .put("severity", finding.code().severity().word())
                        .put("code", finding.code().name())
                        .put("message", finding.message())
                        .put("title", finding.code().title())
                        .put("why", finding.code().reason())
                        .put("advice", finding.code().advice())
                        .build())
                .toList());
  }

  static Json.Obj preview(Preview preview) {
    return Json.object()
        .put("preview", preview.id())
        .put("sha256", preview.sha256())
        .put("taken", preview.takenAt().toString())
        .put("by", preview.takenBy())
        .put("estimate", preview.estimate())
        .put("too-few", preview.isDim() ? preview.lookedWords() : null)
        .put("impact", preview.document())
        .build();
  }

  private static @Nullable Json step(StoredDraft.@Nullable Step step) {
    return step == null
        ? null
        : Json.object()
            .put("by", step.by())
            .put("at", step.at().toString())
            .put("note", step.note())
            .build();
  }
}
