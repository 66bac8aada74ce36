package dev.interdict.server.web.pages;

import dev.interdict.server.compliance.Evidence;
import dev.interdict.server.compliance.Evidence.On;
import dev.interdict.server.web.Asking;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.pages.ExemptionsView.Line;
import dev.interdict.server.web.pages.ExemptionsView.Tab;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// `/exemptions`: what waits, the longest first, what holds, what ends soon and what is over, each
/// with what was found there.
final class ExemptionsPage implements Page {
  static final String PATH = "/exemptions";

  /// On a page: each is read, and the address of those that are chosen names each.
  static final int ROWS = 25;

  private static final Map<String, String> SIZE = Map.of("size", Integer.toString(ROWS));
  private static final String STATE = "state";
  private static final String CATEGORY = "category";
  private static final String ASKED = "asked";
  private static final List<String> TABS =
      List.of(ASKED, "confirmed", "granted", "ending", "closed");
  private static final String REQUESTS = "listExemptionRequests";
  private static final String CASES = "listExemptions";

  private final Fleet fleet;

  ExemptionsPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var given = ask.query().text(STATE);
    var deciding = ask.api().may(REQUESTS);
    var state = given.isEmpty() ? deciding ? ASKED : "granted" : given;
    var asked = state.equals(ASKED);
    var list =
        asked
            ? Listed.of(
                "exemptions.jte",
                ask,
                PATH,
                REQUESTS,
                "requests",
                fleet.clock(),
                List.of("rule"),
                List.of(),
                SIZE)
            : Listed.of(
                "exemptions.jte",
                ask,
                PATH,
                CASES,
                "exemptions",
                fleet.clock(),
                List.of(STATE, "rule", CATEGORY),
                List.of(),
                SIZE);
    var tabs = new ArrayList<Tab>();
    for (var each : TABS) {
      if (deciding || !each.equals(ASKED)) {
        tabs.add(
            new Tab(
                words.named("state.exemptions", each),
                each.equals(state) ? list.total() : count(ask, each),
                href(each, ask.query()),
                each.equals(state)));
      }
    }
    var evidence =
        fleet.compliance().evidence(list.rows().stream().map(ExemptionsPage::on).toList());
    var lines = list.rows().stream().map(row -> line(row, state, evidence.get(on(row)))).toList();
    var here = ask.query().at(PATH, Listed.AFTER, ask.query().text(Listed.AFTER));
    return new Shown(
        words.text("exemptions.title"),
        List.of(),
        new ExemptionsView(
            tabs,
            state,
            rules(ask),
            Categories.of(words, words.text("filter.any"), "", true),
            chips(list, ask),
            list,
            here,
            lines,
            fleet.clock()),
        0);
  }

  /// A state that is a tab's is said by that.
  private List<DevicesView.Removable> chips(Listed list, Ask ask) {
    var states =
        TABS.stream()
            .map(each -> new Choice(each, ask.words().named("state.exemptions", each), false))
            .toList();
    var words = ask.words();
    var offered =
        Map.of("rule", rules(ask), STATE, states, CATEGORY, Categories.of(words, "", "", true));
    return TABS.contains(ask.query().text(STATE)) && ask.query().values(STATE).size() == 1
        ? list.chips(offered, words, STATE)
        : list.chips(offered, words);
  }

  private static On on(Row row) {
    return new On(row.text("device"), row.text("rule"));
  }

  private static Href href(String state, Query query) {
    var href = Href.to(PATH).with(STATE, state);
    for (var key : List.of("rule", CATEGORY)) {
      for (var value : query.values(key)) {
        href = href.with(key, value);
      }
    }
    return href;
  }

  private static long count(Ask ask, String state) {
    var parameters = new LinkedHashMap<>(Asking.chosen(ask.query(), "rule"));
    parameters.put("size", List.of("0"));
    if (!state.equals(ASKED)) {
      parameters.putAll(Asking.chosen(ask.query(), CATEGORY));
    }
    if (!state.equals(ASKED)) {
      parameters.put(STATE, List.of(state));
    }
    return ask.api().read(state.equals(ASKED) ? REQUESTS : CASES, parameters).number("total");
  }

  private List<Choice> rules(Ask ask) {
    var choices = new ArrayList<Choice>();
    choices.add(new Choice("", ask.words().text("filter.any"), false));
    fleet
        .rules()
        .forEach(rule -> choices.add(new Choice(rule.id().value(), rule.tool().name(), false)));
    return choices;
  }

  private Line line(Row row, String state, @Nullable Evidence evidence) {
    var device = Href.to(PATH, row.text("device")).address();
    return new Line(
        row,
        Href.to(device, row.text("rule")),
        fleet.name(row.text("rule")),
        due(row, state),
        evidence);
  }

  private @Nullable Instant due(Row row, String state) {
    var since =
        switch (state) {
          case ASKED -> row.instant("heard");
          case "confirmed" -> row.row("first").instant("at");
          default -> null;
        };
    return since == null ? null : OneWorkday.after(since, fleet.zone());
  }
}
