package dev.interdict.policy;

import dev.interdict.identity.Glob;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/// Matchers and what they are asked about, in words for people. What a user's file states is in
/// them as it stands and is to be escaped where it is shown.
public final class InWords {
  private InWords() {}

  /// What a matcher looks for, its kind first.
  public static String of(Matcher matcher) {
    return switch (matcher) {
      case Matcher.OfPackage(var purl, var versions) ->
          "package " + purl + (versions == null ? "" : " in " + versions);
      case Matcher.OfApplication(var ids) -> "application " + ids(ids);
      case Matcher.OfExtension(var ids) -> "extension " + ids(ids);
      case Matcher.OfProgram(var home, var system, var sha256, var signer) ->
          ("program "
                  + (home == null ? "" : "~/" + home + " ")
                  + (system == null ? "" : system + " ")
                  + (sha256.isEmpty() ? "" : "with one of " + sha256.size() + " digests ")
                  + (signer == null ? "" : "signed by " + signer))
              .strip();
      case Matcher.OfProcess() -> "process of what the rule matched";
      case Matcher.ModelUse(var models, _) -> "model-use " + globs(models);
      case Matcher.EnvironmentVariables(var names) -> "environment " + String.join(", ", names);
      case Matcher.Containers(var references) -> "container " + globs(references);
      case Matcher.Remains remains -> "residue " + ids(remains.texts());
    };
  }

  /// What a subject is.
  public static String of(Subject subject) {
    return switch (subject) {
      case Subject.OfPackage(var purl) -> purl.toString();
      case Subject.OfExtension(var host, var id) -> host + " extension " + id;
      case Subject.OfApplication(var platform, var id) -> platform + " application " + id;
      case Subject.OfProgram(var home, var system, _, _) ->
          "program " + (home == null ? String.valueOf(system) : "~/" + home);
      case Subject.OfModel(var tool, var model) -> "model " + model + " in " + tool;
      case Subject.OfVariable(var name) -> "variable " + name;
      case Subject.OfContainer(var reference) -> "container " + reference;
      case Subject.OfResidue(var kind, var id) -> "residue " + kind.written() + " " + id;
    };
  }

  private static String globs(Collection<Glob> globs) {
    return globs.stream().map(Glob::toString).collect(Collectors.joining(", "));
  }

  private static String ids(Map<String, String> ids) {
    return ids.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(id -> id.getKey() + " " + id.getValue())
        .collect(Collectors.joining(", "));
  }
}
