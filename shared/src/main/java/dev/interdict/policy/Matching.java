package dev.interdict.policy;

import dev.interdict.identity.Ascii;
import dev.interdict.identity.Glob;
import dev.interdict.policy.Subject.Signature;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether a matcher means a subject: a pure function of both, the same on the device and in the
/// publisher's tests. Types meet their own kind only, and what is not known is never taken for a
/// match.
public final class Matching {
  /// Hosts and platforms that compare identifiers without regard to case.
  private static final Set<String> FOLDED = Set.of("vscode", "windows-family", "windows-uninstall");

  private Matching() {}

  /// Whether `matcher` means `subject`. [Matcher.OfProcess] means nothing by itself: the agent asks
  /// for the program that a process runs.
  public static Hit hit(Matcher matcher, Subject subject) {
    return switch (matcher) {
      case Matcher.OfPackage ofPackage -> ofPackage(ofPackage, subject);
      case Matcher.OfApplication(var ids) ->
          Hit.of(
              subject instanceof Subject.OfApplication(var platform, var id)
                  && sameId(platform, ids.get(platform), id));
      case Matcher.OfExtension(var ids) ->
          Hit.of(
              subject instanceof Subject.OfExtension(var host, var id)
                  && sameId(host, ids.get(host), id));
      case Matcher.OfProgram ofProgram ->
          subject instanceof Subject.OfProgram program ? ofProgram(ofProgram, program) : Hit.NO;
      case Matcher.OfProcess() -> Hit.NO;
      case Matcher.ModelUse(var models, var tools) ->
          Hit.of(
              subject instanceof Subject.OfModel(var tool, var model)
                  && (tools.isEmpty() || tools.contains(tool))
                  && models.stream().anyMatch(glob -> glob.matches(model)));
      case Matcher.EnvironmentVariables(var names) ->
          Hit.of(subject instanceof Subject.OfVariable(var name) && names.contains(name));
      case Matcher.Containers(var references) ->
          Hit.of(
              subject instanceof Subject.OfContainer(var reference)
                  && references.stream().anyMatch(glob -> glob.matches(reference)));
      case Matcher.Remains(var ids) ->
          Hit.of(
              subject instanceof Subject.OfResidue(var kind, var id)
                  && ids.containsKey(kind)
                  && ids.get(kind).matches(id));
    };
  }

  private static Hit ofPackage(Matcher.OfPackage matcher, Subject subject) {
    if (!(subject instanceof Subject.OfPackage(var installed))
        || !matcher.purl().covers(installed)) {
      return Hit.NO;
    }
    if (matcher.versions() == null) {
      return Hit.YES;
    }
    return switch (matcher.versions().contains(installed)) {
      case YES -> Hit.YES;
      case NO -> Hit.NO;
      case UNKNOWN -> Hit.UNKNOWN;
    };
  }

  private static boolean sameId(String namespace, @Nullable String wanted, String id) {
    return wanted != null
        && (FOLDED.contains(namespace)
            ? Ascii.lower(wanted).equals(Ascii.lower(id))
            : wanted.equals(id));
  }

  private static Hit ofProgram(Matcher.OfProgram matcher, Subject.OfProgram program) {
    return place(matcher, program).and(digest(matcher, program)).and(signer(matcher, program));
  }

  private static Hit place(Matcher.OfProgram matcher, Subject.OfProgram program) {
    return Hit.of(
        (matcher.home() == null && matcher.system() == null)
            || lies(program.home(), matcher.home())
            || lies(program.system(), matcher.system()));
  }

  private static boolean lies(@Nullable String place, @Nullable Glob glob) {
    return place != null && glob != null && glob.matches(place);
  }

  private static Hit digest(Matcher.OfProgram matcher, Subject.OfProgram program) {
    if (matcher.sha256().isEmpty()) {
      return Hit.YES;
    }
    return program.sha256() == null
        ? Hit.UNKNOWN
        : Hit.of(matcher.sha256().contains(program.sha256()));
  }

  private static Hit signer(Matcher.OfProgram matcher, Subject.OfProgram program) {
    if (matcher.signer() == null) {
      return Hit.YES;
    }
    return switch (program.signature()) {
      case Signature.NotRead() -> Hit.UNKNOWN;
      case Signature.Unsigned() -> Hit.NO;
      case Signature.By(var name) -> Hit.of(matcher.signer().equals(name));
    };
  }
}
