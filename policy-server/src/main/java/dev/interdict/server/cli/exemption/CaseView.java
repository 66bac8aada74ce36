package dev.interdict.server.cli.exemption;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.exemptions.CaseState;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.ExemptionCase;
import dev.interdict.server.exemptions.IssuedCode;
import dev.interdict.server.exemptions.Request;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Cases and requests for people and for programs. Host names and reasons of requests come from
/// devices, which may not be ours any more; they are printable since they were read.
final class CaseView {
  private CaseView() {}

  static void print(ExemptionCase one, Cases cases, Console console) {
    print(one, List.of(), cases, console);
  }

  /// @param codes that carry it
  static void print(ExemptionCase one, List<IssuedCode> codes, Cases cases, Console console) {
    console.field("Case", one.id() + ", " + state(one));
    console.field("Device", one.about().device() + " (" + cases.host(one.about().device()) + ")");
    console.field("Rule", one.about().rule().value());
    if (one.until() != null) {
      console.field("Until", Times.minutes(one.until()));
    }
    console.field("Reason", one.reason());
    var beside = one.particulars();
    if (beside.category() != null) {
      console.field("Category", beside.category().written());
    }
    if (beside.ticket() != null) {
      console.field("Ticket", beside.ticket());
    }
    if (beside.conditions() != null) {
      console.field("Conditions", beside.conditions());
    }
    console.field("First step", step(one.opened()));
    if (one.decided() != null) {
      console.field("Decided", step(one.decided()));
    }
    if (one.contact() != null) {
      console.field("Contact", one.contact());
    }
    if (one.ended() != null) {
      console.field(
          "Ended",
          step(new ExemptionCase.Step(one.ended().by(), one.ended().at()))
              + ": "
              + one.ended().reason());
    }
    if (one.request() != null) {
      console.field("Request", one.request());
    }
    for (var code : codes) {
      console.field("Code", code(code));
    }
  }

  private static String code(IssuedCode code) {
    return code.name()
        + ", "
        + (code.used() == null ? "not known to be used" : "used " + Times.minutes(code.used()))
        + ", until "
        + Times.minutes(code.until())
        + ", by "
        + code.by();
  }

  /// As [#state(ExemptionCase)] in at most 12 columns; of one that holds, what is known of the last
  /// code that carries it.
  static String state(ExemptionCase one, List<IssuedCode> codes) {
    return codes.isEmpty() || one.state() != CaseState.GRANTED
        ? state(one)
        : codes.getLast().used() == null ? "code given" : "code used";
  }

  private static String step(ExemptionCase.Step step) {
    return step.by() + ", " + Times.minutes(step.at());
  }

  /// What a case waits for, or what became of it.
  static String state(ExemptionCase one) {
    return switch (one.state()) {
      case CONFIRMED -> "security";
      case GRANTED, REFUSED, WITHDRAWN, ENDED -> one.state().written();
    };
  }

  static void print(Request request, Console console) {
    console.field("Request", request.id() + ", waits for the manager");
    console.field("Device", request.about().device() + " (" + request.host() + ")");
    console.field("Rule", request.about().rule().value());
    console.field("Asked", Times.minutes(request.heard()) + times(request));
    if (request.filedBy() != null) {
      console.field("Filed by", request.filedBy() + ", at the console");
    }
    console.field("Until", request.until() == null ? "-" : Times.minutes(request.until()));
    console.field("Reason", request.reason() == null ? "-" : request.reason());
  }

  private static String times(Request request) {
    return request.asked() == 1 ? "" : ", the last of " + request.asked() + " times";
  }

  static Json json(ExemptionCase one, Cases cases) {
    return json(one, List.of(), cases);
  }

  static Json json(ExemptionCase one, List<IssuedCode> codes, Cases cases) {
    var ended = one.ended();
    return Json.object()
        .put("case", one.id())
        .put("state", one.state().written())
        .put("device", one.about().device())
        .put("host", cases.host(one.about().device()))
        .put("rule", one.about().rule().value())
        .put("request", one.request())
        .put("until", text(one.until()))
        .put("reason", one.reason())
        .put("category", one.category().isEmpty() ? null : one.category())
        .put("ticket", one.particulars().ticket())
        .put("conditions", one.particulars().conditions())
        .put("contact", one.contact())
        .put("first", step(one.opened(), null))
        .put("decided", one.decided() == null ? null : step(one.decided(), null))
        .put(
            "ended",
            ended == null
                ? null
                : step(new ExemptionCase.Step(ended.by(), ended.at()), ended.reason()))
        .put("codes", codes.stream().map(CaseView::json).toList())
        .build();
  }

  private static Json json(IssuedCode code) {
    return Json.object()
        .put("name", code.name())
        .put("until", code.until().toString())
        .put("issued", code.issued().toString())
        .put("by", code.by())
        .put("used", text(code.used()))
        .build();
  }

  private static Json step(ExemptionCase.Step step, @Nullable String reason) {
    var json = Json.object().put("by", step.by()).put("at", step.at().toString());
    return reason == null ? json.build() : json.put("reason", reason).build();
  }

  static Json json(Request request) {
    return Json.object()
        .put("request", request.id())
        .put("state", "manager")
        .put("device", request.about().device())
        .put("host", request.host())
        .put("rule", request.about().rule().value())
        .put("heard", request.heard().toString())
        .put("until", text(request.until()))
        .put("reason", request.reason())
        .put("person", request.person())
        .put("filed-by", request.filedBy())
        .put("asked", request.asked())
        .build();
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : at.toString();
  }
}
