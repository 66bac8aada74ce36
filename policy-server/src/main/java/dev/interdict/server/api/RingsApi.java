package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Rule;
import dev.interdict.policy.Scope;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.DeviceRecords;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.rings.Ring;
import dev.interdict.server.rings.RingChanges;
import dev.interdict.server.rings.RingRegister;
import dev.interdict.server.rings.RingRegister.Registered;
import dev.interdict.server.wording.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The two kinds of rings: those that workstations are put into, which people describe here, and
/// those in which each published rule goes from a part of the fleet to the next, drawn by lot on
/// each device; these are changed by a draft of the rule, which is signed. Thread-safe.
final class RingsApi implements Operations.Resource {
  private static final Excerpt RINGS =
      new Excerpt(
          "rings",
          Schema.named(
              "DeviceRing",
              needs("name", Schema.any()),
              needs("devices", Schema.count()),
              may("place", Schema.count()),
              may("description", Schema.any()),
              may("failures", Schema.count()),
              may("percent", Schema.count())),
          1_000);

  private static final Excerpt OF_RULE =
      new Excerpt(
          "rings",
          Schema.named(
              "RuleRing",
              needs("name", Schema.any()),
              needs("percent", new Schema.Whole(1, 100)),
              needs("at", Schema.instant())),
          1_000);

  private static final Schema.Named ANSWER =
      Schema.named(
          "Rings",
          RINGS.rows(),
          RINGS.leftOut(),
          needs(
              "rules",
              Schema.list(
                  Schema.named(
                      "RuleRings",
                      needs("rule", Schema.any()),
                      needs("effective", Schema.instant()),
                      OF_RULE.rows(),
                      OF_RULE.leftOut()),
                  Blocklist.MOST_RULES)));

  static final Parameter RING = Parameter.path("ring", Schema.text(120), "The ring's name.");

  private static final Schema.Named RECORD =
      Schema.named(
          "Ring",
          needs("name", Schema.any()),
          needs("version", Schema.count()),
          needs("place", Schema.count()),
          needs("description", Schema.any()),
          may("failures", Schema.count()),
          may("percent", Schema.count()));

  private static final Schema.Member PLACE = needs("place", new Schema.Whole(1, Ring.LAST));
  private static final Schema.Member DESCRIPTION =
      needs("description", new Schema.Text(0, 500, null));
  private static final Schema.Member FAILURES = may("failures", new Schema.Whole(1, 1_000_000));
  private static final Schema.Member PERCENT = may("percent", new Schema.Whole(1, 100));

  private final DeviceRecords records;
  private final RingRegister register;
  private final RingChanges changes;
  private final ProposalsApi proposing;
  private final Supplier<Blocklist> inForce;

