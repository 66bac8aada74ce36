package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.Rescans;
import dev.interdict.server.fleet.expected.ExpectedFleet;
import dev.interdict.server.fleet.expected.RefusedException;
import dev.interdict.server.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What is done to several workstations at once, to all that are named or to none. They are named
/// one by one, so that it is done to those that were looked at and to no other, whatever a filter
/// finds by then. Thread-safe.
final class ManyDevicesApi implements Operations.Resource {
  private final ExpectedFleet fleet;
  private final Rescans rescans;

  ManyDevicesApi(ExpectedFleet fleet, Rescans rescans) {
    this.fleet = fleet;
    this.rescans = rescans;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post(
                "/fleet/rescan",
                "rescanDevices",
                "Asks workstations to look anew and tell all of it at their next contact")
            .takes(devices(Rescans.MOST))
            .answers(
                200,
                Schema.named(
                    "AskedDevices",
                    needs("asked", Schema.count()),
                    needs("waiting", Schema.count()),
                    needs("recent", Schema.count())))
            .may(Role.HELPDESK, Role.AUTHOR, Role.APPROVER, Role.ADMINISTRATOR)
            .does(Reach.WITHIN, this::rescan),
        Operation.post("/fleet/retire", "retireDevices", "Takes workstations out of the fleet")
            .takes(devices(ExpectedFleet.MOST_RETIRED), needs("reason", Schema.text(500)))
            .answers(
                200,
                Schema.named(
                    "RetiredDevices",
                    needs("retired", Schema.count()),
                    needs("already", Schema.count())))
            .may(Role.ADMINISTRATOR)
            .proved()
            .does(Reach.WHOLE, this::retire));
  }

  private static Schema.Member devices(int most) {
    return needs("devices", new Schema.Items(Schema.text(100), most));
  }

  private HttpResponse rescan(Call call) {
    var devices = new LinkedHashSet<DeviceId>();
    for (var name : named(call)) {
      try {
        devices.add(new DeviceId(name));
      } catch (IllegalArgumentException e) {
        throw Problem.value("devices", "\"" + name + "\" is no device's id");
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

  private HttpResponse retire(Call call) {
    try {
      var done = fleet.retire(call.actor(), named(call), call.member("reason"));
      return HttpResponse.json(
          200, Json.object().put("retired", done.now()).put("already", done.before()).build());
    } catch (RefusedException e) {
      throw Problem.notDone(String.valueOf(e.getMessage()));
    }
  }

  private static Set<String> named(Call call) {
    var names = new LinkedHashSet<>(call.texts("devices"));
    if (names.isEmpty()) {
      throw Problem.value("devices", "names none");
    }
    return names;
  }
}
