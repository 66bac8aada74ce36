package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.Rescans;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.wording.Sentence;
import java.util.LinkedHashSet;
import java.util.List;

/// Asks several workstations at once to look anew, all that are named or none. They are named one
/// by one, so that those are asked that were looked at and no other. Thread-safe.
final class RescansApi implements Operations.Resource {
  private final Rescans rescans;

  RescansApi(Rescans rescans) {
    this.rescans = rescans;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post(
                "/fleet/rescan",
                "rescanDevices",
                "Asks workstations to look anew and tell all of it at their next contact")
            .takes(needs("devices", new Schema.Items(Schema.text(100), Rescans.MOST)))
            .answers(
                200,
                Schema.named(
                    "AskedDevices",
                    needs("asked", Schema.count()),
                    needs("waiting", Schema.count()),
                    needs("recent", Schema.count())))
            .may(Role.HELPDESK, Role.AUTHOR, Role.APPROVER, Role.ADMINISTRATOR)
            .does(Reach.WITHIN, this::rescan));
  }

  private HttpResponse rescan(Call call) {
    var devices = new LinkedHashSet<DeviceId>();
    for (var name : call.named("devices")) {
      try {
        devices.add(new DeviceId(name));
      } catch (IllegalArgumentException e) {
        throw Problem.value(
            "devices", Sentence.of("device.no-id", "\"%s\" is no device's id", name));
      }
    }
    return switch (rescans.ask(call.actor(), call.session().scope(), devices)) {
      case Rescans.Outcome.Done(var asked, var waiting, var recent) ->
          HttpResponse.json(
              200,
              Json.object()
                  .put("asked", asked)
                  .put("waiting", waiting)
                  .put("recent", recent)
                  .build());
      case Rescans.Outcome.Not(var why) -> throw Problem.notDone(why);
    };
  }
}
