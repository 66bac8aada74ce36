package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.compliance.Failure;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Terms;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.View;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.View.Clock;
import dev.interdict.server.web.View.Hand;
import dev.interdict.server.web.View.Rank;
import dev.interdict.server.web.View.StateCount;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.OverviewView.Aftermath;
import dev.interdict.server.web.pages.OverviewView.Blind;
import dev.interdict.server.web.pages.OverviewView.Hands;
import dev.interdict.server.web.pages.OverviewView.Headline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// One rule over the whole fleet: how many devices still have the software, where, and what has to
/// be done.
public final class OverviewPage implements Page {
  /// What stands in the address for all rules at once.
  private static final String ALL = "all";

  private static final int MOST_SOURCES = 8;
  private static final int MOST_HANDS = 5;

  private final Fleet fleet;
  private final Predicate<String> served;

  /// What it shows before the first publication.
  public record NoRules() implements View {
    @Override
    public String template() {
      return "no-rules.jte";
    }
  }

  /// @param served whether this console has a page of that path
  OverviewPage(Fleet fleet, Predicate<String> served) {
    this.fleet = fleet;
    this.served = served;
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
    if (chosen.equals(ALL)) {
      return new RulesPage(fleet).show(ask);
    }
    var group = ask.query().text("group");
    if (!group.isEmpty() && Where.of(group) == null) {
      return new Senseless();
    }
    var rule = chosen.isEmpty() ? rules.getFirst() : fleet.rule(chosen).orElse(null);
    if (rule == null) {
      return new Missing();
    }
    try {
      return shown(ask, rule, Narrowed.of(ask.query()));
    } catch (IllegalArgumentException e) {
      return new Senseless(e);
    }
  }

  private Shown shown(Ask ask, Rule rule, Narrowed narrowed) {
    var words = ask.words();
    var seen = fleet.of(narrowed.part());
    var overview = seen.compliance().overview(rule.id().value());
    var course = Course.of(seen, rule, overview.total(), narrowed.period(), words);
    var view = view(ask, rule, seen, overview, course, narrowed);
    return new Shown(words.text("nav.overview"), List.of(), view, course.pause());
  }

  private OverviewView view(
      Ask ask, Rule rule, Fleet seen, Overview overview, Course course, Narrowed narrowed) {
    var words = ask.words();
    var whole = ask.session().scope().isWhole();
    var where = Where.of(ask.query().text("group"));
    var id = rule.id().value();
    return new OverviewView(
        fleet.head(rule, words),
        choices(rule, words),
        narrowed.filters(
            narrowed.part().isWhole()
                ? Narrowed.departments(overview, words)
                : fleet.departments(words),
            fleet.rings(words),
            words),
        narrowed.period().written(),
        narrowed.copied(id, overview.total().at(), fleet.shown(rule)),
        narrowed.kept(),
        narrowed.removable(words),
        fleet.compliance().halt(id),
        overview.tooSmall(),
        new Headline(
            overview.counts().hasIt(),
            overview.counts().total(),
            seen.compliance().affected().count(overview),
            narrowed.to(Href.to(AffectedPage.PATH).with("rule", id)),
            narrowed.to(Standings.having(id)),
            course.fewer(),
            course.since(),
            course.until(),
            course.pace(),
            overview.hiddenBySilence(),
            overview.counts().get(Status.SILENT),
            narrowed.to(Standings.devices(id, List.of(Status.SILENT))),
            allClear(overview),
            overview.total().lastReport(),
            new Clock(overview.total().at(), fleet.shown())),
        course.burndown(),
        whole && narrowed.part().isWhole() ? aftermath(ask, rule, overview) : null,
        Standings.parts(overview.counts(), id, fleet.silentAfter(), words).stream()
            .map(part ->
                new StateCount(part.look(), part.label(), part.count(), narrowed.to(part.href())))
            .toList(),
        (where == null ? Where.DEPARTMENT : where).parts(seen, overview, narrowed, words),
        sources(overview, narrowed, words),
        systems(overview, narrowed, words),
        hands(seen, overview, narrowed, words),
        new WaitingOnYou(fleet, served).of(ask, overview, narrowed),
        blind(overview, narrowed, words),
        export(id, where, narrowed, rule, overview.total().at()));
  }

  /// Who told too little, or is exempt whatever they have, reports too, and is not known to be
  /// clear.
  private static long allClear(Overview overview) {
    var counts = overview.counts();
    var others =
        counts.hasIt()
            + counts.get(Status.EXEMPT)
            + counts.get(Status.UNKNOWN)
            + counts.get(Status.UNEXPECTED)
            + counts.get(Status.UNSUPPORTED);
    return others > 0 ? 0 : counts.compliant();
  }

