package dev.interdict.server.review;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.server.direction.Step;
import dev.interdict.server.draft.Finding;
import dev.interdict.server.wording.Sentence;
import org.jspecify.annotations.Nullable;

/// Drafts, what is said of their texts, and previews, for programs: the same words from the API and
/// from the command line.
public final class DraftJson {
  private DraftJson() {}

  /// A draft without its text.
  public static Json.Obj of(StoredDraft draft, Drafts drafts) {
    return head(draft, drafts.newest(draft)).build();
  }

  /// The same, to which more may be added.
  public static Json.Builder head(StoredDraft draft, Revision newest) {
    var review = draft.review();
    var until = review == null ? null : review.approvedUntil();
    var out = draft.handedOutAt();
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
        .put("approved-until", until == null ? null : until.toString())
        .put("handed-out", out == null ? null : out.toString())
        .put("closed", step(draft.closed()))
        .put("serial", serial == null ? null : new Json.Int(serial));
  }

  /// One thing that a text changes.
  public static Json.Obj step(Step step) {
    return Json.object()
        .put("path", step.path())
        .put("course", Fields.written(step.course()))
        .put("words", step.words())
        .build();
  }

  /// One thing that lint says of a text.
  public static Json.Obj finding(Finding finding) {
    var code = finding.code();
    return Json.object()
        .put("at", finding.at().toString())
        .put("severity", code.severity().word())
        .put("code", code.name())
        .put("message", finding.message())
        .put("title", code.title())
        .put("why", code.reason())
        .put("advice", code.advice())
        .build();
  }

  /// Whom a text would hit.
  public static Json.Obj preview(Preview preview) {
    var json =
        Json.object()
            .put("preview", preview.id())
            .put("sha256", preview.sha256())
            .put("taken", preview.takenAt().toString())
            .put("by", preview.takenBy())
            .put("estimate", preview.estimate())
            .put("impact", preview.document());
    Sentence.put(json, "too-few", preview.isDim() ? preview.lookedWords() : null);
    return json.build();
  }

  private static Json.@Nullable Obj step(StoredDraft.@Nullable Step step) {
    return step == null
        ? null
        : Json.object()
            .put("by", step.by())
            .put("at", step.at().toString())
            .put("note", step.note())
            .build();
  }
}
