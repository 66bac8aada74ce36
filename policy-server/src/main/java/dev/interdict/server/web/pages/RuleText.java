package dev.interdict.server.web.pages;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Matcher.EnvironmentVariables;
import dev.interdict.policy.Matcher.ModelUse;
import dev.interdict.policy.Matcher.OfApplication;
import dev.interdict.policy.Matcher.OfExtension;
import dev.interdict.policy.Matcher.OfPackage;
import dev.interdict.policy.Matcher.OfProcess;
import dev.interdict.policy.Matcher.OfProgram;
import dev.interdict.policy.Rule;
import dev.interdict.server.web.View.RuleHead;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.RuleView.Finds;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A signed rule in words. Pure functions.
final class RuleText {
  private RuleText() {}

  /// The rule as a line or heading. Its effective instant is that of the rule's own zone.
  ///
  /// @param shown the zone in which its times are told
  static RuleHead head(Rule rule, ZoneId shown, Words words) {
    var timeline = rule.timeline();
    var replacement = rule.tool().replacement();
    return new RuleHead(
        rule.id().value(),
        rule.tool().name(),
        rule.tool().publisher(),
        words.of("risk", rule.tool().risk()),
        words.of("enforcement", rule.enforcement()),
        replacement.name(),
        replacement.url(),
        timeline.announceAt(),
        timeline.effectiveAt(timeline.zone()),
        shown,
        rule.enforcement() == Enforcement.OBSERVE);
  }

  /// One matcher as a line of a table.
  static Finds finds(Matcher matcher, Words words) {
    var kind =
        switch (matcher) {
          case OfPackage _ -> "package";
          case OfApplication _ -> "application";
          case OfExtension _ -> "extension";
          case OfProgram _ -> "program";
          case OfProcess _ -> "process";
          case ModelUse _ -> "model-use";
          case EnvironmentVariables _ -> "environment";
          case Matcher.Containers _ -> "container";
          case Matcher.Remains _ -> "residue";
        };
    return new Finds(
        words.text("rule.kind." + kind),
        identity(matcher, words),
        matcher.strength().name().toLowerCase(Locale.ROOT));
  }

  private static String identity(Matcher matcher, Words words) {
    return switch (matcher) {
      case OfPackage(var purl, var versions) ->
          versions == null ? "" + purl : purl + " " + versions;
      case OfApplication(var ids) -> pairs(ids);
      case OfExtension(var ids) -> pairs(ids);
      case OfProgram program -> program(program, words);
      case OfProcess() -> words.text("rule.process");
      case ModelUse use -> String.join(", ", use.models().stream().map(Object::toString).toList());
      case EnvironmentVariables(var names) -> String.join(", ", names);
      case Matcher.Containers(var references) ->
          String.join(", ", references.stream().map(Object::toString).toList());
      case Matcher.Remains remains -> pairs(remains.texts());
    };
  }

  private static String program(OfProgram program, Words words) {
    var parts = new ArrayList<String>();
    if (program.home() != null) {
      parts.add("~/" + program.home());
    }
    if (program.system() != null) {
      parts.add(program.system().toString());
    }
    if (program.signer() != null) {
      parts.add(words.text("rule.signed-by", program.signer()));
    }
    if (!program.sha256().isEmpty()) {
      parts.add(words.text("rule.digests", program.sha256().size()));
    }
    return parts.isEmpty() ? words.text("rule.any-program") : String.join(", ", parts);
  }

  private static String pairs(Map<String, String> ids) {
    var parts = new ArrayList<String>();
    new TreeMap<>(ids).forEach((host, id) -> parts.add(host + ": " + id));
    return String.join(", ", parts);
  }
}
