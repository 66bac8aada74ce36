package dev.interdict.server.web.pages;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.server.web.Asking;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.MeView.Answer;
import dev.interdict.server.web.pages.MeView.Asked;
import dev.interdict.server.web.pages.MeView.Concern;
import dev.interdict.server.web.pages.MeView.Mine;
import dev.interdict.server.web.pages.MeView.Told;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/me`: what happens on the devices of whoever is signed in, what they asked, who looked, and
/// their account.
final class MePage implements Page {
  /// Each of them is read whole.
  private static final String ON_A_PAGE = "20";

  /// More than there are requests that they could be the answers to.
  private static final String MOST_CASES = "1000";

  private final Fleet fleet;

  MePage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return "/me";
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var me = ask.api().read("getMe", Map.of());
    var list = devices(ask);
    var asking = OwnRequests.of(ask);
    var view =
        new MeView(
            me,
            ask.api().read("listMySessions", Map.of()),
            list,
            words.list(list.answer().texts("names")),
            list.rows().stream().map(row -> mine(row, asking, ask)).toList(),
            ask.session().account().startsWith("oidc-"),
            MeView.Contact.of(fleet.whom(words)),
            fleet.clock());
    return new Shown(words.text("me.title"), List.of(), view, 0);
  }

  private Listed devices(Ask ask) {
    var parameters = new LinkedHashMap<>(Asking.chosen(ask.query(), Listed.AFTER));
    parameters.put("size", List.of(ON_A_PAGE));
    var answer = ask.api().read("listMyDevices", parameters);
    return new Listed(
        "me.jte",
        path(),
        ask.query(),
        answer,
        "devices",
        List.of(),
        Map.of(),
        Map.of(),
        fleet.clock());
  }

  private Mine mine(Row row, OwnRequests asking, Ask ask) {
    var id = row.text("device");
    if (id.isEmpty()) {
      return new Mine(row.text("host"), null, List.of(), List.of(), row);
    }
    var device = ask.api().read("getDevice", "device", id);
    var cases =
        ask.api().may("listDeviceExemptions")
            ? ask.api()
                .read(
                    "listDeviceExemptions",
                    Map.of("device", List.of(id), "size", List.of(MOST_CASES)))
                .rows("cases")
            : List.<Row>of();
    var words = ask.words();
    return new Mine(
        device.text("host").isEmpty() ? row.text("host") : device.text("host"),
        id,
        device.rows("rules").stream().map(rule -> concern(id, rule, cases, asking, words)).toList(),
        asked(asking.all(id, device.rows("answers")), cases, words),
        row);
  }

  private Concern concern(
      String device, Row row, List<Row> cases, OwnRequests asking, Words words) {
    var id = row.text("rule");
    var rule = fleet.rule(id).orElse(null);
    var name = fleet.name(id);
    var zone = fleet.shown(id);
    var has = List.of("present", "removing", "failed").contains(row.text("reported"));
    var due = row.instant("due");
    var exempt = row.instant("exempt-until");
    var now = fleet.clock().now();
    String sentence;
    var next = "";
    var look = "has";
    if (!has) {
      var unknown = row.text("reported").equals("unknown");
      sentence = words.text(unknown ? "me.unknown" : "me.gone", name);
      look = unknown ? "unknown" : "clear";
    } else if (exempt != null && exempt.isAfter(now)) {
      sentence = words.text("me.exempt", name, words.dateTime(exempt, zone));
      look = "exempt";
    } else if (row.text("reported").equals("failed")) {
      sentence = words.text("me.failed", name);
      next = words.text("me.failed.next");
      look = "failed";
    } else if (due == null) {
      sentence = words.text("me.has", name);
      next = words.text("me.has.next");
    } else if (due.isAfter(now)) {
      sentence = words.text("me.leaves", name, words.dateTime(due, zone));
      var midnight = words.midnight(due, zone);
      next =
          words.text("me.left", words.span(Duration.between(now, due)))
              + " · "
              + words.zone(zone)
              + (midnight == null ? "" : " · " + midnight);
    } else {
      sentence = words.text("me.due", name, words.dateTime(due, zone));
      next = words.text("me.due.next");
    }
    var enforcement = rule == null ? Enforcement.OBSERVE : atMost(rule, row.rows("findings"));
    var open = asking.open(device, row, rule, now);
    var month = now.atZone(zone).toLocalDate().plusMonths(1);
    return new Concern(
        id,
        sentence,
        next,
        look,
        rule == null ? null : told(rule, enforcement, words),
        has,
        has && rule != null && due != null && !look.equals("exempt")
            ? OwnWay.of(rule, enforcement, due, now, words)
            : List.of(),
        answers(
            id,
            enforcement,
            open == null || open.last().isAfter(month) ? month : open.last(),
            words),
        open,
        row.rows("findings"),
        look.equals("exempt") ? conditions(id, cases) : "");
  }

  /// Under which the exemption from a rule holds.
  private static String conditions(String rule, List<Row> cases) {
    return cases.stream()
        .filter(one -> one.text("rule").equals(rule) && one.text("state").equals("granted"))
        .findFirst()
        .map(one -> one.text("conditions"))
        .orElse("");
  }

  private static Enforcement atMost(Rule rule, List<Row> findings) {
    return rule.enforcement()
        .on(
            findings.isEmpty()
                || findings.stream().anyMatch(it -> it.text("strength").equals("strong")));
  }

  /// What can be typed on the computer, as the agent takes it; nothing where nobody is asked.
  private static List<Answer> answers(
      String rule, Enforcement enforcement, LocalDate until, Words words) {
    var answers = new ArrayList<Answer>();
    if (enforcement == Enforcement.REMOVE) {
      answers.add(new Answer(words.text("me.can.remove"), "interdict-agent remove " + rule));
    }
    if (enforcement != Enforcement.OBSERVE) {
      answers.add(
          new Answer(words.text("me.can.remind"), "interdict-agent remind " + rule + " --in 1d"));
      answers.add(new Answer(words.text("me.can.exempt"), Announcement.request(rule, until)));
    }
    return answers;
  }

  private static Told told(Rule rule, Enforcement enforcement, Words words) {
    var reason = rule.tool().reason();
    var replacement = rule.tool().replacement();
    return new Told(
        words.tag().equals("en") ? reason.en() : reason.zhCn(),
        replacement.name(),
        replacement.url(),
        rule.timeline().zone(),
        enforcement,
        rule.keep());
  }

  /// Each request with what was decided on it, newest first.
  private List<Asked> asked(List<Row> answers, List<Row> cases, Words words) {
    var asked = new ArrayList<Asked>();
    for (var answer : answers) {
      var at = answer.instant("at");
      if (at != null) {
        var decided = decided(answer, at, cases);
        var state = decided.text("state");
        var open = state.isEmpty() || state.equals("confirmed");
        asked.add(
            new Asked(
                at,
                fleet.name(answer.text("rule")),
                answer.text("reason"),
                answer.instant("until"),
                answer.has("request"),
                open ? "" : answer(decided, words),
                open ? "" : why(decided, words),
                state.equals("granted") ? decided.text("conditions") : "",
                switch (state) {
                  case "granted" -> "exempt";
                  case "refused" -> "failed";
                  default -> "wait";
                }));
      }
    }
    return asked;
  }

  private static String why(Row decided, Words words) {
    var reason = decided.text("reason");
    return decided.has("contact")
        ? words.text("me.requests.ask", reason, decided.text("contact"))
        : reason;
  }

  private static String answer(Row decided, Words words) {
    var state = decided.text("state");
    return words.named("state.exemption-step", state) + " · " + decided.row("decided").text("by");
  }

  /// The case that was opened next after a request for that rule.
  private static Row decided(Row answer, Instant at, List<Row> cases) {
    Row found = Row.NONE;
    for (var one : cases) {
      var opened = one.row("first").instant("at");
      if (one.text("rule").equals(answer.text("rule")) && isAfter(opened, at)) {
        found = one;
      }
    }
    return found;
  }

  private static boolean isAfter(@Nullable Instant opened, Instant at) {
    return opened != null && !opened.isBefore(at);
  }
}
