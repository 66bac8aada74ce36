package dev.interdict.server.draft;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Overlap;
import dev.interdict.policy.ProtectedSoftware;
import dev.interdict.policy.Risk;
import java.util.Collection;
import java.util.List;

/// What a rule could reach: its own replacement, protected software, more than one program, or
/// nothing at all.
final class ReachLint {
  private static final String EMPTY_FILE =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private ReachLint() {}

  static void check(Draft draft, List<Finding> findings) {
    var match = draft.rule().match();
    for (var i = 0; i < match.size(); i++) {
      matcher(draft, "/match/" + i, match.get(i), findings);
    }
    strength(draft, findings);
    completeness(draft, findings);
  }

  private static void matcher(Draft draft, String at, Matcher matcher, List<Finding> findings) {
    var name = at.substring(1).replace('/', '.') + ": ";
    var replacement = draft.rule().tool().replacement();
    var identities = replacement.identities();
    for (var i = 0; i < identities.size(); i++) {
      if (Overlap.between(matcher, identities.get(i))) {
        var other = draft.file().places().of("/replacement/identities/" + i);
        findings.add(
            draft.finding(
                LintCode.R042,
                at,
                name
                    + "could match the replacement "
                    + replacement.name()
                    + " (line "
                    + other.line()
                    + "); narrow it"));
      }
    }
    ProtectedSoftware.reachedBy(matcher)
        .ifPresent(what ->
            findings.add(
                draft.finding(LintCode.R043, at, name + "could match " + what + "; narrow it")));
    switch (matcher) {
      case Matcher.OfProgram program -> wide(draft, at, name, program, findings);
      case Matcher.OfPackage(var purl, var versions) -> {
        literal(draft, at, name, List.of(purl.namespace(), purl.name()), findings);
        if (versions != null && !versions.type().equals(purl.type())) {
          findings.add(
              draft.finding(
                  LintCode.R047,
                  at + "/versions",
                  name
                      + "versions of "
                      + versions.type()
                      + " for a package of "
                      + purl.type()
                      + "; write vers:"
                      + purl.type()
                      + "/..."));
        }
      }
      case Matcher.OfApplication(var ids) -> literal(draft, at, name, ids.values(), findings);
      case Matcher.OfExtension(var ids) -> literal(draft, at, name, ids.values(), findings);
      case Matcher.OfProcess _,
          Matcher.ModelUse _,
          Matcher.EnvironmentVariables _,
          Matcher.Containers _,
          Matcher.Remains _ -> {}
    }
  }

  private static void literal(
      Draft draft, String at, String name, Collection<String> words, List<Finding> findings) {
    words.stream()
        .filter(word -> word.indexOf('*') >= 0 || word.indexOf('?') >= 0)
        .forEach(word ->
            findings.add(
                draft.finding(
                    LintCode.R046,
                    at,
                    name + "\"" + word + "\" is no pattern here; name each one by itself")));
  }

  private static void wide(
      Draft draft, String at, String name, Matcher.OfProgram program, List<Finding> findings) {
    if (program.sha256().contains(EMPTY_FILE)) {
      findings.add(
          draft.finding(
              LintCode.R041, at, name + "has the digest of every empty file; leave it out"));
    }
    if (!program.sha256().isEmpty()) {
      return;
    }
    var home = program.home() == null ? null : "/" + program.home();
    var system = program.system() == null ? null : program.system().toString();
    for (var place : new String[] {home, system}) {
      SharedFolders.sharedBy(place)
          .ifPresent(folder ->
              findings.add(
                  draft.finding(
                      LintCode.R041,
                      at,
                      name
                          + "matches other programs in "
                          + folder
                          + "; name the program's own folder or file")));
    }
  }

  private static void strength(Draft draft, List<Finding> findings) {
    var rule = draft.rule();
    var identifies =
        rule.match().stream()
            .anyMatch(matcher ->
                matcher.strength() == Matcher.Strength.STRONG
                    && !(matcher instanceof Matcher.OfProcess));
    if (rule.enforcement().compareTo(Enforcement.BLOCK) >= 0 && !identifies) {
      findings.add(
          draft.finding(
              LintCode.R044,
              "/enforcement",
              "enforcement: nothing under \"match\" is strong enough to act on; add a package,"
                  + " application, extension or program, or write notify"));
    }
  }

  private static void completeness(Draft draft, List<Finding> findings) {
    var tool = draft.rule().tool();
    if (tool.replacement().identities().isEmpty()) {
      findings.add(
          draft.finding(
              LintCode.R045,
              "/replacement",
              "replacement: has no \"identities\", so nothing protects "
                  + tool.replacement().name()
                  + " from this rule; list its packages or applications"));
    }
    if (draft.file().json() instanceof dev.interdict.json.Json.Obj json
        && json.get("limits") == null) {
      findings.add(
          draft.finding(
              LintCode.R032,
              "",
              "\"limits\" is not written; write limits: {max-items-per-device: "
                  + draft.rule().maxItemsPerDevice()
                  + "}, or what you expect"));
    }
    if (tool.assessment() == null && tool.risk().compareTo(Risk.HIGH) >= 0) {
      findings.add(
          draft.finding(
              LintCode.R033,
              "/risk",
              "risk: "
                  + dev.interdict.json.Fields.written(tool.risk())
                  + " without \"assessment\"; write who decided it, when and why"));
    }
  }
}
