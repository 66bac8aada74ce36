package dev.interdict.agent.match;

import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.evidence.Evidence;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds what a blocklist bans in an inventory: one finding of a rule for one installation, by all
/// evidence of it together ([RuleMatch]). A match that is uncertain, because something that decides
/// it is not known, becomes a weak finding: told, never removed.
///
/// No more is taken than what the evidence names: where a rule means only a program inside a
/// package that it does not mean, the finding's parts are that program, not the package.
///
/// A process counts by the file it executes, never by its name or arguments. One that runs an
/// installation belongs to that finding; one whose file belongs to no item is evidence by itself.
public final class Findings {
  private Findings() {}

  /// All findings, in the order of rules, then items, then processes.
  public static List<Finding> in(Blocklist blocklist, Inventory inventory) {
    var index = new RuleIndex(blocklist.rules());
    var byRule = new TreeMap<Integer, List<Finding>>();
    for (var item : inventory.items()) {
      var evidence = ItemEvidence.of(item);
      for (var place : candidates(index, evidence)) {
        var rule = blocklist.rules().get(place);
        var strength = strength(evidence.match(rule));
        if (strength != null) {
          var meant = meant(rule, item, evidence);
          byRule
              .computeIfAbsent(place, _ -> new ArrayList<>())
              .add(new Finding(rule, meant, strength, running(meant, inventory.processes())));
        }
      }
    }
    for (var stray : StrayPrograms.in(inventory)) {
      var evidence = ItemEvidence.of(stray.item());
      for (var place : candidates(index, evidence)) {
        var rule = blocklist.rules().get(place);
        var found = byRule.computeIfAbsent(place, _ -> new ArrayList<>());
        var strength = strength(evidence.match(rule));
        if (strength != null && found.stream().noneMatch(stray::belongsTo)) {
          var proved = stray.certain() ? strength : Matcher.Strength.WEAK;
          var running = running(stray.item(), inventory.processes());
          found.add(new Finding(rule, stray.item(), proved, running));
        }
      }
    }
    return byRule.values().stream().flatMap(List::stream).toList();
  }

  /// Which items a rule of the list could mean at all. What it leaves out changes no finding, so
  /// that nobody has to hold a whole inventory in memory.
  public static Predicate<Item> concerned(Blocklist blocklist) {
    var index = new RuleIndex(blocklist.rules());
    return item -> !candidates(index, ItemEvidence.of(item)).isEmpty();
  }

  /// All that rules are asked about: items, and the programs of processes that belong to none.
  public static List<Evidence> evidence(Inventory inventory) {
    return Stream.concat(
            inventory.items().stream(),
            StrayPrograms.in(inventory).stream().map(StrayPrograms.Stray::item))
        .map(ItemEvidence::of)
        .toList();
  }

  static Set<Integer> candidates(RuleIndex index, Evidence evidence) {
    var places = new TreeSet<>(index.candidates(evidence.identity()));
    evidence.programs().forEach(program -> places.addAll(index.candidates(program)));
    return places;
  }

  private static Matcher.@Nullable Strength strength(RuleMatch match) {
    return switch (match) {
      case RuleMatch.Found(var matcher) -> matcher.strength();
      case RuleMatch.Uncertain _ -> Matcher.Strength.WEAK;
      case RuleMatch.Spared _, RuleMatch.Missed _ -> null;
    };
  }

  /// The item, or of one whose identity the rule does not mean, the programs that it means.
  private static Item meant(Rule rule, Item item, Evidence evidence) {
    if (RuleMatch.of(rule, evidence.identity()) instanceof RuleMatch.Found) {
      return item;
    }
    var programs = item.parts().stream().filter(part -> means(rule, item, part)).toList();
    return programs.isEmpty() || programs.stream().anyMatch(part -> part.role() == Part.Role.MAIN)
        ? item
        : item.withParts(programs.stream().map(part -> part.as(Part.Role.MAIN)).toList())
            .withAmendments(List.of());
  }

  private static boolean means(Rule rule, Item item, Part part) {
    return part.program()
        && RuleMatch.of(rule, ItemEvidence.program(part.path(), item.owner(), part.sha256()))
            instanceof RuleMatch.Found;
  }

  /// The processes that run what belongs to the item: by the file they execute or the script that
  /// their interpreter was given, never by a name.
  private static List<RunningProcess> running(Item item, List<RunningProcess> processes) {
    return processes.stream()
        .filter(process -> item.parts().stream().anyMatch(part -> runs(process, part)))
        .toList();
  }

  private static boolean runs(RunningProcess process, Part part) {
    if (part.leads()) {
      return false;
    }
    var executable = process.executable();
    return part.id().equals(process.executableId())
        || executable != null && StrayPrograms.inside(part, executable)
        || process.scripts().stream()
            .anyMatch(script ->
                part.id().equals(script.id()) || StrayPrograms.inside(part, script.path()));
  }
}
