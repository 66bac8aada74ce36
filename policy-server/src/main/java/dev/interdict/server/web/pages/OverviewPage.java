package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.compliance.Failure;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.compliance.Overview.Group;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.View;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.View.Clock;
import dev.interdict.server.web.View.Department;
import dev.interdict.server.web.View.Hand;
import dev.interdict.server.web.View.Rank;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.OverviewView.Blind;
import dev.interdict.server.web.pages.OverviewView.Departments;
import dev.interdict.server.web.pages.OverviewView.Hands;
import dev.interdict.server.web.pages.OverviewView.Headline;
import java.util.ArrayList;
import java.util.List;

/// One rule over the whole fleet: how many devices still have the software, where, and what has to
/// be done.
public final class OverviewPage implements Page {
  private static final int MOST_DEPARTMENTS = 10;
  private static final int MOST_SOURCES = 8;
  private static final int MOST_HANDS = 5;

  private final Fleet fleet;

  /// What it shows before the first publication.
  public record NoRules() implements View {
    @Override
    public String template() {
      return "no-rules.jte";
    }
  }

  OverviewPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return "/";
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var rules = fleet.rules();
    if (rules.isEmpty()) {
      return new Shown(words.text("nav.overview"), List.of(), new NoRules(), 10);
    }
    var chosen = ask.query().text("rule");
    var rule = chosen.isEmpty() ? rules.getFirst() : fleet.rule(chosen).orElse(null);
    if (rule == null) {
      return new Missing();
    }
    var overview = fleet.compliance().overview(rule.id().value());
    var course = Course.of(fleet, rule, overview.total(), words);
    return new Shown(
        words.text("nav.overview"), List.of(), view(rule, overview, course, words), course.pause());
  }

  private OverviewView view(Rule rule, Overview overview, Course course, Words words) {
    var id = rule.id().value();
    return new OverviewView(
        RuleText.head(rule, words),
        fleet.rules().stream()
            .map(other -> new Choice(other.id().value(), other.tool().name(), other.equals(rule)))
            .toList(),
        fleet.compliance().halt(id),
        new Headline(
            overview.counts().hasIt(),
            overview.counts().total(),
            Standings.having(id),
            course.fewer(),
            course.since(),
            course.pace(),
            overview.hiddenBySilence(),
            Standings.devices(id, List.of(Status.SILENT)),
            overview.total().lastReport(),
            new Clock(overview.total().at(), fleet.zone())),
        course.burndown(),
        Standings.parts(overview.counts(), id, fleet.silentAfter(), words),
        departments(overview, words),
        sources(overview),
        systems(overview, words),
        hands(overview, words),
        blind(overview, words));
  }

  private static Departments departments(Overview overview, Words words) {
    var having =
        overview.byDepartment().stream().filter(group -> group.counts().hasIt() > 0).toList();
    var most =
        having.stream()
            .limit(MOST_DEPARTMENTS)
            .map(group ->
                new Department(
                    named(group.name(), words),
                    group.counts().total(),
                    group.counts().hasIt(),
                    of(Href.to("/devices").with("rule", overview.rule()), "dept", group.name()),
                    of(Standings.having(overview.rule()), "dept", group.name())))
            .toList();
    return new Departments(most, having.size() - most.size());
  }

  private static List<Rank> sources(Overview overview) {
    var most = overview.bySource().stream().mapToLong(Overview.Source::devices).max().orElse(0);
    return overview.bySource().stream()
        .limit(MOST_SOURCES)
        .map(source ->
            new Rank(
                source.name(),
                source.devices(),
                most,
                Standings.having(overview.rule()).with("detector", source.name())))
        .toList();
  }

  private static List<Rank> systems(Overview overview, Words words) {
    var having = overview.byOs().stream().filter(group -> group.counts().hasIt() > 0).toList();
    var most = having.stream().mapToLong(group -> group.counts().hasIt()).max().orElse(0);
    return having.stream()
        .map(group ->
            new Rank(
                group.name().equals(Group.SMALL)
                    ? words.text("overview.small-groups")
                    : words.named("os", group.name()),
                group.counts().hasIt(),
                most,
                of(Standings.having(overview.rule()), "os", group.name())))
        .toList();
  }

  private static String named(String department, Words words) {
    return switch (department) {
      case "" -> words.text("overview.no-department");
      case Group.SMALL -> words.text("overview.small-groups");
      default -> department;
    };
  }

  /// A list of one group; of all where it stands for several.
  private static Href of(Href list, String key, String group) {
    return group.equals(Group.SMALL)
        ? list
        : list.with(key, key.equals("dept") ? DevicesPage.written(group) : group);
  }

  private Hands hands(Overview overview, Words words) {
    var oldest = fleet.compliance().failures(overview.rule(), MOST_HANDS);
    return new Hands(
        overview.counts().get(Status.FAILED),
        Standings.devices(overview.rule(), List.of(Status.FAILED)),
        oldest.stream().map(failure -> hand(failure, words)).toList());
  }

  private static Hand hand(Failure failure, Words words) {
    return new Hand(
        failure.host(),
        Href.to("/devices", failure.id().value()),
        failure.department(),
        words.named("error", failure.error()),
        words.named("next", failure.error()),
        failure.since());
  }

  private List<Blind> blind(Overview overview, Words words) {
    var blind = new ArrayList<Blind>();
    blind(blind, overview, Status.NOT_ENROLLED, words, words.text("blind.not-enrolled.why"));
    blind(blind, overview, Status.UNEXPECTED, words, words.text("blind.unexpected.why"));
    blind(
        blind,
        overview,
        Status.SILENT,
        words,
        words.text(
            "blind.silent.had", words.rough(fleet.silentAfter()), overview.hiddenBySilence()));
    blind(blind, overview, Status.UNSUPPORTED, words, words.text("blind.unsupported.why"));
    blind(blind, overview, Status.UNKNOWN, words, words.text("blind.unknown.why"));
    return List.copyOf(blind);
  }

  private static void blind(
      List<Blind> all, Overview overview, Status status, Words words, String detail) {
    var count = overview.counts().get(status);
    if (count > 0) {
      all.add(
          new Blind(
              count,
              words.text("blind." + status.word(), count),
              detail,
              Standings.devices(overview.rule(), List.of(status))));
    }
  }
}
