package dev.interdict.server.cli.apply;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.draft.Draft;
import dev.interdict.server.draft.YamlFile;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// What has to be done so that a server's drafts say what files say. Two plans from the same files
/// and the same drafts are the same, and after one was carried out the next has nothing to do.
///
/// @param me who writes, as drafts name their authors
record Plan(String me, List<Step> steps) {
  public Plan {
    steps = List.copyOf(steps);
  }

  /// @param files that lint has no errors of, with what the device's reader made of them
  static Plan of(Map<RuleText, Draft> files, Map<RuleId, Json> inForce, Desk desk) {
    var drafts = desk.drafts();
    var me = desk.me();
    var steps = new ArrayList<Step>();
    var named = new HashSet<RuleId>();
    files.forEach((file, draft) -> {
      named.add(draft.rule().id());
      steps.add(step(file, draft, inForce, drafts, me, desk));
    });
    var elsewhere = new TreeSet<RuleId>();
    elsewhere.addAll(inForce.keySet());
    drafts.forEach(draft -> elsewhere.add(draft.rule()));
    elsewhere.removeAll(named);
    for (var rule : elsewhere) {
      var of = drafts.stream().filter(draft -> draft.rule().equals(rule));
      steps.add(
          new Step.Elsewhere(
              rule, inForce.containsKey(rule), of.map(Desk.OpenDraft::number).toList()));
    }
    return new Plan(me, steps);
  }

  private static Step step(
      RuleText file,
      Draft draft,
      Map<RuleId, Json> inForce,
      List<Desk.OpenDraft> drafts,
      String me,
      Desk desk) {
    var rule = draft.rule().id();
    var now = inForce.get(rule);
    var open = drafts.stream().filter(one -> one.rule().equals(rule)).toList();
    // Whoever prepares the next version meanwhile is no hindrance: there is nothing to write.
    if (draft.file().json().equals(now)) {
      return new Step.Same(rule, file, null, open);
    }
    var same = open.stream().filter(one -> one.sha256().equals(file.sha256())).findFirst();
    if (same.isPresent()) {
      return new Step.Same(rule, file, same.get(), List.of());
    }
    var mine = open.stream().filter(one -> one.author().equals(me)).findFirst();
    if (mine.isEmpty()) {
      return open.isEmpty()
          ? new Step.Begin(file, draft, now)
          : new Step.Conflict(rule, file, open.getFirst().number(), open.getFirst().author());
    }
    var before = desk.text(mine.get());
    // Since the list was read, somebody else may have written.
    return before.author().equals(me)
        ? new Step.Edit(file, draft, mine.get(), before, differences(before, draft))
        : new Step.Conflict(rule, file, mine.get().number(), before.author());
  }

  private static List<Difference> differences(Desk.Text before, Draft draft) {
    var bytes = before.content().getBytes(StandardCharsets.UTF_8);
    return YamlFile.read("draft", bytes) instanceof YamlFile.Reading.Read(var old)
        ? Difference.between(old.json(), draft.file().json())
        : List.of(new Difference("", "a text that cannot be read", "a rule"));
  }

  /// The steps that write.
  List<Step> writing() {
    return steps.stream()
        .filter(step -> step instanceof Step.Begin || step instanceof Step.Edit)
        .toList();
  }

  List<Step.Conflict> conflicts() {
    return steps.stream()
        .filter(Step.Conflict.class::isInstance)
        .map(Step.Conflict.class::cast)
        .toList();
  }
}
