package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.http.HttpResponse;
import java.util.List;

/// Who complies with each rule, over the whole fleet. Thread-safe.
final class RulesApi implements Operations.Resource {
  static final Schema.Named GROUP =
      Schema.named("Group", needs("name", Schema.any()), needs("states", Answers.STATES));

  static final Schema.Named SOURCE =
      Schema.named("Source", needs("name", Schema.any()), needs("devices", Schema.count()));

  /// What has more of them is read with the devices themselves.
  static final int MOST_GROUPS = 1_000;

  private static final Excerpt BY_DEPARTMENT = new Excerpt("by-department", GROUP, MOST_GROUPS);
  private static final Excerpt BY_OS = new Excerpt("by-os", GROUP, MOST_GROUPS);
  private static final Excerpt BY_SOURCE = new Excerpt("by-source", SOURCE, MOST_GROUPS);

  private static final Schema.Named OVERVIEW =
      Schema.named(
          "RuleOverview",
          needs("rule", Schema.any()),
          needs("at", Schema.instant()),
          may("last-report", Schema.instant()),
          may(
              "held-by-breaker",
              Schema.named("Halt", needs("since", Schema.instant()), needs("why", Schema.any()))),
          needs("devices", Schema.count()),
          needs("on-no-list", Schema.count()),
          needs("has-it", Schema.count()),
          needs("compliant", Schema.count()),
          needs("states", Answers.STATES),
          BY_DEPARTMENT.rows(),
          BY_DEPARTMENT.leftOut(),
          BY_OS.rows(),
          BY_OS.leftOut(),
          BY_SOURCE.rows(),
          BY_SOURCE.leftOut());

  private final Compliance compliance;

  RulesApi(Compliance compliance) {
    this.compliance = compliance;
  }

  private Compliance seen(Call call) {
    return compliance.within(call.session().scope());
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get("/rules", "listRules", "The rules that any device has reported on, by id")
            .with(
                Parameter.query(
                    "page_after",
                    Schema.text(100),
                    "The next of the page before; first page without."),
                Parameter.query(
                    "size", new Schema.Whole(1, Listing.MOST), "Rules on a page; all without."))
            .answers(
                200,
                Schema.named(
                    "Rules",
                    needs("total", Schema.count()),
                    may("next", Schema.any()),
                    needs("rules", Schema.list(Schema.any(), Listing.MOST))))
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::rules),
        Operation.get("/rules/{rule}", "getRule", "One rule over the whole fleet, now")
            .with(Answers.RULE)
            .answers(200, OVERVIEW)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::rule));
  }

  private HttpResponse rules(Call call) {
    var all = seen(call).rules();
    var after = call.optional("page_after");
    var size = call.number("size", Listing.MOST);
    var rest = all.stream().filter(id -> after == null || id.compareTo(after) > 0).toList();
    var shown = rest.stream().limit(size).toList();
    return HttpResponse.json(
        200,
        Json.object()
            .put("total", all.size())
            .put("next", rest.size() > shown.size() ? shown.getLast() : null)
            .put("rules", Json.texts(shown))
            .build());
  }

  private HttpResponse rule(Call call) {
    var overview = seen(call).overview(call.text("rule"));
    var halt = seen(call).halt(call.text("rule"));
    var json =
        Json.object()
            .put("rule", overview.rule())
            .put("at", overview.total().at().toString())
            .put("last-report", Answers.text(overview.total().lastReport()))
            .put(
                "held-by-breaker",
                halt == null
                    ? null
                    : Json.object()
                        .put("since", halt.at().toString())
                        .put("why", halt.words())
                        .build())
            .put("devices", overview.counts().total())
            .put("on-no-list", overview.onNoList())
            .put("has-it", overview.counts().hasIt())
            .put("compliant", overview.counts().compliant())
            .put("states", Answers.states(overview.counts()));
    BY_DEPARTMENT.put(json, overview.byDepartment(), RulesApi::json);
    BY_OS.put(json, overview.byOs(), RulesApi::json);
    BY_SOURCE.put(json, overview.bySource(), RulesApi::json);
    return HttpResponse.json(200, json.build());
  }

  static Json json(Overview.Group group) {
    return Json.object()
        .put("name", group.name())
        .put("states", Answers.states(group.counts()))
        .build();
  }

  static Json json(Overview.Source source) {
    return Json.object().put("name", source.name()).put("devices", source.devices()).build();
  }
}
