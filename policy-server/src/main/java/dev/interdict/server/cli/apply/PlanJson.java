package dev.interdict.server.cli.apply;

import dev.interdict.json.Json;
import java.util.List;
import java.util.Map;

/// A plan, and what came of it, as programs read it.
final class PlanJson {
  private PlanJson() {}

  /// @param written the drafts by rule, of those that were
  static Json.Obj of(
      Desk desk,
      Plan plan,
      List<Desk.Said> findings,
      Map<RuleText, Desk.Checked> checked,
      Map<String, Long> written) {
    return Json.object()
        .put("version", 1)
        .put("place", desk.place())
        .put("account", plan.me())
        .put("rules", plan.steps().stream().map(step -> step(step, checked, written)).toList())
        .put("lint", findings(findings))
        .build();
  }

  /// What is wrong with files, where nothing else was done.
  static Json.Obj of(List<Desk.Said> findings) {
    return Json.object().put("version", 1).put("lint", findings(findings)).build();
  }

  private static Json step(
      Step step, Map<RuleText, Desk.Checked> checked, Map<String, Long> written) {
    var id = step.rule().value();
    var json = Json.object().put("rule", id);
    switch (step) {
      case Step.Begin(var file, var draft, var now) -> {
        json.put("state", now == null ? "new" : "changed").put("file", file.name());
        if (now != null) {
          json.put("differences", differences(Difference.between(now, draft.file().json())));
        }
        graver(json, file, checked);
      }
      case Step.Edit(var file, _, var kept, _, var differences) -> {
        json.put("state", "changed").put("file", file.name()).put("draft", kept.number());
        graver(json.put("differences", differences(differences)), file, checked);
      }
      case Step.Same(_, var file, var draft, var beside) -> {
        json.put("state", "unchanged").put("file", file.name());
        if (draft != null) {
          json.put("draft", draft.number());
        }
        if (!beside.isEmpty()) {
          json.put("beside", beside.stream().map(one -> new Json.Int(one.number())).toList());
        }
      }
      case Step.Conflict(_, var file, var draft, var author) ->
          json.put("state", "conflict")
              .put("file", file.name())
              .put("draft", draft)
              .put("author", author);
      case Step.Elsewhere(_, var inForce, var drafts) ->
          json.put("state", "elsewhere")
              .put("in-force", inForce)
              .put("drafts", drafts.stream().map(Json.Int::new).toList());
    }
    var number = written.get(id);
    if (number != null) {
      json.put("written", number);
    }
    return json.build();
  }

  private static List<Json> differences(List<Difference> all) {
    return all.stream()
        .<Json>map(one ->
            Json.object()
                .put("at", one.at())
                .put("before", one.before())
                .put("after", one.after())
                .build())
        .toList();
  }

  private static void graver(
      Json.Builder json, RuleText file, Map<RuleText, Desk.Checked> checked) {
    var said = checked.get(file);
    if (said != null) {
      json.put("graver", Json.texts(said.graver()));
    }
  }

  private static List<Json> findings(List<Desk.Said> findings) {
    return findings.stream()
        .<Json>map(one ->
            Json.object()
                .put("file", one.file())
                .put("at", one.at())
                .put("severity", one.severity())
                .put("code", one.code())
                .put("message", one.message())
                .build())
        .toList();
  }
}
