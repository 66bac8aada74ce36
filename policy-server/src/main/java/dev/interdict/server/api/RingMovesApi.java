package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.rings.RingMoves;
import dev.interdict.server.rings.RingRegister;
import dev.interdict.server.wording.Sentence;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Puts workstations into a ring, and asks another person to agree where that takes two.
/// Thread-safe.
final class RingMovesApi implements Operations.Resource {
  /// As many as a body holds.
  private static final int MOST = 5_000;

  private static final Schema.Member DEVICES =
      needs("devices", new Schema.Items(Schema.text(100), MOST));

  private final RingMoves moves;
  private final RingRegister register;
  private final ProposalsApi proposing;

  RingMovesApi(RingMoves moves, RingRegister register, ProposalsApi proposing) {
    this.moves = moves;
    this.register = register;
    this.proposing = proposing;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post("/rings/{ring}/move", "moveToRing", "Puts workstations into a ring")
            .with(RingsApi.RING)
            .takes(DEVICES)
            .answers(
                200,
                Schema.named("Moved", needs("ring", Schema.any()), needs("moved", Schema.count())))
            .may(Role.AUTHOR, Role.APPROVER)
            .does(Reach.WITHIN, this::move),
        Operation.post(
                "/rings/{ring}/propose",
                "proposeMoveToRing",
                "Asks another person to agree to a move that takes two")
            .with(RingsApi.RING)
            .takes(DEVICES, may("note", Schema.text(500)))
            .answers(200, ProposalsApi.PROPOSAL)
            .may(Role.AUTHOR, Role.APPROVER)
            .does(Reach.WITHIN, this::propose));
  }

  private HttpResponse move(Call call) {
    var ring = RingsApi.find(register, call).ring().name();
    return switch (moves.move(
        DraftsApi.person(call), call.session().scope(), ring, devices(call))) {
      case RingMoves.Outcome.Done(var moved) ->
          HttpResponse.json(200, Json.object().put("ring", ring).put("moved", moved).build());
      case RingMoves.Outcome.Not(var why) -> throw Problem.of(why.kind(), why.why());
    };
  }

  private HttpResponse propose(Call call) {
    var ring = RingsApi.find(register, call).ring().name();
    return proposing.answer(
        moves.propose(
            DraftsApi.person(call),
            call.session().scope(),
            ring,
            devices(call),
            call.optionalMember("note")));
  }

  private static Set<DeviceId> devices(Call call) {
    var devices = new HashSet<DeviceId>();
    for (var text : call.texts("devices")) {
      try {
        devices.add(new DeviceId(text));
      } catch (IllegalArgumentException e) {
        throw Problem.value(
            "devices", Sentence.of("device.no-id", "\"%s\" is no device's id", text));
      }
    }
    if (devices.isEmpty()) {
      throw Problem.value("devices", Sentence.of("names-none", "names none"));
    }
    return devices;
  }
}
