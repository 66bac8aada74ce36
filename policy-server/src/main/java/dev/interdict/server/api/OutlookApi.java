package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Forecast;
import dev.interdict.server.compliance.Sample;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.wording.Sentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a rule of the list in force will do and from when, and how many will still have its
/// software by then: the forecast of the overview. Thread-safe.
final class OutlookApi implements Operations.Resource {
  private static final Schema.Named OUTLOOK =
      Schema.named(
          "RuleOutlook",
          needs("rule", Schema.any()),
          needs("name", Schema.any()),
          needs("serial", Schema.count()),
          needs("enforcement", Schema.any()),
          needs("announced", Schema.instant()),
          needs("effective", Schema.instant()),
          needs("zone", Schema.any()),
          needs("at", Schema.instant()),
          may(
              "forecast",
              Schema.named(
                  "Forecast",
                  needs("low", Schema.count()),
                  needs("median", Schema.count()),
                  needs("high", Schema.count()))));

  private final Compliance compliance;
  private final Supplier<Blocklist> inForce;

  OutlookApi(Compliance compliance, Supplier<Blocklist> inForce) {
    this.compliance = compliance;
    this.inForce = inForce;
  }

  @Override
  public List<Operation> operations() {
    return List.of(
        Operation.get(
                "/rules/{rule}/outlook",
                "getRuleOutlook",
                "From when a rule of the list in force acts, and how many devices will probably"
                    + " still have its software then: the median of 200 draws, with their 10 and 90"
                    + " per cent; no forecast under five workdays or past the date")
            .with(Answers.RULE)
            .answers(200, OUTLOOK)
            .may(Role.VIEWER)
            .does(Reach.WITHIN, this::outlook));
  }

  private HttpResponse outlook(Call call) {
    var list = inForce.get();
    var rule =
        list.rules().stream()
            .filter(each -> each.id().value().equals(call.text("rule")))
            .findFirst()
            .orElseThrow(() ->
                Problem.missing(
                    Sentence.of(
                        "rule.not-in-force",
                        "no rule %s is in the list in force",
                        call.text("rule"))));
    var timeline = rule.timeline();
    var seen = compliance.within(call.session().scope());
    var now = seen.total(rule.id().value());
    var samples = new ArrayList<>(seen.history(rule.id().value(), timeline.announceAt(), now.at()));
    if (now.lastReport() != null) {
      samples.add(new Sample(now.at(), now.counts().hasIt()));
    }
    return HttpResponse.json(
        200,
        Json.object()
            .put("rule", rule.id().value())
            .put("name", rule.tool().name())
            .put("serial", list.serial())
            .put("enforcement", rule.enforcement().name().toLowerCase(Locale.ROOT))
            .put("announced", timeline.announceAt().toString())
            .put("effective", timeline.effectiveAt(timeline.zone()).toString())
            .put("zone", timeline.zone().getId())
            .put("at", now.at().toString())
            .put("forecast", json(Forecast.of(samples, timeline)))
            .build());
  }

  private static @Nullable Json json(@Nullable Forecast forecast) {
    if (forecast == null) {
      return null;
    }
    var last = forecast.steps().getLast();
    return Json.object()
        .put("low", last.low())
        .put("median", last.median())
        .put("high", last.high())
        .build();
  }
}
