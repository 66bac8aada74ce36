package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.http.HttpResponse;
import java.util.List;

/// How a rule stands in each ring of devices. Thread-safe.
final class RingStatesApi implements Operations.Resource {
  private static final Excerpt RINGS =
      new Excerpt(
          "rings",
          Schema.named(
              "RingState",
              needs("ring", Schema.any()),
              needs("devices", Schema.count()),
              needs("states", Answers.STATES)),
          1_000);

  private static final Schema.Named STANDING =
      Schema.named("RingStates", needs("rule", Schema.any()), RINGS.rows(), RINGS.leftOut());

  private final Compliance compliance;

  RingStatesApi(Compliance compliance) {
    this.compliance = compliance;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/rules/{rule}/rings",
                "getRuleRings",
                "What the devices of each ring count as under a rule")
            .with(Answers.RULE)
            .answers(200, STANDING)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::rings));
  }

  private HttpResponse rings(Call call) {
    var rule = call.text("rule");
    var rings = compliance.within(call.session().scope()).enrolledByRing(rule);
    return HttpResponse.json(
        200,
        RINGS
            .put(
                Json.object().put("rule", rule),
                List.copyOf(rings.entrySet()),
                ring ->
                    Json.object()
                        .put("ring", ring.getKey())
                        .put("devices", ring.getValue().total())
                        .put("states", Answers.states(ring.getValue()))
                        .build())
            .build());
  }
}
