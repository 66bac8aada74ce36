package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.exemptions.About;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.ExemptionCase;
import dev.interdict.server.exemptions.Standing;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.publish.PublishedRules;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What there is to decide of each of several devices and rules, for whoever is about to decide on
/// all of them: read at once, and without what is over. Thread-safe.
final class StandingExemptionsApi implements Operations.Resource {
  private static final Schema.Named ALL =
      Schema.named(
          "StandingExemptions",
          needs(
              "standing",
              Schema.list(
                  Schema.named(
                      "StandingExemption",
                      needs("device", Schema.any()),
                      needs("host", Schema.any()),
                      needs("rule", Schema.any()),
                      needs("seen", Schema.any()),
                      needs("published", new Schema.Flag()),
                      may("request", RequestJson.REQUEST),
                      may("waiting", CaseJson.CASE),
                      may("holding", CaseJson.CASE)),
                  SeveralExemptionsApi.MOST)));

  private final Cases cases;
  private final PublishedRules published;
  private final Viewing viewing;

  StandingExemptionsApi(Cases cases, PublishedRules published, Viewing viewing) {
    this.cases = cases;
    this.published = published;
    this.viewing = viewing;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/exemptions/standing",
                "listStandingExemptions",
                "What there is to decide of each of several devices and rules; those that are not"
                    + " there are left out")
            .with(
                Parameter.any(
                    "of",
                    Schema.text(200),
                    SeveralExemptionsApi.MOST,
                    "A device and a rule with a colon between; at most "
                        + SeveralExemptionsApi.MOST
                        + " of them."))
            .answers(200, ALL)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::standing));
  }

  private HttpResponse standing(Call call) {
    var wanted = new LinkedHashSet<About>();
    for (var name : call.all("of")) {
      wanted.add(named(name));
    }
    if (wanted.size() > SeveralExemptionsApi.MOST) {
      throw Problem.query(
          "of: at most " + SeveralExemptionsApi.MOST + " at once, not " + wanted.size());
    }
    var standing = cases.within(call.session().scope()).standing(wanted);
    // Each is one of few that somebody asked for by its name, with what its person says.
    for (var device : standing.keySet().stream().map(About::device).distinct().toList()) {
      viewing.one(call, new DeviceId(device));
    }
    var known = published.now().keySet();
    var rows = new ArrayList<Json>();
    for (var about : wanted) {
      var one = standing.get(about);
      if (one != null) {
        rows.add(json(about, one, known.contains(about.rule())));
      }
    }
    return HttpResponse.json(200, Json.object().put("standing", rows).build());
  }

  private static About named(String name) {
    var colon = Math.max(0, name.indexOf(':'));
    try {
      var device = new DeviceId(name.substring(0, colon));
      return new About(device.value(), new RuleId(name.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw Problem.query("of: \"" + name + "\" is no device and rule with a colon between");
    }
  }

  /// A request for what is not published is none: there is nothing to be exempt from.
  private static Json json(About about, Standing one, boolean published) {
    var request = one.request();
    return Json.object()
        .put("device", about.device())
        .put("host", one.host())
        .put("rule", about.rule().value())
        .put("seen", Deciding.tag(one.seen()))
        .put("published", published)
        .put("request", published && request != null ? RequestJson.json(request) : null)
        .put("waiting", json(one.waiting(), one.host()))
        .put("holding", json(one.holding(), one.host()))
        .build();
  }

  private static @Nullable Json json(@Nullable ExemptionCase one, String host) {
    return one == null ? null : CaseJson.members(one, host).build();
  }
}
