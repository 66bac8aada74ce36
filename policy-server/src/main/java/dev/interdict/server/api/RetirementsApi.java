package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.expected.RefusedException;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.retirement.Retirements;
import dev.interdict.server.wording.Sentence;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/// Takes workstations out of the fleet, and asks another person to agree where that takes two. They
/// are named one by one, so that those go that were looked at and no other, whatever a filter finds
/// by then. Thread-safe.
final class RetirementsApi implements Operations.Resource {
  private static final Schema.Member DEVICES =
      needs("devices", new Schema.Items(Schema.text(100), Retirements.MOST));

  private static final Schema.Member REASON = needs("reason", Schema.text(500));

  private static final Schema.Named RETIRED =
      Schema.named(
          "RetiredDevices", needs("retired", Schema.count()), needs("already", Schema.count()));

  private final Retirements retirements;
  private final ProposalsApi proposing;

  RetirementsApi(Retirements retirements, ProposalsApi proposing) {
    this.retirements = retirements;
    this.proposing = proposing;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post(
                "/devices/{device}/retire", "retireDevice", "Takes a device out of the fleet")
            .with(Answers.DEVICE)
            .takes(REASON)
            .answers(200, FleetApi.CHANGED)
            .may(Role.ADMINISTRATOR)
            .proved()
            .does(Reach.WHOLE, this::one),
        Operation.post(
                "/fleet/retire",
                "retireDevices",
                "Takes workstations out of the fleet: up to "
                    + Retirements.ALONE
                    + " within a day by one person")
            .takes(DEVICES, REASON)
            .answers(200, RETIRED)
            .may(Role.ADMINISTRATOR)
            .proved()
            .does(Reach.WHOLE, this::several),
        Operation.post(
                "/fleet/retire/propose",
                "proposeRetirement",
                "Asks another person to agree that workstations are gone for good")
            .takes(DEVICES, REASON)
            .answers(200, ProposalsApi.PROPOSAL)
            .may(Role.ADMINISTRATOR)
            .does(Reach.WHOLE, this::propose),
        Operation.post(
                "/proposals/{proposal}/retire",
                "retireAsAgreed",
                "Takes those workstations out of the fleet that another person agreed to")
            .with(ProposalsApi.NUMBER)
            .answers(200, RETIRED)
            .may(Role.ADMINISTRATOR)
            .proved()
            .does(
                Reach.WHOLE,
                call ->
                    retired(() -> retirements.carryOut(call.actor(), call.number("proposal", 0)))));
  }

  private HttpResponse one(Call call) {
    var device = call.device().value();
    var outcome = done(() -> retirements.retire(call.actor(), Set.of(device), reason(call)));
    if (outcome.retired().now() == 0) {
      throw Problem.notDone(Sentence.of("fleet.out", "\"%s\" is out of the fleet already", device));
    }
    return HttpResponse.json(200, Json.object().put("device", device).build());
  }

  private HttpResponse several(Call call) {
    return retired(() -> retirements.retire(call.actor(), call.named("devices"), reason(call)));
  }

  private HttpResponse propose(Call call) {
    try {
      return proposing.answer(
          retirements.propose(DraftsApi.person(call), call.named("devices"), reason(call)));
    } catch (RefusedException e) {
      throw Problem.notDone(e.why());
    }
  }

  private static HttpResponse retired(Supplier<Retirements.Outcome> deed) {
    var retired = done(deed).retired();
    return HttpResponse.json(
        200, Json.object().put("retired", retired.now()).put("already", retired.before()).build());
  }

  private static Retirements.Outcome.Done done(Supplier<Retirements.Outcome> deed) {
    try {
      return switch (deed.get()) {
        case Retirements.Outcome.Done done -> done;
        case Retirements.Outcome.Not(var why) -> throw Problem.of(why.kind(), why.why());
      };
    } catch (RefusedException e) {
      throw Problem.notDone(e.why());
    }
  }

  private static String reason(Call call) {
    return call.member("reason");
  }
}
