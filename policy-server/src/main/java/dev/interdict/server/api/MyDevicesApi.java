package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.report.Look;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.Looks;
import dev.interdict.server.fleet.expected.OwnDevices;
import dev.interdict.server.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which devices are whose who asks, as the company's list says, and who looked at them. A name
/// proves nothing, so nobody sees here what they might not see elsewhere, and to look is a look as
/// any other. Thread-safe.
final class MyDevicesApi implements Operations.Resource {
  private static final Excerpt LOOKS =
      new Excerpt(
          "looks",
          Schema.named(
              "DeviceLook",
              needs("at", Schema.instant()),
              needs("who", Schema.any()),
              needs("roles", Schema.any())),
          50);

  private static final Schema.Named MINE =
      Schema.named(
          "MyDevice",
          needs("host", Schema.any()),
          may("device", Schema.any()),
          LOOKS.rows(),
          LOOKS.leftOut());

  private final Owning owning;
  private final Looks looks;
  private final Listing list;

  MyDevicesApi(Owning owning, Looks looks, Viewing viewing) {
    this.list =
        new Listing(
            "devices",
            MINE,
            List.of(),
            2,
            this::page,
            // Read before it is written down: it says who else looked, and by what name one stands
            // in a list proves nothing, so that who is wrongly taken for the owner is told of as
            // well.
            (call, rows, sought, exported) ->
                viewing.rows(call, rows, "me", "device", sought, exported));
    this.owning = owning;
    this.looks = looks;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/me/devices",
                "listMyDevices",
                "The workstations that the company's list gives to whoever asks")
            .with(list.parameters())
            .answers(
                200,
                Schema.named(
                    "MyDevicesPage",
                    list.members(needs("names", Schema.list(Schema.any(), OwnDevices.NAMES)))))
            .may(Role.VIEWER)
            .does(
                Reach.WITHIN,
                call ->
                    HttpResponse.json(
                        200,
                        list.page(call)
                            .put("names", Json.texts(List.copyOf(owning.names(call.session()))))
                            .build())));
  }

  private Listing.Page page(Call call, @Nullable List<String> after, int size) {
    var names = owning.names(call.session());
    if (names.isEmpty()) {
      return new Listing.Page(List.of(), null, () -> 0);
    }
    var scope = call.session().scope();
    var place = after == null ? null : new OwnDevices.Place(after.getFirst(), after.getLast());
    var read = owning.devices().of(names, scope, place, size + 1);
    var enrolled = read.stream().flatMap(one -> Stream.ofNullable(one.device())).toList();
    var seen = looks.newest(enrolled, LOOKS.most());
    return Listing.Page.cut(
        read,
        size,
        one -> json(one, seen),
        one -> List.of(one.host(), one.entry()),
        () -> owning.devices().count(names, scope));
  }

  private static Json.Obj json(OwnDevices.Own one, Map<DeviceId, Looks.Kept> seen) {
    var device = one.device();
    var kept = device == null ? Looks.Kept.NONE : seen.getOrDefault(device, Looks.Kept.NONE);
    var json =
        Json.object().put("host", one.host()).put("device", device == null ? null : device.value());
    return LOOKS.put(json, kept.newest(), kept.count(), MyDevicesApi::json).build();
  }

  private static Json.Obj json(Look look) {
    return Json.object()
        .put("at", look.at().toString())
        .put("who", look.who())
        .put("roles", look.role())
        .build();
  }
}
