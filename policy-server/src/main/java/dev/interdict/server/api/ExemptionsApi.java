package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.exemptions.About;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.DecisionOutcome;
import dev.interdict.server.exemptions.ExemptionCase;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.exemptions.IssuedCode;
import dev.interdict.server.exemptions.IssuedCodes;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.wording.Sentence;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// What people decide on one device's exemptions: granting takes two, one after the other, each of
/// whom says what they saw. Thread-safe.
final class ExemptionsApi implements Operations.Resource {
  private static final int OF_ONE = 200;

  private static final Excerpt CASES = new Excerpt("cases", CaseJson.CASE, OF_ONE);

  private static final Excerpt REQUESTS =
      new Excerpt(
          "requests",
          Schema.named(
              "AskedExemption",
              needs("request", Schema.any()),
              needs("at", Schema.instant()),
              may("until", Schema.instant()),
              may("reason", Schema.any()),
              may("filed-by", Schema.any())),
          OF_ONE);

  private static final Excerpt CODES =
      new Excerpt(
          "codes",
          Schema.named(
              "IssuedCode",
              needs("name", Schema.any()),
              needs("case", Schema.any()),
              needs("issued", Schema.instant()),
              needs("by", Schema.any()),
              needs("until", Schema.instant()),
              may("used", Schema.instant())),
          OF_ONE);

  private static final Schema.Named ABOUT =
      Schema.named(
          "ExemptionsOfDevice",
          needs("host", Schema.any()),
          needs("department", Schema.any()),
          needs("seen", Schema.any()),
          needs("published", new Schema.Flag()),
          needs("longest-days", Schema.count()),
          needs("at-once", Schema.count()),
          CASES.rows(),
          CASES.leftOut(),
          may("request", RequestJson.REQUEST),
          REQUESTS.rows(),
          REQUESTS.leftOut(),
          CODES.rows(),
          CODES.leftOut());

  private static final Optional<Json.Obj> NOBODY_ASKED = Optional.empty();

  private final Cases cases;
  private final IssuedCodes codes;
  private final Deciding deciding;
  private final ExemptionFiles files;
  private final PublishedRules published;
  private final Viewing viewing;

  ExemptionsApi(
      IssuedCodes codes,
      Deciding deciding,
      ExemptionFiles files,
      PublishedRules published,
      Viewing viewing) {
    this.viewing = viewing;
    this.cases = deciding.cases();
    this.codes = codes;
    this.deciding = deciding;
    this.files = files;
    this.published = published;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        on(Operation.get("/devices/{device}/exemptions/{rule}", "getExemptions", "One device's"))
            .answers(200, ABOUT)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::about),
        on(Operation.post(
                "/devices/{device}/exemptions/{rule}/grant",
                "grantExemption",
                "Takes the next of two steps towards an exemption"))
            .takes(Deciding.grant())
            .answers(200, CaseJson.CASE)
            .may(Role.HELPDESK, Role.APPROVER)
            .seen()
            .proved()
            .does(Reach.WITHIN, call -> decide(call, deciding::grant)),
        on(Operation.post(
                "/devices/{device}/exemptions/{rule}/refuse",
                "refuseExemption",
                "Says no to what waits"))
            .takes(needs("reason", Schema.text(500)), needs("contact", Schema.text(500)))
            .answers(200, CaseJson.CASE)
            .may(Role.HELPDESK, Role.APPROVER)
            .seen()
            .does(Reach.WITHIN, call -> decide(call, deciding::refuse)),
        on(Operation.post(
                "/devices/{device}/exemptions/{rule}/end",
                "endExemption",
                "Takes back what waits, and ends what holds"))
            .takes(needs("reason", Schema.text(500)))
            .answers(200, CaseJson.CASE)
            .may(Role.HELPDESK, Role.APPROVER)
            .seen()
            .does(Reach.WITHIN, call -> decide(call, deciding::end)));
  }

  private static Operation.Draft on(Operation.Draft draft) {
    return draft.with(Answers.DEVICE, Answers.RULE);
  }

  /// Written down first, then the signed files are made to say it, as by the command.
  private HttpResponse decide(Call call, Deciding.Deed deed) {
    var about = of(call);
    var seen = cases.seen(about);
    call.expect(Deciding.tag(seen));
    var hindrance = files.hindrance();
    if (hindrance != null) {
      throw Problem.of(hindrance.kind(), hindrance.why());
    }
    return switch (deed.run(call, about, seen)) {
      case DecisionOutcome.NotDone(var kind, var why) -> throw Problem.of(kind, why);
      case DecisionOutcome.Done(var now) -> {
        var unpublished = files.publish(call.actor());
        var answer = new CaseJson(cases).members(now);
        Sentence.put(answer, "unpublished", unpublished == null ? null : unpublished.why());
        yield Answers.tagged(200, answer.build(), Deciding.tag(cases.seen(about)));
      }
    };
  }

  private About of(Call call) {
    try {
      var device = call.device();
      if (!deciding.sees(call, device.value())) {
        throw Problem.missing(
            Sentence.of("device.not-enrolled", "no device %s is enrolled", device));
      }
      var about = new About(device.value(), new RuleId(call.text("rule")));
      viewing.one(call, device);
      return about;
    } catch (IllegalArgumentException e) {
      throw Problem.missing(Sentence.of("rule.no-id", "\"%s\" is no rule's id", call.text("rule")));
    }
  }

  private HttpResponse about(Call call) {
    var about = of(call);
    var known = published.now().keySet();
    var request =
        known.contains(about.rule()) ? cases.request(about).map(RequestJson::json) : NOBODY_ASKED;
    var device =
        Objects.requireNonNull(
            deciding.compliance().device(new DeviceId(about.device())), "it was seen a moment ago");
    var limit = deciding.decisions().limit(about.rule());
    var all = cases.of(about);
    var seen = Deciding.tag(cases.seen(about));
    var json =
        Json.object()
            .put("host", device.device().hostName())
            .put("department", device.membership().department())
            .put("seen", seen)
            .put("published", known.contains(about.rule()))
            .put("longest-days", limit.longest().toDays())
            .put("at-once", limit.atOnce())
            .put("request", request.orElse(null));
    CASES.put(json, all, new CaseJson(cases)::json);
    REQUESTS.put(json, cases.asked(about, OF_ONE), cases.askedCount(about), ExemptionsApi::json);
    CODES.put(json, codes.of(about), ExemptionsApi::json);
    return Answers.tagged(200, json.build(), seen);
  }

  private static Json.Obj json(Cases.Asked asked) {
    return Json.object()
        .put("request", asked.id())
        .put("at", asked.at().toString())
        .put("until", Answers.text(asked.until()))
        .put("reason", asked.reason())
        .put("filed-by", asked.filedBy())
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
}
