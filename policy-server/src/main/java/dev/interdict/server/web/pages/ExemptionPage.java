package dev.interdict.server.web.pages;

import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.ExemptionView.About;
import dev.interdict.server.web.pages.ExemptionView.Happening;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/exemptions/{device}/{rule}`: one device and rule, and the forms by which people decide.
final class ExemptionPage implements Page {
  private static final DateTimeFormatter TYPED = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm");

  private final Fleet fleet;

  ExemptionPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return ExemptionsPage.PATH + "/{device}/{rule}";
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var device = ask.place("device");
    var rule = ask.place("rule");
    var answer =
        ask.api().read("getExemptions", Map.of("device", List.of(device), "rule", List.of(rule)));
    var cases = answer.rows("cases");
    var waiting = in(cases, "confirmed");
    var clock = fleet.clock();
    var zone = fleet.shown(rule);
    var most = clock.now().plus(Duration.ofDays(answer.number("longest-days")));
    var onDevice =
        ask.api().read("getDevice", "device", device).rows("rules").stream()
            .filter(row -> row.text("rule").equals(rule))
            .findFirst()
            .orElse(Row.NONE);
    var name = fleet.name(rule);
    var host = answer.text("host").isEmpty() ? device : answer.text("host");
    var view =
        new ExemptionView(
            answer,
            new About(device, host, rule, name),
            onDevice,
            onDevice.has("state")
                ? Standings.of(Status.ofWord(onDevice.text("state")), null, null, words)
                : null,
            zone,
            waiting,
            in(cases, "granted"),
            barred(answer, waiting, ask, words),
            until(answer.row("request"), waiting, most, zone),
            most,
            due(answer.row("request"), waiting),
            history(answer, words),
            ask.session().account(),
            clock);
    return new Shown(
        host + " · " + name,
        List.of(new Crumb(words.text("exemptions.title"), ExemptionsPage.PATH)),
        view,
        0);
  }

  /// The newest case in that state; nothing where none is.
  static Row in(List<Row> cases, String state) {
    return cases.stream()
        .filter(row -> row.text("state").equals(state))
        .findFirst()
        .orElse(Row.NONE);
  }

  /// Why whoever looks may not take the next step, in words; null where they may.
  static @Nullable String barred(Row answer, Row waiting, Ask ask, Words words) {
    var second = waiting.has("case");
    if (!answer.flag("published")) {
      return words.text("exemption.barred.unpublished");
    }
    if (!ask.api().may("grantExemption")) {
      return words.text("exemption.barred.role");
    }
    if (second && waiting.row("first").text("by").equals(ask.session().account())) {
      return words.text("exemption.barred.first", waiting.text("case"));
    }
    var me = ask.session().account();
    if (answer.row("request").text("filed-by").equals(me)
        || answer.rows("requests").stream().anyMatch(row -> row.text("filed-by").equals(me))) {
      return words.text("exemption.barred.own");
    }
    return second && !ask.session().may(Role.APPROVER)
        ? words.text("exemption.barred.approver")
        : null;
  }

  private static String until(Row request, Row waiting, Instant most, ZoneId zone) {
    var wanted = waiting.has("case") ? waiting.instant("until") : request.instant("until");
    return wanted == null ? "" : TYPED.format((wanted.isAfter(most) ? most : wanted).atZone(zone));
  }

  private @Nullable Instant due(Row request, Row waiting) {
    var since = waiting.has("case") ? waiting.row("first").instant("at") : request.instant("heard");
    return since == null ? null : OneWorkday.after(since, fleet.zone());
  }

  /// All that was asked and decided, newest first.
  private static List<Happening> history(Row answer, Words words) {
    var history = new ArrayList<Happening>();
    for (var asked : answer.rows("requests")) {
      add(
          history,
          asked.instant("at"),
          asked.text("filed-by"),
          words.text("exemption.did.asked"),
          asked);
    }
    for (var one : answer.rows("cases")) {
      history.addAll(steps(one, words));
    }
    for (var code : answer.rows("codes")) {
      var what = words.text("exemption.did.code", code.text("name"));
      history.add(
          new Happening(
              at(code, "issued"), code.text("by"), what, "", Row.NONE, code.instant("until")));
      if (code.has("used")) {
        var used = words.text("exemption.did.used", code.text("name"));
        history.add(new Happening(at(code, "used"), "", used, "", Row.NONE, null));
      }
    }
    return history.reversed().stream()
        .sorted(Comparator.comparing(Happening::at).reversed())
        .toList();
  }

  /// The steps of one case. Its words are those of the last step.
  static List<Happening> steps(Row one, Words words) {
    var steps = new ArrayList<Happening>();
    var first = one.row("first");
    var decided = one.row("decided");
    var ended = one.row("ended");
    var refused = List.of("refused", "withdrawn").contains(one.text("state"));
    var name = one.text("case");
    var at = first.instant("at");
    // To refuse what nobody looked at opens the case with the same breath.
    if (at != null && !(refused && at.equals(decided.instant("at")))) {
      steps.add(
          new Happening(
              at,
              first.text("by"),
              words.text("exemption.did.first", name),
              decided.has("at") ? "" : one.text("reason"),
              decided.has("at") ? Row.NONE : one,
              decided.has("at") ? null : one.instant("until")));
    }
    if (decided.has("at")) {
      var what = refused ? one.text("state") : "granted";
      steps.add(
          new Happening(
              at(decided, "at"),
              decided.text("by"),
              words.named("state.exemption-step", what) + " (" + name + ")",
              one.text("reason"),
              refused ? Row.NONE : one,
              refused ? null : one.instant("until")));
    }
    if (ended.has("at")) {
      steps.add(
          new Happening(
              at(ended, "at"),
              ended.text("by"),
              words.named("state.exemption-step", "ended") + " (" + name + ")",
              ended.text("reason"),
              Row.NONE,
              null));
    }
    return steps;
  }

  private static Instant at(Row row, String name) {
    var at = row.instant(name);
    if (at == null) {
      throw new IllegalStateException("the API answered without " + name);
    }
    return at;
  }

  private static void add(
      List<Happening> to, @Nullable Instant at, String who, String what, Row row) {
    if (at != null) {
      to.add(new Happening(at, who, what, row.text("reason"), Row.NONE, row.instant("until")));
    }
  }
}
