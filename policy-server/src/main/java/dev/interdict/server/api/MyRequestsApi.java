package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.access.Role;
import dev.interdict.server.exemptions.About;
import dev.interdict.server.exemptions.FiledRequest;
import dev.interdict.server.exemptions.FiledRequests;
import dev.interdict.server.exemptions.RequestDesk;
import dev.interdict.server.exemptions.RequestDesk.Latest;
import dev.interdict.server.exemptions.RequestDesk.Outcome;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.wording.Sentence;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/// What whoever calls asks for: exemptions for workstations that the company's list gives to them.
/// People decide on it as on what a workstation asks for. Thread-safe.
final class MyRequestsApi implements Operations.Resource {
  private static final int MOST_RULES = 10_000;

  private static final Schema.Member[] FILED = {
    needs("request", Schema.any()),
    needs("device", Schema.any()),
    needs("rule", Schema.any()),
    needs("at", Schema.instant()),
    may("until", Schema.instant()),
    may("reason", Schema.any())
  };

  private static final Schema.Named REQUEST = Schema.named("MyRequest", FILED);

  private static final Excerpt REQUESTS = new Excerpt("requests", REQUEST, 200);

  private static final Schema.Named MINE =
      Schema.named(
          "MyRequests",
          REQUESTS.rows(),
          REQUESTS.leftOut(),
          needs(
              "open",
              Schema.list(
                  Schema.named(
                      "RuleToAskFor",
                      needs("rule", Schema.any()),
                      needs("last-day", Schema.day()),
                      needs("zone", Schema.any())),
                  MOST_RULES)));

  private static final Schema.Named SENT =
      Schema.named("SentRequest", needs("request", REQUEST), needs("already", new Schema.Flag()));

  private final Owning owning;
  private final RequestDesk desk;
  private final FiledRequests filed;

  MyRequestsApi(Owning owning, RequestDesk desk, FiledRequests filed) {
    this.owning = owning;
    this.desk = desk;
    this.filed = filed;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/me/requests",
                "listMyRequests",
                "What whoever asks requested here, the newest first, and the rules that may be"
                    + " asked for with the last day of each; what was decided is"
                    + " listDeviceExemptions'")
            .answers(200, MINE)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::requests),
        Operation.post(
                "/me/devices/{device}/exemptions/{rule}/request",
                "requestMyExemption",
                "Asks for an exemption of a workstation that the company's list gives to whoever"
                    + " asks; it holds no removal up. The very same again is the same request")
            .with(Answers.DEVICE, Answers.RULE)
            .takes(needs("until", Schema.day()), needs("reason", Schema.text(500)))
            .answers(200, SENT)
            .may(Role.VIEWER)
            .refuses(404, 409)
            .does(Reach.WITHIN, this::request));
  }

  private HttpResponse requests(Call call) {
    var account = call.session().account();
    var scope = call.session().scope();
    var json = Json.object();
    REQUESTS.put(
        json,
        filed.of(account, scope, REQUESTS.most()),
        filed.count(account, scope),
        MyRequestsApi::json);
    var open = desk.open().entrySet().stream().limit(MOST_RULES).map(MyRequestsApi::json).toList();
    return HttpResponse.json(200, json.put("open", open).build());
  }

  private HttpResponse request(Call call) {
    var device = call.device();
    if (!owning.has(call.session(), device)) {
      throw Problem.missing(
          Sentence.of("request.no-device", "the company's list gives no device %s to you", device));
    }
    var about = new About(device.value(), rule(call));
    var wanted =
        new RequestDesk.Wanted(
            call.actor(), about, call.member("until", LocalDate::parse), call.member("reason"));
    return switch (desk.file(wanted)) {
      case Outcome.Taken(var one, var already) ->
          HttpResponse.json(
              200, Json.object().put("request", json(one)).put("already", already).build());
      case Outcome.NotTaken(var why, var reason) -> throw refused(why, reason);
    };
  }

  private static RuleId rule(Call call) {
    try {
      return new RuleId(call.text("rule"));
    } catch (IllegalArgumentException e) {
      throw Problem.missing(Sentence.of("rule.no-id", "\"%s\" is no rule's id", call.text("rule")));
    }
  }

  private static RefusedException refused(RequestDesk.Why why, Sentence reason) {
    return switch (why) {
      case DAY -> Problem.value("until", reason);
      case REASON -> Problem.value("reason", reason);
      case NOT_FOUND -> Problem.missing(reason);
      case ENOUGH -> Problem.refused(409, "asked-enough", "It was asked often enough.", reason);
      case BEGUN -> Problem.refused(409, "begun", "It is being decided.", reason);
    };
  }

  private static Json json(FiledRequest one) {
    return Json.object()
        .put("request", one.id())
        .put("device", one.about().device())
        .put("rule", one.about().rule().value())
        .put("at", one.at().toString())
        .put("until", Answers.text(one.until()))
        .put("reason", one.reason())
        .build();
  }

  private static Json json(Map.Entry<RuleId, Latest> one) {
    return Json.object()
        .put("rule", one.getKey().value())
        .put("last-day", one.getValue().day().toString())
        .put("zone", one.getValue().zone().getId())
        .build();
  }
}
