package dev.interdict.server.web.pages;

import dev.interdict.server.compliance.Counts;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View.StateCount;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `/rings`: the rings that devices are in, how a rule stands in each, and the stages in which each
/// rule proceeds.
final class RingsPage implements Page {
  static final String PATH = "/rings";
  private static final String RULE = "rule";
  private static final String RING = "ring";

  private final Fleet fleet;

  RingsPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var answer = ask.api().read("getRings", Map.of());
    var rules = answer.rows("rules");
    var asked = ask.query().text(RULE);
    var rule = asked.isEmpty() && !rules.isEmpty() ? rules.getFirst().text(RULE) : asked;
    if (!rule.isEmpty() && rules.stream().noneMatch(each -> each.text(RULE).equals(rule))) {
      return new Senseless();
    }
    var counts = rule.isEmpty() ? Map.<String, Counts>of() : counts(ask, rule);
    var together = counts.get(Overview.Group.SMALL);
    var rings = new ArrayList<RingsView.Ring>();
    for (var ring : answer.rows("rings")) {
      var name = ring.text("name");
      var told = counts.get(name);
      var states =
          told == null
              ? List.<StateCount>of()
              : states(ask, rule, told).stream().map(part -> part.within(RING, name)).toList();
      rings.add(new RingsView.Ring(ring, states));
    }
    var asking = new Answered(ask).with("hold", "getHold").with("trips", "listTrips", "size", "50");
    var chosen = ask.query().text(RING);
    if (!chosen.isEmpty()) {
      // One that nobody described yet is none; to describe it begins with nothing.
      asking.orWhy("chosen", "getRing", RING, chosen);
    }
    var answers = asking.shown("rings.jte", fleet);
    return new Shown(
        ask.words().text("rings.title"),
        List.of(),
        new RingsView(
            answers,
            answer,
            rule,
            rules,
            rings,
            together == null ? List.of() : states(ask, rule, together),
            fleet.within(ask.session().scope()).reported()),
        0);
  }

  private List<StateCount> states(Ask ask, String rule, Counts counts) {
    return Standings.parts(counts, rule, fleet.silentAfter(), ask.words());
  }

  private static Map<String, Counts> counts(Ask ask, String rule) {
    var counts = new HashMap<String, Counts>();
    for (var ring : ask.api().read("getRuleRings", RULE, rule).rows("rings")) {
      counts.put(ring.text(RING), counts(ring.row("states")));
    }
    return counts;
  }

  private static Counts counts(Row states) {
    var counts = new EnumMap<Status, Long>(Status.class);
    for (var status : Status.values()) {
      counts.put(status, states.number(status.word()));
    }
    return new Counts(counts);
  }
}
