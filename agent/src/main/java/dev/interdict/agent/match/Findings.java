package dev.interdict.agent.match;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleMatch;
import dev.interdict.policy.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds what a blocklist bans in an inventory. A match that is uncertain, because something that
/// decides it is not known, becomes a weak finding: told, never removed.
public final class Findings {
  private Findings() {}

  /// All findings, in the order of rules and items.
  public static List<Finding> in(Blocklist blocklist, Inventory inventory) {
    var index = new RuleIndex(blocklist.rules());
    var byRule = new TreeMap<Integer, List<Finding>>();
    for (var item : inventory.items()) {
      var subject = subject(item);
      for (var place : index.candidates(subject)) {
        var rule = blocklist.rules().get(place);
        var strength = strength(rule, subject);
        if (strength != null) {
          byRule
              .computeIfAbsent(place, _ -> new ArrayList<>())
              .add(new Finding(rule, item, strength, running(item, inventory.processes())));
        }
      }
    }
    return byRule.values().stream().flatMap(List::stream).toList();
  }

  static Matcher.@Nullable Strength strength(Rule rule, Subject subject) {
    return switch (RuleMatch.of(rule, subject)) {
      case RuleMatch.Found(var matcher) -> matcher.strength();
      case RuleMatch.Uncertain _ -> Matcher.Strength.WEAK;
      case RuleMatch.Spared _, RuleMatch.Missed _ -> null;
    };
  }

  static Subject subject(Item item) {
    return switch (item.identity()) {
      case Identity.OfPackage(var purl) -> new Subject.OfPackage(purl);
      case Identity.OfExtension(var host, var id) -> new Subject.OfExtension(host, id);
      case Identity.OfApplication(var platform, var id) -> new Subject.OfApplication(platform, id);
      case Identity.OfProgram _ -> program(item);
      case Identity.OfModel(var tool, var model) -> new Subject.OfModel(tool, model);
      case Identity.OfVariable(var name) -> new Subject.OfVariable(name);
      case Identity.OfContainer(var reference) -> new Subject.OfContainer(reference);
      case Identity.OfResidue(var kind, var id) -> new Subject.OfResidue(kind, id);
    };
  }

  private static Subject program(Item item) {
    var owner = item.owner();
    var inHome =
        owner != null && item.location().startsWith(owner.path())
            ? item.location().relativeTo(owner.path()).toString().substring(1)
            : null;
    return new Subject.OfProgram(
        inHome, item.location().toString(), null, new Subject.Signature.NotRead());
  }

  /// The processes that run what belongs to the item: by the file they execute or the script that
  /// their interpreter was given, never by a name.
  private static List<RunningProcess> running(Item item, List<RunningProcess> processes) {
    return processes.stream()
        .filter(process -> item.parts().stream().anyMatch(part -> runs(process, part)))
        .toList();
  }

  private static boolean runs(RunningProcess process, Part part) {
    if (part.role() == Part.Role.LAUNCHER) {
      return false;
    }
    var executable = process.executable();
    return part.id().equals(process.executableId())
        || executable != null && inside(part, executable)
        || process.scripts().stream()
            .anyMatch(script -> part.id().equals(script.id()) || inside(part, script.path()));
  }

  private static boolean inside(Part part, BytePath path) {
    return part.kind() == FileKind.DIRECTORY && path.startsWith(part.path());
  }
}
