package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Look;
import dev.interdict.server.access.Accounts;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.Session;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.fleet.Looks;
import dev.interdict.server.fleet.expected.OwnDevices;
import dev.interdict.server.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Which devices are whose who asks, as the company's list says, and who looked at them. A name
/// proves nothing, so nobody sees here what they might not see elsewhere, and to look is a look as
/// any other. Thread-safe.
final class MyDevicesApi implements Operations.Resource {
  private static final int MOST = 20;
  private static final int LOOKS = 50;

  private static final Schema.Named LOOK =
      Schema.named(
          "DeviceLook",
          needs("at", Schema.instant()),
          needs("who", Schema.any()),
          needs("roles", Schema.any()));

  private static final Schema.Named MINE =
      Schema.named(
          "MyDevice",
          needs("host", Schema.any()),
          may("device", Schema.any()),
          needs("looks", Schema.list(LOOK)));

  private final Accounts accounts;
  private final OwnDevices own;
  private final Compliance compliance;
  private final Looks looks;
  private final Viewing viewing;

  MyDevicesApi(
      Accounts accounts, OwnDevices own, Compliance compliance, Looks looks, Viewing viewing) {
    this.viewing = viewing;
    this.accounts = accounts;
    this.own = own;
    this.compliance = compliance;
    this.looks = looks;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/me/devices",
                "listMyDevices",
                "The workstations that the company's list gives to whoever asks")
            .answers(
                200,
                Schema.named(
                    "MyDevices",
                    needs("names", Schema.list(Schema.any())),
                    needs("devices", Schema.list(MINE))))
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::mine));
  }

  private HttpResponse mine(Call call) {
    var session = call.session();
    var names = names(session);
    var seen = compliance.within(session.scope());
    var devices =
        names.isEmpty()
            ? List.<OwnDevices.Own>of()
            : own.of(names, MOST).stream()
                .filter(one ->
                    one.device() == null
                        ? session.scope().isWhole()
                        : seen.device(one.device()) != null)
                .toList();
    // Read before it is written down: it says who else looked, and by what name one stands in a
    // list proves nothing, so that who is wrongly taken for the owner is told of as well.
    var shown = devices.stream().map(this::json).toList();
    viewing.list(
        call,
        devices.stream()
            .flatMap(one -> Stream.ofNullable(one.device()))
            .map(DeviceId::value)
            .toList(),
        "me");
    return HttpResponse.json(
        200,
        Json.object().put("names", Json.texts(List.copyOf(names))).put("devices", shown).build());
  }

  /// By which somebody may stand in the list: the account's name, and how a provider calls them.
  private Set<String> names(Session session) {
    var names = new LinkedHashSet<String>();
    if (session.kind() != Session.Kind.PERSON) {
      return names;
    }
    for (var name : List.of(session.account(), accounts.display(session.account()))) {
      if (!name.isBlank()) {
        names.add(name);
        names.add(name.toLowerCase(Locale.ROOT));
      }
    }
    return names;
  }

  private Json.Obj json(OwnDevices.Own one) {
    DeviceId device = one.device();
    return Json.object()
        .put("host", one.host())
        .put("device", device == null ? null : device.value())
        .put(
            "looks",
            device == null
                ? List.of()
                : looks.newest(device, LOOKS).stream().map(MyDevicesApi::json).toList())
        .build();
  }

  private static Json.Obj json(Look look) {
    return Json.object()
        .put("at", look.at().toString())
        .put("who", look.who())
        .put("roles", look.role())
        .build();
  }
}
