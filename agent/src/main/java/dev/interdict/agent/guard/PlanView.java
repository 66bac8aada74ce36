package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Foreseen;
import dev.interdict.agent.enforce.Hands;
import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.ProtectedList;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.Uninstalling;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.match.Finding;
import dev.interdict.agent.report.Reporting;
import dev.interdict.decide.Verdict;
import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What would be done now if every rule were due, by the plans that the guard itself would carry
/// out: nothing is changed. As `user` may see it: what lies in the own home, and for whoever sees
/// all, everything.
///
/// @param last how things stood after the last cycle
/// @param all whether everything may be seen
record PlanView(Board.Posted last, String user, boolean all) {
  /// Files of one finding, and places that could not be inspected.
  private static final int MOST = 200;

  /// The plan for one rule, or for all where `about` is empty.
  ///
  /// @throws IOException if the machine cannot be opened
  Json json(String about, Bench bench) throws IOException {
    var standing = last.standing();
    var inventory = standing == null ? null : standing.inventory();
    if (standing == null || inventory == null) {
      return Json.object()
          .put("error", "the guard has not looked at this computer yet; try again in a moment")
          .put("code", "not-looked")
          .build();
    }
    var rules =
        standing.judged().stream()
            .filter(one -> about.isEmpty() || one.rule().id().value().equals(about))
            .toList();
    if (rules.isEmpty() && !about.isEmpty()) {
      return Json.object()
          .put("error", "no rule \"" + about + "\" is in force here")
          .put("code", "no-rule")
          .build();
    }
    return bench.at(hands ->
        Json.object()
            .put("plan", rules.stream().map(one -> rule(one, hands)).toList())
            .put("uninspected", uninspected(inventory))
            .build());
  }

  Json rule(Judged one, Hands hands) {
    var rule = one.rule();
    var sources = all ? sources(one, hands) : List.<Finding>of();
    return Json.object()
        .put("rule", rule.id().value())
        .put("name", rule.tool().name())
        .put("enforcement", Fields.written(rule.enforcement()))
        .put("due", one.verdict() instanceof Verdict.Due)
        .put("zone", rule.timeline().zone().getId())
        .put("when", when(one.verdict()))
        .put(
            "findings",
            one.findings().stream()
                .filter(this::visible)
                .map(finding -> finding(finding, hands, sources))
                .toList())
        .put(
            "remains",
            one.residue().stream()
                .filter(finding -> visible(finding) && !sources.contains(finding))
                .map(PlanView::remaining)
                .toList())
        .build();
  }

  private static @Nullable String when(Verdict verdict) {
    return verdict instanceof Verdict.Waiting(var date) && date.at() != null
        ? date.at().toString()
        : null;
  }

  private boolean visible(Finding finding) {
    var owner = finding.item().owner();
    return all || owner != null && owner.user().equals(user);
  }

  private static Json remaining(Finding finding) {
    return new Json.Text(Reporting.identity(finding.item().identity()));
  }

  /// The sources of packages that would go with them, if every package goes.
  private static List<Finding> sources(Judged one, Hands hands) {
    var names = new ArrayList<String>();
    for (var finding : one.findings()) {
      var managed = ManagedPackage.of(finding.item());
      if (managed.isPresent() && uninstalls(finding)) {
        var outcome = Uninstalling.foresee(Removing.plan(finding), managed.get(), hands);
        if (!(outcome instanceof Outcome.Done)) {
          return List.of();
        }
        names.add(managed.get().purl().name());
      }
    }
    return Leftovers.bearing(one, names);
  }

  private static boolean uninstalls(Finding finding) {
    return finding.strength() == Matcher.Strength.STRONG
        && finding.rule().enforcement() == Enforcement.REMOVE;
  }