  RingsApi(
      DeviceRecords records,
      RingRegister register,
      RingChanges changes,
      ProposalsApi proposing,
      Supplier<Blocklist> inForce) {
    this.records = records;
    this.register = register;
    this.changes = changes;
    this.proposing = proposing;
    this.inForce = inForce;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/rings", "getRings", "The rings of devices, and those in which each rule proceeds")
            .answers(200, ANSWER)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::rings),
        Operation.get("/rings/{ring}", "getRing", "One ring that people described")
            .with(RING)
            .answers(200, RECORD)
            .may(Role.VIEWER)
            .does(Reach.APART, call -> answer(find(register, call))),
        Operation.put("/rings/{ring}", "putRing", "Describes a ring, or describes it anew")
            .with(RING)
            .takes(PLACE, DESCRIPTION, FAILURES, PERCENT)
            .answers(200, RECORD)
            .may(Role.AUTHOR, Role.APPROVER)
            .seen()
            .does(Reach.WHOLE, this::put),
        Operation.post(
                "/rings/{ring}/propose-description",
                "proposeRing",
                "Asks another person to agree to a description that takes two")
            .with(RING)
            .takes(PLACE, DESCRIPTION, FAILURES, PERCENT, may("note", Schema.text(500)))
            .answers(200, ProposalsApi.PROPOSAL)
            .may(Role.AUTHOR, Role.APPROVER)
            .does(Reach.WHOLE, this::propose),
        Operation.post("/rings/{ring}/remove", "removeRing", "Takes a ring out that nobody is in")
            .with(RING)
            .answers(200, RECORD)
            .may(Role.AUTHOR, Role.APPROVER)
            .seen()
            .does(Reach.WHOLE, this::remove));
  }

  private HttpResponse rings(Call call) {
    return HttpResponse.json(
        200,
        RINGS
            .put(Json.object(), all(call), Function.identity())
            .put("rules", inForce.get().rules().stream().map(RingsApi::json).toList())
            .build());
  }

  /// The described ones in their order, then those that devices are in besides.
  private List<Json> all(Call call) {
    var devices = new TreeMap<String, Long>();
    records.rings(call.session().scope()).forEach(ring -> devices.put(ring.name(), ring.devices()));
    var all = new ArrayList<Json>();
    for (var each : register.list()) {
      var ring = each.ring();
      var n = devices.remove(ring.name());
      all.add(members(ring).put("devices", n == null ? 0 : n).build());
    }
    devices.forEach(
        (name, n) -> all.add(Json.object().put("name", name).put("devices", n).build()));
    return all;
  }

  static Registered find(RingRegister register, Call call) {
    return register
        .find(call.text("ring"))
        .orElseThrow(() ->
            Problem.missing(
                Sentence.of("ring.missing", "no ring %s is described", call.text("ring"))));
  }

  private HttpResponse put(Call call) {
    var seen = register.find(call.text("ring")).map(Registered::version).orElse(0L);
    call.expect(Answers.tag(seen));
    return switch (changes.put(DraftsApi.person(call), described(call), seen)) {
      case RingChanges.Outcome.Done(var now) -> answer(now);
      case RingChanges.Outcome.Outdated _ ->
          throw Problem.outdated(
              Sentence.of("wrote-meanwhile", "somebody else wrote it at the same moment"));
      case RingChanges.Outcome.Not(var why) -> throw Problem.of(why.kind(), why.why());
    };
  }

  private HttpResponse propose(Call call) {
    return proposing.answer(
        changes.propose(DraftsApi.person(call), described(call), call.optionalMember("note")));
  }

  private static Ring described(Call call) {
    try {
      return new Ring(
          call.text("ring"),
          call.numberMember("place", Ring.LAST),
          call.member("description"),
          bound(call, "failures"),
          bound(call, "percent"));
    } catch (IllegalArgumentException e) {
      throw Problem.notDone(e);
    }
  }

  private static @Nullable Long bound(Call call, String name) {
    var number = call.numberMember(name, 0);
    return number == 0 ? null : number;
  }

  private HttpResponse remove(Call call) {
    var found = find(register, call);
    call.expect(Answers.tag(found.version()));
    var refused = register.remove(call.actor(), found);
    if (refused != null) {
      throw Problem.conflict(refused);
    }
    return answer(found);
  }

  private static HttpResponse answer(Registered one) {
    return Answers.tagged(
        200, members(one.ring()).put("version", one.version()).build(), Answers.tag(one.version()));
  }

  private static Json.Builder members(Ring ring) {
    return Json.object()
        .put("name", ring.name())
        .put("place", ring.place())
        .put("description", ring.description())
        .put("failures", number(ring.failures()))
        .put("percent", number(ring.percent()));
  }

  private static @Nullable Json number(@Nullable Long number) {
    return number == null ? null : new Json.Int(number);
  }

  private static Json json(Rule rule) {
    var json =
        Json.object()
            .put("rule", rule.id().value())
            .put("effective", rule.timeline().effectiveAt(rule.timeline().zone()).toString());
    return OF_RULE.put(json, rule.scope().rings(), ring -> json(ring, rule)).build();
  }

  private static Json json(Scope.Ring ring, Rule rule) {
    return Json.object()
        .put("name", ring.name())
        .put("percent", ring.percent())
        .put("at", ring.at().atZone(rule.timeline().zone()).toInstant().toString())
        .build();
  }
}
