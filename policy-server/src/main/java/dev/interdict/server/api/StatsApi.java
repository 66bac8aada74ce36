package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Daily;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.compliance.Part;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.query.Order;
import dev.interdict.server.query.Terms;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// How a rule went day by day, and where it stands. Thread-safe.
final class StatsApi implements Operations.Resource {
  private static final int MOST_DAYS = 4_000;
  private static final int USUAL_DAYS = 89;

  private static final Schema.Named DAYS =
      Schema.named(
          "Burndown",
          needs("rule", Schema.any()),
          needs("zone", Schema.any()),
          needs(
              "days",
              Schema.list(
                  Schema.named("Day", needs("day", Schema.day()), may("states", Answers.STATES)),
                  MOST_DAYS + 1)));

  private static final Excerpt GROUPS = new Excerpt("groups", RulesApi.GROUP, RulesApi.MOST_GROUPS);

  private static final Excerpt SOURCES =
      new Excerpt("sources", RulesApi.SOURCE, RulesApi.MOST_GROUPS);

  private static final Schema.Named BREAKDOWN =
      Schema.named(
          "Breakdown",
          needs("rule", Schema.any()),
          needs("by", Schema.any()),
          may("groups", GROUPS.rows().schema()),
          GROUPS.leftOut(),
          may("sources", SOURCES.rows().schema()),
          SOURCES.leftOut());

  private static final List<Parameter> PERIOD =
      List.of(
          Parameter.query("from", Schema.day(), "The first day; 90 days up to the last without."),
          Parameter.query("to", Schema.day(), "The last day; today without."),
          Parameter.query("dept", Schema.text(200), "Only of this department; -: of none."),
          Parameter.query("os", Schema.text(40), "Only of this operating system."));

  private static final Parameter RULE =
      Parameter.needed("rule", Schema.text(100), "The rule's id.");

  private final Compliance compliance;
  private final Daily daily;

  StatsApi(Compliance compliance, Daily daily) {
    this.compliance = compliance;
    this.daily = daily;
  }

  private Compliance seen(Call call) {
    return compliance.within(call.session().scope());
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/rules/{rule}/days",
                "getRuleDays",
                "The figures of each day; a day on which no server ran has none")
            .with(Answers.RULE)
            .with(PERIOD)
            .answers(200, DAYS)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::days),
        Operation.get("/stats/burndown", "getBurndown", "The same as getRuleDays, by query")
            .with(RULE)
            .with(PERIOD)
            .answers(200, DAYS)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::days),
        Operation.get("/stats/breakdown", "getBreakdown", "Where a rule's software still is")
            .with(
                RULE,
                Parameter.needed(
                    "group", Schema.words("dept", "os", "detector"), "By what to divide."),
                Keys.sort("-has, those that still have it, which is usual; has, name or -name."))
            .answers(200, BREAKDOWN)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::breakdown));
  }

  private HttpResponse days(Call call) {
    var to = call.day("to", daily.today());
    var from = call.day("from", to.minusDays(USUAL_DAYS));
    if (to.isBefore(from) || from.plusDays(MOST_DAYS).isBefore(to)) {
      throw Problem.query("from comes before to, by at most " + MOST_DAYS + " days");
    }
    var department = call.asked(asked -> asked.name("dept"));
    var os = call.asked(asked -> asked.name("os"));
    var told = seen(call).of(new Part(one(department), one(os), Terms.ALL)).isTold();
    var days = daily.days(call.session().scope(), call.text("rule"), from, to, department, os);
    return HttpResponse.json(
        200,
        Json.object()
            .put("rule", call.text("rule"))
            .put("zone", daily.zone().getId())
            .put(
                "days",
                days.stream()
                    .<Json>map(day ->
                        Json.object()
                            .put("day", day.day().toString())
                            .put(
                                "states",
                                day.counts().filter(_ -> told).map(Answers::states).orElse(null))
                            .build())
                    .toList())
            .build());
  }

  private static Terms one(@Nullable String name) {
    return name == null ? Terms.ALL : Terms.of(name);
  }

  private static List<Overview.Group> sorted(List<Overview.Group> groups, Order order) {
    return sorted(groups, order, Overview.Group::name, one -> one.counts().hasIt());
  }

  private static <T> List<T> sorted(
      List<T> groups, Order order, Function<T, String> name, ToLongFunction<T> has) {
    var by = order.by().equals("name") ? Comparator.comparing(name) : Comparator.comparingLong(has);
    return groups.stream()
        .sorted((order.falling() ? by.reversed() : by).thenComparing(name))
        .toList();
  }

  private HttpResponse breakdown(Call call) {
    var overview = seen(call).overview(call.text("rule"));
    var json = Json.object().put("rule", overview.rule()).put("by", call.text("group"));
    var order = call.asked(asked -> asked.order("has", "name")).orElse(new Order("has", true));
    switch (call.text("group")) {
      case "dept" -> GROUPS.put(json, sorted(overview.byDepartment(), order), RulesApi::json);
      case "os" -> GROUPS.put(json, sorted(overview.byOs(), order), RulesApi::json);
      default ->
          SOURCES.put(
              json,
              sorted(overview.bySource(), order, Overview.Source::name, Overview.Source::devices),
              RulesApi::json);
    }
    return HttpResponse.json(200, json.build());
  }
}
