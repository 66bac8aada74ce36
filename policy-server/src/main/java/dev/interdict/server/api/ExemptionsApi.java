package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.exemptions.About;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.Decider;
import dev.interdict.server.exemptions.DecisionOutcome;
import dev.interdict.server.exemptions.Decisions;
import dev.interdict.server.exemptions.ExemptionCase;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.exemptions.IssuedCode;
import dev.interdict.server.exemptions.IssuedCodes;
import dev.interdict.server.exemptions.Request;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.query.Order;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Requests for exemptions, and what people decide: granting takes two, one after the other, each
/// of whom says what they saw. Thread-safe.
final class ExemptionsApi implements Operations.Resource {
  private static final int NEWEST = 1_000;
  private static final int OF_ONE = 200;
  private static final Duration SOON = Duration.ofDays(14);

  private static final Schema.Named REQUEST =
      Schema.named(
          "ExemptionRequest",
          needs("request", Schema.any()),
          needs("device", Schema.any()),
          needs("host", Schema.any()),
          needs("rule", Schema.any()),
          needs("heard", Schema.instant()),
          may("until", Schema.instant()),
          may("reason", Schema.any()),
          may("person", Schema.any()),
          needs("asked", Schema.count()));

  private static final Schema.Named ASKED =
      Schema.named(
          "AskedExemption",
          needs("request", Schema.any()),
          needs("at", Schema.instant()),
          may("until", Schema.instant()),
          may("reason", Schema.any()));

  private static final Schema.Named CODE =
      Schema.named(
          "IssuedCode",
          needs("name", Schema.any()),
          needs("case", Schema.any()),
          needs("issued", Schema.instant()),
          needs("by", Schema.any()),
          needs("until", Schema.instant()),
          may("used", Schema.instant()));

  private static final Schema.Named ABOUT =
      Schema.named(
          "ExemptionsOfDevice",
          needs("host", Schema.any()),
          needs("department", Schema.any()),
          needs("seen", Schema.any()),
          needs("published", new Schema.Flag()),
          needs("longest-days", Schema.count()),
          needs("at-once", Schema.count()),
          needs("cases", Schema.list(CaseJson.CASE)),
          may("request", REQUEST),
          needs("requests", Schema.list(ASKED)),
          needs("codes", Schema.list(CODE)));

  private static final Parameter RULES = Parameter.any("rule", Schema.text(100), "Of this rule.");

  private final Cases cases;
  private final IssuedCodes codes;
  private final InstantSource clock;
  private final Decisions decisions;
  private final ExemptionFiles files;
  private final PublishedRules published;
  private final Compliance compliance;
  private final Owners owners;
  private final Viewing viewing;
  private final Listing list =
      Listing.whole(
          "exemptions",
          CaseJson.CASE,
          List.of(
              Parameter.query(
                  "state",
                  Schema.words("confirmed", "granted", "ending", "closed", "any"),
                  "confirmed waits for the second person, granted holds, ending does for no more"
                      + " than 14 days, closed are the newest that are over; granted without."),
              Keys.RULES,
              Keys.sort("until or opened, or -until or -opened; by number without.")),
          this::found,
          one -> new CaseJson(cases()).json(one),
          ExemptionCase::id,
          (call, rows, sought, exported) -> shown(call, rows, "exemptions", sought, exported));

  private final Listing requests =
      Listing.whole(
          "requests",
          REQUEST,
          List.of(Keys.RULES),
          this::requested,
          ExemptionsApi::json,
          one -> one.about().device() + " " + one.about().rule() + " " + one.id(),
          (call, rows, sought, exported) ->
              shown(call, rows, "exemption-requests", sought, exported));

