package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.compliance.Total;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.View;
import dev.interdict.server.web.View.Clock;
import dev.interdict.server.web.View.RuleHead;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.chart.Miniature;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;

/// Every published rule with its count and date.
public final class RulesPage implements Page {
  private final Fleet fleet;

  /// What it shows.
  ///
  /// @param total devices of the fleet
  public record Rules(List<Line> lines, long serial, long total, Age reported, Clock clock)
      implements View {
    public Rules {
      lines = List.copyOf(lines);
    }

    @Override
    public String template() {
      return "rules.jte";
    }
  }

  /// One rule.
  ///
  /// @param compliant devices that are clear or exempt
  public record Line(RuleHead rule, long has, long compliant, Href having, Miniature course) {}

  RulesPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return "/rules";
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var totals = new LinkedHashMap<Rule, Total>();
    fleet.rules().forEach(rule -> totals.put(rule, fleet.compliance().total(rule.id().value())));
    var oldest = totals.values().stream().map(Total::at).min(Comparator.naturalOrder());
    var view =
        new Rules(
            totals.entrySet().stream()
                .map(each -> line(each.getKey(), each.getValue(), words))
                .toList(),
            fleet.published().get().serial(),
            fleet.deviceCount(),
            fleet.reported(),
            oldest.map(at -> new Clock(at, fleet.shown())).orElseGet(fleet::clock));
    return new Shown(words.text("rules.title"), List.of(), view, 15);
  }

  private Line line(Rule rule, Total now, Words words) {
    var head = fleet.head(rule, words);
    return new Line(
        head,
        now.counts().hasIt(),
        now.counts().compliant(),
        Standings.having(rule.id().value()),
        new Miniature(Course.points(fleet, rule, now), head.announced(), head.effective()));
  }
}
