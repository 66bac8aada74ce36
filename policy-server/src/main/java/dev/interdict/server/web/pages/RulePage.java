package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.RuleView.Impact;
import dev.interdict.server.web.pages.RuleView.Policy;
import dev.interdict.server.web.pages.RuleView.Ring;
import dev.interdict.server.web.pages.RuleView.Step;
import dev.interdict.server.web.pages.RuleView.Told;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// One rule: what it finds, what happens when, who is told what.
final class RulePage implements Page {
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
    var rule = fleet.rule(String.valueOf(ask.id())).orElse(null);
    if (rule == null) {
      return new Missing();
    }
    return new Shown(
        rule.tool().name(),
        List.of(new Crumb(words.text("nav.rules"), "/rules")),
        view(rule, words),
        15);
  }

  private RuleView view(Rule rule, Words words) {
    var blocklist = fleet.published().get();
    var overview = fleet.compliance().overview(rule.id().value());
    var assessment = rule.tool().assessment();
    return new RuleView(
        RuleText.head(rule, words),
        new Policy(
            blocklist.serial(),
            blocklist.issuer(),
            assessment == null ? null : assessment.summary(),
            rule.maxItemsPerDevice()),
        steps(rule, overview.total().at(), words),
        rule.match().stream().map(matcher -> RuleText.finds(matcher, words)).toList(),
        rule.keep(),
        impact(overview, words),
        told(rule),
        rule.scope().rings().stream()
            .map(ring ->
                new Ring(
                    ring.name(),
                    ring.percent(),
                    ring.at().atZone(rule.timeline().zone()).toInstant()))
            .toList(),
        fleet.clock());
  }

  private Impact impact(Overview overview, Words words) {
    return new Impact(
        Standings.parts(overview.counts(), overview.rule(), fleet.silentAfter(), words),
        overview.counts().hasIt(),
        overview.byDepartment().stream().filter(group -> group.counts().hasIt() > 0).count(),
        fleet.compliance().skipping(overview.rule()),
        Standings.having(overview.rule()));
  }

  private static Told told(Rule rule) {
    var timeline = rule.timeline();
    return new Told(
        rule.tool().reason().en(),
        rule.tool().reason().zhCn(),
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