  /// @param clock the one that the server signs by
  ExemptionsApi(
      Cases cases,
      IssuedCodes codes,
      InstantSource clock,
      Decisions decisions,
      ExemptionFiles files,
      PublishedRules published,
      Compliance compliance,
      Owners owners,
      Viewing viewing) {
    this.viewing = viewing;
    this.owners = owners;
    this.cases = cases;
    this.codes = codes;
    this.clock = clock;
    this.decisions = decisions;
    this.files = files;
    this.published = published;
    this.compliance = compliance;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        list.page(
            "listExemptions",
            Reach.WITHIN,
            "Cases: those that wait, hold, or the newest",
            Role.VIEWER),
        requests.page(
            "/exemptions/requests",
            List.of(),
            "listExemptionRequests",
            Reach.WITHIN,
            "Requests that nobody looked at",
            Role.HELPDESK,
            Role.APPROVER,
            Role.AUDITOR),
        Operation.get(
                "/devices/{device}/exemptions",
                "listDeviceExemptions",
                "The newest cases of one device, of every rule")
            .with(Answers.DEVICE)
            .answers(
                200, Schema.named("DeviceExemptions", needs("cases", Schema.list(CaseJson.CASE))))
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::ofDevice),
        on(Operation.get("/devices/{device}/exemptions/{rule}", "getExemptions", "One device's"))
            .answers(200, ABOUT)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::about),
        on(Operation.post(
                "/devices/{device}/exemptions/{rule}/grant",
                "grantExemption",
                "Takes the next of two steps towards an exemption"))
            .takes(may("until", Schema.instant()), needs("reason", Schema.text(500)))
            .answers(200, CaseJson.CASE)
            .may(Role.HELPDESK, Role.APPROVER)
            .seen()
            .proved()
            .does(
                Reach.WITHIN,
                call -> decide(call, (by, about, seen) -> grant(call, by, about, seen))),
        on(Operation.post(
                "/devices/{device}/exemptions/{rule}/refuse",
                "refuseExemption",
                "Says no to what waits"))
            .takes(needs("reason", Schema.text(500)), needs("contact", Schema.text(500)))
            .answers(200, CaseJson.CASE)
            .may(Role.HELPDESK, Role.APPROVER)
            .seen()
            .does(
                Reach.WITHIN,
                call ->
                    decide(
                        call,
                        (by, about, seen) ->
                            decisions.refuse(
                                by, about, seen, call.member("reason"), call.member("contact")))),
        on(Operation.post(
                "/devices/{device}/exemptions/{rule}/end",
                "endExemption",
                "Takes back what waits, and ends what holds"))
            .takes(needs("reason", Schema.text(500)))
            .answers(200, CaseJson.CASE)
            .may(Role.HELPDESK, Role.APPROVER)
            .seen()
            .does(
                Reach.WITHIN,
                call ->
                    decide(
                        call,
                        (by, about, seen) ->
                            decisions.end(by, about, seen, call.member("reason")))));
  }

  private static Operation.Draft on(Operation.Draft draft) {
    return draft.with(Answers.DEVICE, Answers.RULE);
  }

  /// One decision.
  @FunctionalInterface
  private interface Deed {
    DecisionOutcome run(Decider by, About about, Cases.Seen seen);
  }

  /// Written down first, then the signed files are made to say it, as by the command.
  private HttpResponse decide(Call call, Deed deed) {
    var about = of(call);
    var seen = cases.seen(about);
    call.expect(tag(seen));
    var hindrance = files.hindrance();
    if (hindrance != null) {
      throw Problem.of(hindrance.kind(), hindrance.reason());
    }
    return switch (deed.run(new Decider(call.actor(), call.roles()), about, seen)) {
      case DecisionOutcome.NotDone(var kind, var why) -> throw Problem.of(kind, why);
      case DecisionOutcome.Done(var now) -> {
        var unpublished = files.publish(call.actor());
        yield Answers.tagged(
            200,
            new CaseJson(cases)
                .members(now)
                .put("unpublished", unpublished == null ? null : unpublished.reason())
                .build(),
            tag(cases.seen(about)));
      }
    };
  }

  private DecisionOutcome grant(Call call, Decider by, About about, Cases.Seen seen) {
    cases.of(about).stream()
        .filter(one -> one.number() == seen.number() && one.decided() == null)
        .forEach(one -> owners.apart(one.opened().by(), by.name(), "took the first step"));
    return decisions.grant(by, about, seen, call.instantMember("until"), call.member("reason"));
  }

  private About of(Call call) {
    try {
      var device = call.device();
      if (!sees(call, device.value())) {
        throw Problem.missing("no device " + device + " is enrolled");
      }
      var about = new About(device.value(), new RuleId(call.text("rule")));
      viewing.one(call, device);
      return about;
    } catch (IllegalArgumentException e) {
      throw Problem.missing("\"" + call.text("rule") + "\" is no rule's id");
    }
  }

  private boolean sees(Call call, String device) {
    var seen = compliance.within(call.session().scope());
    return seen.device(new DeviceId(device)) != null;
  }

  /// Spares a look at each device for whoever sees all of them.
  private boolean shown(Call call, String device) {
    return call.session().scope().isWhole() || sees(call, device);
  }

  private static String tag(Cases.Seen seen) {
    var state = seen.state();
    return "\"" + seen.number() + "-" + (state == null ? "none" : state.written()) + "\"";
  }

  private List<ExemptionCase> found(Call call) {
    var found =
        switch (call.optional("state")) {
          case "confirmed" -> cases.confirmed();
          case "ending" -> cases.ending(clock.instant(), SOON);
          case "closed" -> cases.closed(NEWEST);
          case "any" -> cases.newest(NEWEST);
          case null, default -> cases.granted();
        };
    var order = call.asked(asked -> asked.order("until", "opened"));
    var rules = call.asked(asked -> asked.names("rule"));
    var shown =
        found.stream()
            .filter(one -> rules.allows(one.about().rule().value()))
            .filter(one -> shown(call, one.about().device()));
    return order.map(by -> shown.sorted(comparing(by)).toList()).orElseGet(shown::toList);
  }

  /// Those without an end come last, whichever way.
  private static Comparator<ExemptionCase> comparing(Order order) {
    var way =
        order.falling() ? Comparator.<Instant>reverseOrder() : Comparator.<Instant>naturalOrder();
    return Comparator.comparing(
            (ExemptionCase one) -> order.by().equals("until") ? one.until() : one.opened().at(),
            Comparator.nullsLast(way))
        .thenComparing(ExemptionCase::number);
  }

  private List<Request> requested(Call call) {
    var rules = call.asked(asked -> asked.names("rule"));
    return cases.requests(published.now().keySet()).stream()
        .filter(one -> rules.allows(one.about().rule().value()))
        .filter(one -> shown(call, one.about().device()))
        .toList();
  }

  private void shown(
      Call call, List<Json.Obj> rows, String list, boolean sought, boolean exported) {
    viewing.rows(call, rows, list, "device", sought, exported);
  }

  private Cases cases() {
    return cases;
  }

  private HttpResponse ofDevice(Call call) {
    var device = call.device();
    if (!sees(call, device.value())) {
      throw Problem.missing("no device " + device + " is enrolled");
    }
    viewing.one(call, device);
    var json = new CaseJson(cases);
    return HttpResponse.json(
        200,
        Json.object()
            .put("cases", cases.of(device, OF_ONE).stream().map(json::json).toList())
            .build());
  }

  private HttpResponse about(Call call) {
    var about = of(call);
    var known = published.now().keySet();
    var request =
        cases.requests(known).stream()
            .filter(one -> one.about().equals(about))
            .findFirst()
            .orElse(null);
    var device =
        Objects.requireNonNull(
            compliance.device(new DeviceId(about.device())), "it was seen a moment ago");
    var limit = decisions.limit(about.rule());
    var all = cases.of(about);
    var seen = tag(cases.seen(about));
    var json = new CaseJson(cases);
    return Answers.tagged(
        200,
        Json.object()
            .put("host", device.device().hostName())
            .put("department", device.membership().department())
            .put("seen", seen)
            .put("published", known.contains(about.rule()))
            .put("longest-days", limit.longest().toDays())
            .put("at-once", limit.atOnce())
            .put("cases", all.stream().map(json::json).toList())
            .put("request", request == null ? null : json(request))
            .put("requests", cases.asked(about, OF_ONE).stream().map(ExemptionsApi::json).toList())
            .put(
                "codes",
                all.stream()
                    .flatMap(one -> codes.of(one).stream())
                    .map(ExemptionsApi::json)
                    .toList())
            .build(),
        seen);
  }

  private static Json.Obj json(Cases.Asked asked) {
    return Json.object()
        .put("request", asked.id())
        .put("at", asked.at().toString())
        .put("until", Answers.text(asked.until()))
        .put("reason", asked.reason())
        .build();
  }

  private static Json.Obj json(IssuedCode code) {
    return Json.object()
        .put("name", code.name())
        .put("case", ExemptionCase.id(code.number()))
        .put("issued", code.issued().toString())
        .put("by", code.by())
        .put("until", code.until().toString())
        .put("used", Answers.text(code.used()))
        .build();
  }

  private static Json.Obj json(Request request) {
    return Json.object()
        .put("request", request.id())
        .put("device", request.about().device())
        .put("host", request.host())
        .put("rule", request.about().rule().value())
        .put("heard", request.heard().toString())
        .put("until", Answers.text(request.until()))
        .put("reason", request.reason())
        .put("person", request.person())
        .put("asked", request.asked())
        .build();
  }
}
