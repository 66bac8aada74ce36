package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.Category;
import dev.interdict.server.exemptions.ExemptionCase;
import dev.interdict.server.wording.Sentence;
import org.jspecify.annotations.Nullable;

/// Cases of exemptions as answers hold them. Thread-safe.
record CaseJson(Cases cases) {
  private static final Schema.Named STEP =
      Schema.named(
          "ExemptionStep",
          needs("by", Schema.any()),
          needs("at", Schema.instant()),
          may("reason", Schema.any()));

  /// One case.
  static final Schema.Named CASE =
      Schema.named(
          "Exemption",
          needs("case", Schema.any()),
          needs("state", Schema.words("confirmed", "granted", "refused", "withdrawn", "ended")),
          needs("device", Schema.any()),
          needs("host", Schema.any()),
          needs("rule", Schema.any()),
          may("request", Schema.any()),
          may("until", Schema.instant()),
          needs("reason", Schema.any()),
          may("category", Schema.words(Category.WRITTEN.toArray(String[]::new))),
          may("ticket", Schema.any()),
          may("conditions", Schema.any()),
          may("contact", Schema.any()),
          needs("first", STEP),
          may("decided", STEP),
          may("ended", STEP),
          may("unpublished", Schema.any()),
          may("unpublished" + Sentence.SAID, Sentences.SCHEMA));

  /// A case, to which more may be added.
  Json.Builder members(ExemptionCase one) {
    return members(one, cases.host(one.about().device()));
  }

  /// The same, of a device whose name was read already.
  static Json.Builder members(ExemptionCase one, String host) {
    var ended = one.ended();
    var decided = one.decided();
    return Json.object()
        .put("case", one.id())
        .put("state", one.state().written())
        .put("device", one.about().device())
        .put("host", host)
        .put("rule", one.about().rule().value())
        .put("request", one.request())
        .put("until", Answers.text(one.until()))
        .put("reason", one.reason())
        .put("category", one.category().isEmpty() ? null : one.category())
        .put("ticket", one.particulars().ticket())
        .put("conditions", one.particulars().conditions())
        .put("contact", one.contact())
        .put("first", step(one.opened(), null))
        .put("decided", decided == null ? null : step(decided, null))
        .put(
            "ended",
            ended == null
                ? null
                : step(new ExemptionCase.Step(ended.by(), ended.at()), ended.reason()));
  }

  /// A whole case.
  Json.Obj json(ExemptionCase one) {
    return members(one).build();
  }

  private static Json step(ExemptionCase.Step step, @Nullable String reason) {
    return Json.object()
        .put("by", step.by())
        .put("at", step.at().toString())
        .put("reason", reason)
        .build();
  }
}
