package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.expected.Admissions;
import dev.interdict.server.fleet.expected.Erasure;
import dev.interdict.server.fleet.expected.ExpectedFleet;
import dev.interdict.server.fleet.expected.RefusedException;
import dev.interdict.server.fleet.expected.Waiting;
import dev.interdict.server.http.HttpResponse;
import java.util.List;
import java.util.function.Supplier;

/// Which workstations count: the company's list, those that wait for admission, those that go.
/// Thread-safe.
final class FleetApi implements Operations.Resource {
  private static final int MOST = 1_000;

  private static final Schema.Named CENSUS =
      Schema.named(
          "Census",
          needs("expected", Schema.count()),
          needs("enrolled", Schema.count()),
          needs("absent", Schema.count()),
          needs("stock", Schema.count()),
          needs("unlisted", Schema.count()),
          needs("waiting", Schema.count()),
          needs("retired", Schema.count()),
          needs("heard-after-leaving", Schema.count()));

  private static final Schema.Named WAITING =
      Schema.named(
          "Admission",
          needs("device", Schema.any()),
          needs("host", Schema.any()),
          needs("token", Schema.any()),
          needs("since", Schema.instant()),
          needs("why", Schema.any()),
          may("replaces", Schema.any()),
          may("replaced-last-contact", Schema.instant()));

  static final Schema.Named CHANGED = Schema.named("ChangedDevice", needs("device", Schema.any()));

  private static final Schema.Named ERASED =
      Schema.named("ErasedDevice", needs("device", Schema.any()), needs("reports", Schema.count()));

  private final ExpectedFleet fleet;
  private final Admissions admissions;
  private final Erasure erasure;
  private final Listing list =
      Listing.whole(
          "admissions",
          WAITING,
          List.of(),
          _ -> waiting(),
          FleetApi::json,
          device -> device.device().value());

  FleetApi(ExpectedFleet fleet, Admissions admissions, Erasure erasure) {
    this.fleet = fleet;
    this.admissions = admissions;
    this.erasure = erasure;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get("/fleet", "getFleet", "How the company's list and the devices fit together")
            .answers(200, CENSUS)
            .may(Role.VIEWER)
            .does(Reach.WHOLE, _ -> census()),
        list.page(
            "listAdmissions",
            Reach.WHOLE,
            "Devices that wait, the longest first",
            Role.ADMINISTRATOR),
        on(Operation.post(
                "/admissions/{device}/approve", "approveAdmission", "Lets a waiting device count"))
            .takes(may("replace", new Schema.Flag()))
            .answers(200, CHANGED)
            .may(Role.ADMINISTRATOR)
            .does(
                Reach.WHOLE,
                call ->
                    done(() ->
                        admissions
                            .approve(
                                call.actor(), call.device().value(), call.flagMember("replace"))
                            .value())),
        on(Operation.post(
                "/admissions/{device}/refuse", "refuseAdmission", "Keeps a waiting device out"))
            .takes(needs("reason", Schema.text(500)))
            .answers(200, CHANGED)
            .may(Role.ADMINISTRATOR)
            .does(
                Reach.WHOLE,
                call ->
                    done(() ->
                        admissions
                            .refuse(call.actor(), call.device().value(), call.member("reason"))
                            .value())),
        on(Operation.post(
                "/devices/{device}/return", "returnDevice", "Takes it back into the fleet"))
            .takes(needs("reason", Schema.text(500)))
            .answers(200, CHANGED)
            .may(Role.ADMINISTRATOR)
            .does(
                Reach.WHOLE,
                call ->
                    done(() ->
                        fleet.restore(call.actor(), call.device().value(), call.member("reason")))),
        on(Operation.post(
                "/devices/{device}/erase",
                "eraseDevice",
                "Erases for good what is kept of a device that was retired, refused or superseded;"
                    + " the audit log stays"))
            .takes(needs("reason", Schema.text(500)))
            .answers(200, ERASED)
            .may(Role.ADMINISTRATOR)
            .proved()
            .does(
                Reach.WHOLE,
                call -> erased(call.actor(), call.device().value(), call.member("reason"))));
  }

  private static Operation.Draft on(Operation.Draft draft) {
    return draft.with(Answers.DEVICE);
  }

  private static HttpResponse done(Supplier<String> deed) {
    try {
      return HttpResponse.json(200, Json.object().put("device", deed.get()).build());
    } catch (RefusedException e) {
      throw Problem.notDone(e.why());
    }
  }

  private HttpResponse erased(String actor, String device, String reason) {
    try {
      var erased = erasure.erase(actor, device, reason);
      return HttpResponse.json(
          200,
          Json.object().put("device", erased.named()).put("reports", erased.reports()).build());
    } catch (RefusedException e) {
      throw Problem.notDone(e.why());
    }
  }

  private HttpResponse census() {
    var census = fleet.census();
    return HttpResponse.json(
        200,
        Json.object()
            .put("expected", census.expected())
            .put("enrolled", census.enrolled())
            .put("absent", census.notEnrolled())
            .put("stock", census.stock())
            .put("unlisted", census.onNoList())
            .put("waiting", census.waiting())
            .put("retired", census.retired())
            .put("heard-after-leaving", census.heardRetired())
            .build());
  }

  private List<Waiting> waiting() {
    return admissions.queue(MOST);
  }

  private static Json.Obj json(Waiting device) {
    var replaces = device.replaces();
    return Json.object()
        .put("device", device.device().value())
        .put("host", device.host())
        .put("token", device.token())
        .put("since", device.since().toString())
        .put("why", device.why())
        .put("replaces", replaces == null ? null : replaces.value())
        .put("replaced-last-contact", Answers.text(device.replacedContact()))
        .build();
  }
}
