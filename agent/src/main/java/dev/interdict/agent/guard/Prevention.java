package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Gate;
import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.enforce.Held;
import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.report.Reporting;
import dev.interdict.decide.Verdict;
import dev.interdict.json.Fields;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.RuleId;
import dev.interdict.report.ActionKind;
import dev.interdict.report.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// Keeps the gate and the watch in step with what is judged, and remembers and tells what they saw.
///
/// Barred is what is due by its date, matched strongly and disputed by nobody; watched are the
/// places of it and of what was taken. Both end with the rule's turn: with an exemption, a stop, or
/// a policy that names it no more.
final class Prevention {
  /// Programs of one package.
  private static final int MOST_WATCHED = 64;

  private final Gate gate;
  private final Watch watch;
  private final Bench bench;
  private final Stubs stubs;
  private final Ledger ledger;
  private final Events events;
  private final Teller teller;
  private final Reporter reporter;

  /// What is barred of packages that a manager owns, as it was last judged.
  private Map<Item, List<Part>> managed = Map.of();

  Prevention(
      Gate gate,
      Watch watch,
      Bench bench,
      Ledger ledger,
      Events events,
      Teller teller,
      Reporter reporter) {
    this.gate = gate;
    this.watch = watch;
    this.bench = bench;
    this.stubs = new Stubs(bench);
    this.ledger = ledger;
    this.events = events;
    this.teller = teller;
    this.reporter = reporter;
  }

  /// What was seen, without what we left ourselves.
  Inventory withoutStubs(Inventory inventory) {
    return stubs.without(inventory);
  }

  /// Bars and watches what follows from this judgement, and nothing else any more; stubs that
  /// nothing calls for are taken away.
  void follow(List<Judged> judged, Instant now) {
    stubs.follow(judged, now);
    managed = managed(judged);
    gate.bar(judged.stream().filter(Prevention::inForce).flatMap(this::barred).toList());
    var ruled = judged.stream().filter(Prevention::inForce).toList();
    watch.over(ruled.isEmpty() ? Set.of() : places(ruled), carriers(judged));
  }

  /// Of what was removed nothing is there that more than a notice could follow from, and it is
  /// watched all the same.
  private static boolean inForce(Judged one) {
    return one.verdict() instanceof Verdict.Due
        && one.rule().enforcement().compareTo(Enforcement.BLOCK) >= 0;
  }

  private Stream<RemovalPlan> barred(Judged one) {
    return one.due().stream()
        .filter(finding -> finding.strength() == Matcher.Strength.STRONG)
        .map(finding ->
            managed.containsKey(finding.item())
                ? Removing.plan(finding).withParts(managed.get(finding.item()))
                : Removing.plan(finding));
  }

  /// The programs of packages that are to be blocked and no more. One that is to be removed is not
  /// barred: a script of its own may have to start it when its manager removes it.
  private Map<Item, List<Part>> managed(List<Judged> judged) {
    var programs = new HashMap<Item, List<Part>>();
    for (var one : judged) {
      if (one.verdict() instanceof Verdict.Due(var _, var most) && most == Enforcement.BLOCK) {
        for (var finding : one.due()) {
          if (finding.strength() == Matcher.Strength.STRONG) {
            ManagedPackage.of(finding.item())
                .ifPresent(found -> programs.put(finding.item(), programs(found)));
          }
        }
      }
    }
    return programs;
  }

  private List<Part> programs(ManagedPackage found) {
    try {
      return bench.at(hands -> hands.programs(found));
    } catch (IOException e) {
      // The next judgement asks again.
      return List.of();
    }
  }

  private Set<Watch.Place> places(List<Judged> ruled) {
    var places = new LinkedHashSet<Watch.Place>();
    var rules = new HashSet<RuleId>();
    for (var one : ruled) {
      rules.add(one.rule().id());
      barred(one)
          .forEach(plan ->
              watched(plan)
                  .map(part -> new Watch.Place(plan.rule(), plan.owner(), part.path()))
                  .forEach(places::add));
    }
    for (var thing : held()) {
      if (rules.contains(thing.rule())) {
        places.add(new Watch.Place(thing.rule(), thing.owner(), thing.path()));
      }
    }
    return places;
  }