  private Href export(String id, @Nullable Where where, Narrowed narrowed, Rule rule, Instant now) {
    var zone = fleet.shown(rule);
    var chosen = narrowed.period().start(now, zone);
    var until = narrowed.period().end(now, zone);
    var since = chosen == null ? rule.timeline().announceAt() : chosen;
    if (until != null && !since.isBefore(until)) {
      // What ends before the announcement has no course, and the file is asked for none.
      since = until.minusMillis(1);
    }
    // The first day begins before it in zones that are ahead.
    since = since.isBefore(Asked.FIRST) ? Asked.FIRST : since;
    return narrowed
        .to(Href.to("/export", "exportOverview").with("rule", id))
        .with("group", where == null ? "" : where.key())
        .with("from", since.toString())
        .with("to", until == null ? "" : until.toString())
        .with(Listed.ZONE, narrowed.query().text(Listed.ZONE))
        .with("bom", "true");
  }

  private List<Choice> choices(Rule shown, Words words) {
    var choices = new ArrayList<Choice>();
    for (var rule : fleet.rules()) {
      choices.add(new Choice(rule.id().value(), rule.tool().name(), rule.equals(shown)));
    }
    choices.add(new Choice(ALL, words.text("overview.all-rules"), false));
    return choices;
  }

  private @Nullable Aftermath aftermath(Ask ask, Rule rule, Overview overview) {
    var timeline = rule.timeline();
    var effective = timeline.effectiveAt(timeline.zone());
    if (effective.isAfter(overview.total().at())) {
      return null;
    }
    var counts = fleet.afterwards().of(rule.id().value(), effective);
    var events =
        ask.api().may("listEvents")
            ? Href.to(EventsPage.PATH)
                .with("rule", rule.id().value())
                .with("from", effective.toString())
            : null;
    return new Aftermath(
        counts.reappeared(),
        counts.blocked(),
        events == null ? null : events.with("type", EventKind.FINDING_REAPPEARED.word()),
        events == null ? null : events.with("type", EventKind.LAUNCH_BLOCKED.word()));
  }

  private static List<Rank> sources(Overview overview, Narrowed narrowed, Words words) {
    var most = overview.bySource().stream().mapToLong(Overview.Source::devices).max().orElse(0);
    return overview.bySource().stream()
        .limit(MOST_SOURCES)
        .map(source ->
            new Rank(
                words.named("source", source.name()),
                source.devices(),
                most,
                narrowed
                    .to(Standings.having(overview.rule()))
                    .with("detector", Terms.written(source.name()))))
        .toList();
  }

  private static List<Rank> systems(Overview overview, Narrowed narrowed, Words words) {
    var having = overview.byOs().stream().filter(group -> group.counts().hasIt() > 0).toList();
    var most = having.stream().mapToLong(group -> group.counts().hasIt()).max().orElse(0);
    return having.stream()
        .map(group ->
            new Rank(
                Where.OS.name(group.name(), words),
                group.counts().hasIt(),
                most,
                systems(narrowed, Standings.having(overview.rule()), group)))
        .toList();
  }

  private static Href systems(Narrowed narrowed, Href having, Overview.Group group) {
    var several = group.name().equals(Overview.Group.SMALL);
    return Where.OS.of(narrowed.but(several ? "" : Where.OS.key(), having), group.name());
  }

  private static Hands hands(Fleet seen, Overview overview, Narrowed narrowed, Words words) {
    var oldest =
        overview.tooSmall()
            ? List.<Failure>of()
            : seen.compliance().failures(overview.rule(), MOST_HANDS);
    return new Hands(
        overview.counts().get(Status.FAILED),
        narrowed.to(Standings.devices(overview.rule(), List.of(Status.FAILED))),
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

  private static List<Blind> blind(Overview overview, Narrowed narrowed, Words words) {
    var blind = new ArrayList<Blind>();
    blind(
        blind,
        overview,
        narrowed,
        Status.NOT_ENROLLED,
        words,
        words.text("blind.not-enrolled.why"));
    blind(blind, overview, narrowed, Status.UNEXPECTED, words, words.text("blind.unexpected.why"));
    blind(
        blind, overview, narrowed, Status.UNSUPPORTED, words, words.text("blind.unsupported.why"));
    blind(blind, overview, narrowed, Status.UNKNOWN, words, words.text("blind.unknown.why"));
    return List.copyOf(blind);
  }

  private static void blind(
      List<Blind> all,
      Overview overview,
      Narrowed narrowed,
      Status status,
      Words words,
      String detail) {
    var count = overview.counts().get(status);
    if (count > 0) {
      all.add(
          new Blind(
              count,
              words.text("blind." + status.word(), count),
              detail,
              narrowed.to(Standings.devices(overview.rule(), List.of(status)))));
    }
  }
}
