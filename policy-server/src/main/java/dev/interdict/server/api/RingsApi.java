package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Rule;
import dev.interdict.policy.Scope;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.DeviceRecords;
import dev.interdict.server.http.HttpResponse;
import java.util.List;
import java.util.function.Supplier;

/// The two kinds of rings: those that enrolment or the company's list puts devices into, and those
/// in which each published rule goes from a part of the fleet to the next. Neither is changed here:
/// the one by `fleet import` or another token, the other by a draft of the rule, which is signed.
/// Thread-safe.
final class RingsApi implements Operations.Resource {
  private static final Schema.Named ANSWER =
      Schema.named(
          "Rings",
          needs(
              "rings",
              Schema.list(
                  Schema.named(
                      "DeviceRing",
                      needs("name", Schema.any()),
                      needs("devices", Schema.count())))),
          needs(
              "rules",
              Schema.list(
                  Schema.named(
                      "RuleRings",
                      needs("rule", Schema.any()),
                      needs("effective", Schema.instant()),
                      needs(
                          "rings",
                          Schema.list(
                              Schema.named(
                                  "RuleRing",
                                  needs("name", Schema.any()),
                                  needs("percent", new Schema.Whole(1, 100)),
                                  needs("at", Schema.instant()))))))));

  private final DeviceRecords records;
  private final Supplier<Blocklist> inForce;

  RingsApi(DeviceRecords records, Supplier<Blocklist> inForce) {
    this.records = records;
    this.inForce = inForce;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/rings", "getRings", "The rings of devices, and those in which each rule proceeds")
            .answers(200, ANSWER)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::rings));
  }

  private HttpResponse rings(Call call) {
    return HttpResponse.json(
        200,
        Json.object()
            .put(
                "rings",
                records.rings(call.session().scope()).stream()
                    .map(ring ->
                        Json.object()
                            .put("name", ring.name())
                            .put("devices", ring.devices())
                            .build())
                    .toList())
            .put("rules", inForce.get().rules().stream().map(RingsApi::json).toList())
            .build());
  }

  private static Json json(Rule rule) {
    return Json.object()
        .put("rule", rule.id().value())
        .put("effective", rule.timeline().effectiveAt(rule.timeline().zone()).toString())
        .put("rings", rule.scope().rings().stream().map(ring -> json(ring, rule)).toList())
        .build();
  }

  private static Json json(Scope.Ring ring, Rule rule) {
    return Json.object()
        .put("name", ring.name())
        .put("percent", ring.percent())
        .put("at", ring.at().atZone(rule.timeline().zone()).toInstant().toString())
        .build();
  }
}
