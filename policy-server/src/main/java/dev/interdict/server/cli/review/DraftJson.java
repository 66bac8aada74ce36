package dev.interdict.server.cli.review;

import dev.interdict.json.Json;
import dev.interdict.server.direction.Direction;
import dev.interdict.server.draft.Finding;
import dev.interdict.server.review.Drafts;
import dev.interdict.server.review.Examination;
import dev.interdict.server.review.Preview;
import dev.interdict.server.review.StoredDraft;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Drafts for programs.
final class DraftJson {
  private DraftJson() {}

  static Json.Obj of(StoredDraft draft, Drafts drafts) {
    return members(draft, drafts).build();
  }

  private static Json.Builder members(StoredDraft draft, Drafts drafts) {
    var newest = drafts.newest(draft);
    var review = draft.review();
    var until = review == null ? null : review.approvedUntil();
    return Json.object()
        .put("draft", draft.number())
        .put("rule", draft.rule() == null ? null : draft.rule().value())
        .put("state", draft.state().written())
        .put("revision", draft.revision())
        .put("sha256", newest.sha256())
        .put("author", newest.author())
        .put("origin", draft.origin())
        .put("created", step(draft.created()))
        .put("submitted", review == null ? null : step(review.submitted()))
        .put("decided", review == null ? null : step(review.decided()))
        .put("approved-until", until == null ? null : until.toString())
        .put("closed", step(draft.closed()))
        .put("serial", draft.serial() == null ? null : new Json.Int(draft.serial()));
  }

  static Json.Obj whole(
      StoredDraft draft, Drafts drafts, Examination examined, @Nullable Preview preview) {
    return members(draft, drafts)
        .put("content", drafts.newest(draft).content())
        .put("safe", examined.direction().isSafe())
        .put("steps", steps(examined.direction()))
        .put("lint", findings(examined.findings()))
        .put("preview", preview == null ? null : of(preview))
        .build();
  }

  static Json.Obj of(Preview preview) {
    return Json.object()
        .put("preview", preview.id())
        .put("sha256", preview.sha256())
        .put("taken", preview.takenAt().toString())
        .put("by", preview.takenBy())
        .put("estimate", preview.estimate())
        .put("impact", preview.document())
        .build();
  }

  static List<Json> findings(List<Finding> findings) {
    return findings.stream()
        .<Json>map(finding ->
            Json.object()
                .put("at", finding.at().toString())
                .put("severity", finding.code().severity().word())
                .put("code", finding.code().name())
                .put("message", finding.message())
                .build())
        .toList();
  }

  private static List<Json> steps(Direction direction) {
    return direction.steps().stream()
        .<Json>map(step ->
            Json.object()
                .put("path", step.path())
                .put("course", dev.interdict.json.Fields.written(step.course()))
                .put("words", step.words())
                .build())
        .toList();
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