  /// Its programs are not watched beside what they belong to; of a package that a manager owns they
  /// are all there is.
  private static Stream<Part> watched(RemovalPlan plan) {
    var rest = plan.parts().stream().filter(part -> part.role() != Part.Role.EXECUTABLE).toList();
    return rest.isEmpty() ? plan.parts().stream().limit(MOST_WATCHED) : rest.stream();
  }

  private List<Held> held() {
    try {
      return bench.at(Hands::held);
    } catch (IOException e) {
      // The next judgement asks again.
      return List.of();
    }
  }

  private static List<Watch.Carrier> carriers(List<Judged> judged) {
    var carriers = new ArrayList<Watch.Carrier>();
    for (var one : judged) {
      for (var finding : one.findings()) {
        for (var part : finding.item().parts()) {
          if (part.role() == Part.Role.MAIN) {
            var item = Reporting.identity(finding.item().identity());
            carriers.add(new Watch.Carrier(one.rule().id(), item, part.path()));
          }
        }
      }
    }
    return carriers;
  }

  /// Remembers and tells what was tried and what arrived since it was last heard.
  void hear(List<Judged> judged, Inventory inventory, Instant now) throws IOException {
    for (var tried : gate.tried()) {
      events.on(
          new Event.Prevented(tried.rule(), tried.item(), tried.prevented(), tried.stopped()));
      remember(tried, ActionKind.LAUNCH_BLOCKED, tried.prevented(), now);
      remember(tried, ActionKind.STOPPED, tried.stopped(), now);
      tell(tried.rule(), judged, inventory, now);
    }
    var releases = gate.releases();
    if (releases > 0) {
      events.on(new Event.LetThrough(releases));
      reporter.problem(Problem.LAUNCHES_LET_THROUGH, null);
    }
    var rules = new HashSet<RuleId>();
    for (var arrived : watch.arrived()) {
      var rule = arrived.place().rule();
      if (!stubs.stand(arrived.place()) && rules.add(rule)) {
        var cause = Fields.written(arrived.cause().kind());
        var program = arrived.cause().program();
        events.on(new Event.Arrived(rule, location(arrived.place()), cause, program));
        ledger.append(new Entry.Arrived(rule, now, cause, program));
      }
    }
  }

  private void remember(Gate.Tried tried, ActionKind kind, int times, Instant now)
      throws IOException {
    if (times > 0) {
      ledger.append(new Entry.Prevented(tried.rule(), now, kind, tried.item(), times));
    }
  }

  /// Once a day, however often somebody, or a supervisor, tries.
  private void tell(RuleId rule, List<Judged> judged, Inventory inventory, Instant now) {
    for (var one : judged) {
      if (one.rule().id().equals(rule)
          && one.verdict() instanceof Verdict.Due(var date, var _)
          && date.at() != null) {
        var zone = teller.zone(one.rule());
        var phase = new Phase.Enforced(date.at().atZone(zone));
        var what = "prevented " + now.atZone(zone).toLocalDate();
        var people = Recipients.of(one.due(), inventory.homes());
        teller.owe(Spoken.matter(one, phase), what, people);
      }
    }
  }

  private static String location(Watch.Place place) {
    var owner = place.owner();
    return owner != null && place.path().startsWith(owner.path())
        ? "~" + place.path().relativeTo(owner.path())
        : place.path().toString();
  }

  /// Whether nothing of what is due can be started.
  boolean holds(Judged one) {
    return gate.state() == Gate.State.HOLDING
        && one.due().stream()
            .map(Finding::item)
            .noneMatch(item -> managed.getOrDefault(item, item.parts()).isEmpty());
  }
}
