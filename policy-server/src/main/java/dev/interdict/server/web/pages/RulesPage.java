package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Words;
import java.util.List;

/// Every published rule with its count and date.
final class RulesPage implements Page {
  private final Fleet fleet;

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
    var lines = fleet.rules().stream().map(rule -> line(rule, words)).toList();
    var view =
        new RulesView(lines, fleet.published().get().serial(), fleet.devices(), fleet.clock());
    return new Shown(words.text("rules.title"), List.of(), view, 15);
  }

  private RulesView.Line line(Rule rule, Words words) {
    var overview = fleet.compliance().overview(rule.id().value());
    var points = Course.points(fleet, rule, overview);
    var step = Math.max(1, points.size() / 40);
    var course = new java.util.ArrayList<Long>();
    for (var i = (points.size() - 1) % step; i >= 0 && i < points.size(); i += step) {
      course.add(points.get(i).count());
    }
    return new RulesView.Line(
        RuleText.head(rule, words),
        overview.counts().hasIt(),
        overview.counts().compliant(),
        Standings.having(rule.id().value()),
        List.copyOf(course));
  }
}
