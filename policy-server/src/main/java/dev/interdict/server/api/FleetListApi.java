package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.expected.ExpectedFleet;
import dev.interdict.server.fleet.expected.ListImport;
import dev.interdict.server.fleet.expected.Plan;
import dev.interdict.server.fleet.expected.RefusedException;
import dev.interdict.server.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/// The company's list of workstations: looked at first, then taken. A list that is too long for one
/// request is taken by `interdict-server fleet import`. Thread-safe.
final class FleetListApi implements Operations.Resource {
  /// In characters; those of other scripts have more bytes, of which a body has [Operation#BODY].
  private static final int LONGEST = 400_000;

  private static final Excerpt IGNORED = new Excerpt("ignored", Schema.any(), 200);

  private static final Schema.Named PLAN =
      Schema.named(
          "FleetPlan",
          needs("rows", Schema.count()),
          needs("added", Schema.count()),
          needs("returning", Schema.count()),
          needs("changed", Schema.count()),
          needs("same", Schema.count()),
          needs("kept-retired", Schema.count()),
          needs("leaving", Schema.count()),
          needs("missing", Schema.count()),
          needs("counting", Schema.count()),
          needs("bad", Schema.count()),
          needs(
              "faults",
              Schema.list(
                  Schema.named(
                      "LineFault", needs("line", Schema.count()), needs("why", Schema.any())),
                  Plan.SHOWN_FAULTS)),
          IGNORED.rows(),
          IGNORED.leftOut());

  private final ExpectedFleet fleet;

  FleetListApi(ExpectedFleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public List<Operation> operations() {
    var list = needs("list", Schema.text(LONGEST));
    return List.of(
        Operation.post(
                "/fleet/plan",
                "planFleet",
                "What the company's list (CSV) would change, without changing it")
            .takes(list)
            .answers(200, PLAN)
            .may(Role.ADMINISTRATOR)
            .does(Reach.WHOLE, this::plan),
        Operation.post(
                "/fleet/import",
                "importFleet",
                "Takes the company's list (CSV), whole or not at all")
            .takes(
                list,
                may("skip-bad", new Schema.Flag()),
                may("retire-missing", new Schema.Flag()),
                may("retiring", Schema.count()))
            .answers(200, PLAN)
            .may(Role.ADMINISTRATOR)
            .proved()
            .does(Reach.WHOLE, this::take));
  }

  private HttpResponse plan(Call call) {
    return read(call, list -> list.plan());
  }

  private HttpResponse take(Call call) {
    var retiring = call.numberMember("retiring", -1);
    return read(
        call,
        list ->
            list.apply(
                call.actor(),
                call.flagMember("skip-bad"),
                call.flagMember("retire-missing"),
                retiring < 0 ? OptionalLong.empty() : OptionalLong.of(retiring)));
  }

  @FunctionalInterface
  private interface Using {
    Plan plan(ListImport list);
  }

  private HttpResponse read(Call call, Using using) {
    var bytes = call.member("list").getBytes(StandardCharsets.UTF_8);
    try (var list = fleet.read(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8)) {
      return HttpResponse.json(200, json(using.plan(list)));
    } catch (RefusedException e) {
      throw Problem.value("list", e.why());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be read", e);
    }
  }

  private static Json json(Plan plan) {
    var json =
        Json.object()
            .put("rows", plan.rows())
            .put("added", plan.added())
            .put("returning", plan.returning())
            .put("changed", plan.changed())
            .put("same", plan.same())
            .put("kept-retired", plan.keptRetired())
            .put("leaving", plan.leaving())
            .put("missing", plan.missing())
            .put("counting", plan.counting())
            .put("bad", plan.bad())
            .put(
                "faults",
                plan.faults().stream()
                    .map(fault ->
                        Json.object().put("line", fault.line()).put("why", fault.why()).build())
                    .toList());
    return IGNORED.put(json, List.copyOf(new TreeSet<>(plan.ignored())), Json.Text::new).build();
  }
}
