package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.risk.OwnedRule;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.View.Age;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.RuleView.Impact;
import dev.interdict.server.web.pages.RuleView.Step;
import dev.interdict.server.web.pages.RuleView.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// `/rules/{id}`: one rule, what it finds, what happens when, who is told what; and what people may
/// do about it. Of a rule that left the list it says what it was.
public final class RulePage implements Page {
  /// The parts, of which the first is shown where none is named.
  public static final List<String> TABS =
      List.of("overview", "detection", "schedule", "notices", "devices", "exemptions", "history");

  private final Fleet fleet;

  RulePage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return "/rules/{id}";
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var id = ask.place("id");
    var rule = fleet.rule(id).orElse(null);
    var crumbs = List.of(new Crumb(words.text("nav.rules"), "/rules"));
    if (rule == null) {
      var versions = RuleVersions.of(ask.api(), id);
      return versions.isEmpty()
          ? new Missing()
          : new Shown(id, crumbs, new GoneRule(id, versions, fleet.clock()), 0);
    }
    var asked = ask.query().text("tab");
    var tab = asked.isEmpty() ? TABS.getFirst() : asked;
    return TABS.contains(tab)
        ? new Shown(rule.tool().name(), crumbs, view(rule, tab, ask), 15)
        : new Senseless();
  }

  private RuleView view(Rule rule, String tab, Ask ask) {
    var words = ask.words();
    var overview = fleet.compliance().overview(rule.id().value());
    var standing = new RuleStanding(fleet, rule, ask);
    var policy = standing.policy();
    return new RuleView(
        fleet.head(rule, words),
        tab,
        RulesPage.Owner.of(OwnedRule.of(rule, RiskStanding.entries(ask.api()))),
        policy,
        standing.control(),
        standing.way(policy),
        steps(rule, overview.total().at(), words),
        Detection.of(rule, overview, words),
        rule.match().stream().map(matcher -> RuleText.finds(matcher, words)).toList(),
        rule.keep(),
        impact(overview, words),
        told(rule, fleet, words),
        RingCounts.of(rule, overview.counts(), fleet.compliance()),
        standing.history(),
        fleet.clock());
  }

  private Impact impact(Overview overview, Words words) {
    return new Impact(
        Standings.parts(overview.counts(), overview.rule(), fleet.silentAfter(), words),
        overview.counts().hasIt(),
        overview.byDepartment().stream().filter(group -> group.counts().hasIt() > 0).count(),
        overview.counts().get(Status.EXEMPT),
        fleet.compliance().affected().count(overview),
        fleet.compliance().reaching().skipping(overview.rule()),
        Standings.having(overview.rule()),
        Href.to(AffectedPage.PATH).with("rule", overview.rule()),
        Href.to("/").with("rule", overview.rule()),
        new Age(overview.total().lastReport(), fleet.clock()));
  }

  private static Told told(Rule rule, Fleet fleet, Words words) {
    var timeline = rule.timeline();
    return new Told(
        rule.tool().reason().en(),
        rule.tool().reason().zhCn(),
        Notice.of(rule, words),
        Announcement.of(rule, fleet),
        timeline.minimumNotice(),
        timeline.reminders(),
        timeline.deferral().times(),
        timeline.deferral().by());
  }

  private static List<Step> steps(Rule rule, Instant now, Words words) {
    var timeline = rule.timeline();
    var effective = timeline.effectiveAt(timeline.zone());
    var dates = new ArrayList<Step>();
    dates.add(step(words.text("rule.step.announced"), timeline.announceAt(), now));
    for (var before : timeline.reminders()) {
      var at = effective.minus(before);
      if (at.isAfter(timeline.announceAt())) {
        dates.add(step(words.text("rule.step.reminder", words.rough(before)), at, now));
      }
    }
    for (var ring : rule.scope().rings()) {
      dates.add(step(ring.name(), ring.at().atZone(timeline.zone()).toInstant(), now));
    }
    dates.add(step(words.text("rule.step.effective"), effective, now));
    dates.sort(Comparator.comparing(Step::at));
    for (var i = 0; i < dates.size(); i++) {
      var date = dates.get(i);
      if (!date.done()) {
        dates.set(i, new Step(date.label(), date.at(), false, true));
        break;
      }
    }
    return List.copyOf(dates);
  }

  private static Step step(String label, Instant at, Instant now) {
    return new Step(label, at, !at.isAfter(now), false);
  }
}