  /// @param sources that go with packages
  private static Json finding(Finding finding, Hands hands, List<Finding> sources) {
    var item = finding.item();
    var plan = Removing.plan(finding);
    var removes = finding.strength() == Matcher.Strength.STRONG && !item.parts().isEmpty();
    var spared = removes ? ProtectedList.protects(plan).orElse(null) : null;
    var takes = new ArrayList<Json>(removes ? takes(plan, spared, hands) : List.of());
    var managed = ManagedPackage.of(item);
    if (managed.isPresent() && uninstalls(finding)) {
      for (var source : sources) {
        if (Leftovers.bears(source, managed.get().purl().name())) {
          var other = Removing.plan(source);
          takes.addAll(takes(other, ProtectedList.protects(other).orElse(null), hands));
        }
      }
    }
    return Json.object()
        .put("item", Reporting.identity(item.identity()))
        .put("version", item.version())
        .put("source", item.source())
        .put("owner", owner(item.owner()))
        .put("strength", Fields.written(finding.strength()))
        .put("takes", takes)
        .put("cuts", removes ? cuts(plan, spared, hands) : List.of())
        .put("empties", removes ? paths(plan.emptied()) : List.of())
        .put("stubs", removes && spared == null ? stubs(plan) : List.of())
        .put("packages", packages(finding, plan, hands))
        .put("stops", removes ? stops(finding) : List.of())
        .put("keeps", paths(plan.keep()))
        .build();
  }

  /// What a package manager of the machine owns and removes itself, once it was asked.
  private static List<Json> packages(Finding finding, RemovalPlan plan, Hands hands) {
    var managed = ManagedPackage.of(finding.item());
    if (managed.isEmpty() || finding.strength() != Matcher.Strength.STRONG) {
      return List.of();
    }
    var name = Json.object().put("name", Reporting.identity(finding.item().identity()));
    if (!uninstalls(finding)) {
      var programs = hands.programs(managed.get()).stream().map(Part::path).limit(MOST).toList();
      return List.of(name.put("bars", paths(programs)).build());
    }
    return List.of(would(name, Uninstalling.foresee(plan, managed.get(), hands)).build());
  }

  private static @Nullable String owner(@Nullable Home home) {
    return home == null ? null : home.user();
  }

  private static List<Json> takes(RemovalPlan plan, Outcome.@Nullable Refused spared, Hands hands) {
    var takes = new ArrayList<Json>();
    for (var part : plan.outermost()) {
      if (takes.size() < MOST) {
        var foreseen = spared == null ? hands.foresee(plan, part) : new Foreseen(spared, 0);
        takes.add(
            told(part.path(), foreseen)
                .put("role", Fields.written(part.role()))
                .put("kind", Fields.written(part.kind()))
                .build());
      }
    }
    return takes;
  }

  private static List<Json> cuts(RemovalPlan plan, Outcome.@Nullable Refused spared, Hands hands) {
    var cuts = new ArrayList<Json>();
    for (var amendment : plan.amendments()) {
      var refused = spared == null ? ProtectedList.protects(plan, amendment).orElse(null) : spared;
      var foreseen = refused == null ? hands.foresee(plan, amendment) : new Foreseen(refused, 0);
      cuts.add(told(amendment.file(), foreseen).put("entries", amendment.cuts().size()).build());
    }
    return cuts;
  }

  private static Json.Builder told(BytePath path, @Nullable Foreseen foreseen) {
    var json = Json.object().put("path", path.toString());
    if (foreseen == null) {
      return json;
    }
    return would(json.put("bytes", foreseen.bytes()), foreseen.outcome());
  }

  private static Json.Builder would(Json.Builder json, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done _ -> json.put("would", "done");
      case Outcome.AlreadyDone _ -> json.put("would", "already-done");
      case Outcome.Refused(var why, var detail) ->
          json.put("would", "refused").put("why", Fields.written(why)).put("detail", detail);
      case Outcome.Failed(var error, var detail) ->
          json.put("would", "failed").put("why", Fields.written(error)).put("detail", detail);
    };
  }

  private static List<Json> stops(Finding finding) {
    return finding.running().stream()
        .<Json>map(process ->
            Json.object()
                .put("pid", process.pid())
                .put("name", process.name().isBlank() ? null : process.name())
                .put(
                    "executable",
                    process.executable() == null ? null : process.executable().toString())
                .build())
        .toList();
  }

  private static List<Json> stubs(RemovalPlan plan) {
    return paths(plan.commands().stream().map(Part::path).toList());
  }

  private static List<Json> paths(List<BytePath> paths) {
    return paths.stream().<Json>map(path -> new Json.Text(path.toString())).toList();
  }

  private List<Json> uninspected(Inventory inventory) {
    var own = inventory.homes().stream().filter(home -> home.user().equals(user)).toList();
    return inventory.gaps().stream()
        .filter(gap -> all || own.stream().anyMatch(home -> gap.path().startsWith(home.path())))
        .limit(MOST)
        .<Json>map(gap ->
            Json.object()
                .put("path", gap.path().toString())
                .put("why", Fields.written(gap.reason()))
                .build())
        .toList();
  }
}
