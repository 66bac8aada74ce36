package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import dev.interdict.server.access.Role;
import dev.interdict.server.exemptions.About;
import dev.interdict.server.exemptions.DecisionOutcome;
import dev.interdict.server.exemptions.ExemptionCase;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The same decision on several exemptions. Each is named with what was seen of it, is decided by
/// itself by the very rules of a single one, and fails by itself: the answer says which were not
/// decided, and why. So nobody does to many what they may not do to one, and two people grant each.
/// Thread-safe.
final class SeveralExemptionsApi implements Operations.Resource {
  /// As many as are decided at once: each of them was looked at.
  static final int MOST = 100;

  private static final Schema.Member CASES =
      needs(
          "cases",
          new Schema.Items(
              Schema.object(
                  needs("device", Schema.text(100)),
                  needs("rule", Schema.text(100)),
                  needs("seen", Schema.text(100))),
              MOST));

  private static final Schema.Member REASON = needs("reason", Schema.text(500));

  private static final Schema.Named DECIDED =
      Schema.named(
          "DecidedExemptions",
          needs("done", Schema.list(CaseJson.CASE, MOST)),
          needs(
              "failed",
              Schema.list(
                  Schema.named(
                      "UndecidedExemption",
                      needs("device", Schema.any()),
                      needs("host", Schema.any()),
                      needs("rule", Schema.any()),
                      needs("kind", Schema.words("outdated", "conflict", "refused", "trust")),
                      needs("reason", Schema.any())),
                  MOST)),
          may("unpublished", Schema.any()));

  private final Deciding deciding;
  private final ExemptionFiles files;
  private final Viewing viewing;

  SeveralExemptionsApi(Deciding deciding, ExemptionFiles files, Viewing viewing) {
    this.deciding = deciding;
    this.files = files;
    this.viewing = viewing;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.post(
                "/exemptions/grant",
                "grantExemptions",
                "Takes the next of two steps towards each of several exemptions")
            .takes(CASES, may("until", Schema.instant()), REASON)
            .answers(200, DECIDED)
            .may(Role.HELPDESK, Role.APPROVER)
            .proved()
            .does(Reach.WITHIN, call -> each(call, deciding::grant)),
        Operation.post(
                "/exemptions/refuse", "refuseExemptions", "Says no to each of several that wait")
            .takes(CASES, REASON, needs("contact", Schema.text(500)))
            .answers(200, DECIDED)
            .may(Role.HELPDESK, Role.APPROVER)
            .does(Reach.WITHIN, call -> each(call, deciding::refuse)),
        Operation.post(
                "/exemptions/end",
                "endExemptions",
                "Takes back what waits, and ends what holds, of several")
            .takes(CASES, REASON)
            .answers(200, DECIDED)
            .may(Role.HELPDESK, Role.APPROVER)
            .proved()
            .does(Reach.WITHIN, call -> each(call, deciding::end)));
  }

  /// One that is to be decided.
  ///
  /// @param about null where nothing can be of that name
  private record Wanted(String device, String rule, String seen, @Nullable About about) {
    static Wanted of(Json.Obj row) {
      var device = text(row, "device");
      var rule = text(row, "rule");
      try {
        var about = new About(new DeviceId(device).value(), new RuleId(rule));
        return new Wanted(device, rule, text(row, "seen"), about);
      } catch (IllegalArgumentException e) {
        return new Wanted(device, rule, text(row, "seen"), null);
      }
    }

    private static String text(Json.Obj row, String name) {
      return row.get(name) instanceof Json.Text(var text) ? text : "";
    }
  }

  /// Written down one by one, then the signed files are made to say it, once.
  private HttpResponse each(Call call, Deciding.Deed deed) {
    var wanted = wanted(call);
    var hindrance = files.hindrance();
    if (hindrance != null) {
      throw Problem.of(hindrance.kind(), hindrance.reason());
    }
    var seen = new LinkedHashMap<Wanted, About>();
    for (var one : wanted) {
      var about = one.about();
      if (about != null && deciding.sees(call, about.device())) {
        seen.put(one, about);
      }
    }
    viewing.list(call, seen.values().stream().map(About::device).toList(), "exemptions");
    var done = new ArrayList<ExemptionCase>();
    var failed = new ArrayList<Json>();
    for (var one : wanted) {
      var about = seen.get(one);
      if (about == null) {
        failed.add(failed(one, "", "refused", "no device " + one.device() + " is enrolled"));
        continue;
      }
      var host = deciding.cases().host(about.device());
      var now = deciding.cases().seen(about);
      if (!Deciding.tag(now).equals(one.seen())) {
        var why = "it is " + Deciding.tag(now) + " by now; read it again, then decide";
        failed.add(failed(one, host, "outdated", why));
        continue;
      }
      switch (deed.run(call, about, now)) {
        case DecisionOutcome.Done(var decided) -> done.add(decided);
        case DecisionOutcome.NotDone(var kind, var why) ->
            failed.add(failed(one, host, Problem.word(kind), why));
      }
    }
    var unpublished = done.isEmpty() ? null : files.publish(call.actor());
    return HttpResponse.json(
        200,
        Json.object()
            .put("done", done.stream().map(new CaseJson(deciding.cases())::json).toList())
            .put("failed", failed)
            .put("unpublished", unpublished == null ? null : unpublished.reason())
            .build());
  }

  private static List<Wanted> wanted(Call call) {
    var wanted = new ArrayList<Wanted>();
    if (call.body().get("cases") instanceof Json.Arr(var items)) {
      for (var item : items) {
        if (item instanceof Json.Obj row) {
          wanted.add(Wanted.of(row));
        }
      }
    }
    if (wanted.isEmpty()) {
      throw Problem.value("cases", "names none");
    }
    return wanted;
  }

  private static Json failed(Wanted one, String host, String kind, String reason) {
    return Json.object()
        .put("device", one.device())
        .put("host", host)
        .put("rule", one.rule())
        .put("kind", kind)
        .put("reason", reason)
        .build();
  }
}
