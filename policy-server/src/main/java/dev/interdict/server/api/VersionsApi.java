package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.access.Role;
import dev.interdict.server.publish.RuleVersions;
import dev.interdict.server.wording.Sentence;
import java.util.List;

/// What each rule has been. Thread-safe.
final class VersionsApi implements Operations.Resource {
  static final Excerpt DIFFERENCE =
      new Excerpt(
          "difference",
          Schema.named(
              "Difference",
              needs("path", Schema.any()),
              needs("text", Schema.any()),
              may("warning", Schema.any())),
          5_000);

  private static final Schema.Named ROW =
      Schema.named(
          "RuleVersion",
          needs("serial", Schema.count()),
          needs("shown", Schema.instant()),
          needs("actor", Schema.any()),
          needs("change", Schema.words("added", "changed", "removed")),
          DIFFERENCE.rows(),
          DIFFERENCE.leftOut(),
          may("rule", new Schema.Document("The rule as the list has it; none where it left.")));

  private final RuleVersions versions;
  private final Listing list =
      Listing.whole(
          "versions",
          ROW,
          List.of(),
          this::of,
          VersionsApi::json,
          version -> Long.toString(version.by().serial()));

  VersionsApi(RuleVersions versions) {
    this.versions = versions;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "/rules/{rule}/versions",
            List.of(Answers.RULE),
            "listRuleVersions",
            Reach.APART,
            "Each version of a rule that devices could see, with what it made different, newest"
                + " first",
            Role.VIEWER));
  }

  private List<RuleVersions.Version> of(Call call) {
    var id = call.text("rule");
    try {
      var all = versions.of(new RuleId(id));
      if (!all.isEmpty()) {
        return all;
      }
    } catch (IllegalArgumentException e) {
      throw Problem.missing(Sentence.of("rule.no-id", "\"%s\" is no rule's id", id));
    }
    throw Problem.missing(
        Sentence.of("rule.never", "no list that devices could see ever had a rule %s", id));
  }

  private static Json.Obj json(RuleVersions.Version version) {
    var by = version.by();
    var json =
        Json.object()
            .put("serial", by.serial())
            .put("shown", Answers.text(by.shownAt()))
            .put("actor", by.actor())
            .put("change", Fields.written(version.kind()));
    return difference(json, version).put("rule", version.rule()).build();
  }

  /// Adds what a version made different.
  static Json.Builder difference(Json.Builder json, RuleVersions.Version version) {
    return DIFFERENCE.put(
        json,
        version.lines(),
        line ->
            Json.object()
                .put("path", line.path())
                .put("text", line.text())
                .put("warning", line.warning().isEmpty() ? null : line.warning())
                .build());
  }
}
