package dev.interdict.server.api;

import static dev.interdict.server.api.Schema.may;
import static dev.interdict.server.api.Schema.needs;

import dev.interdict.json.Json;
import dev.interdict.server.exemptions.Request;

/// Requests for exemptions as answers hold them.
final class RequestJson {
  private RequestJson() {}

  static final Schema.Named REQUEST =
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
          may("filed-by", Schema.any()),
          needs("asked", Schema.count()));

  static Json.Obj json(Request request) {
    return Json.object()
        .put("request", request.id())
        .put("device", request.about().device())
        .put("host", request.host())
        .put("rule", request.about().rule().value())
        .put("heard", request.heard().toString())
        .put("until", Answers.text(request.until()))
        .put("reason", request.reason())
        .put("person", request.person())
        .put("filed-by", request.filedBy())
        .put("asked", request.asked())
        .build();
  }
}
