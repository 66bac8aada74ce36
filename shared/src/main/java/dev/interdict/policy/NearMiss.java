package dev.interdict.policy;

import dev.interdict.identity.Glob;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a rule does not mean and a person could take for what it means. Said when a rule is tried
/// out, so that an author sees both a matcher that is written too narrowly and the lookalikes that
/// it rightly leaves alone; nothing is ever done about it. Pure.
///
/// @param to the matcher that it is near to
public record NearMiss(Kind kind, Matcher to) {

  /// In what it differs, from the closest on.
  public enum Kind {
    /// The very package, in a version that the range leaves out.
    VERSION("the version lies outside the rule's range"),
    /// The same but for upper and lower case, where case counts.
    CASE("only upper and lower case differ"),
    /// The same name by another publisher.
    PUBLISHER("the same name in another scope or of another publisher"),
    /// The same name in another ecosystem, host or platform.
    ECOSYSTEM("the same name in another ecosystem"),
    /// A program in or below the folder of the rule's pattern.
    FOLDER("it lies below the folder that the rule names");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /// For people.
    public String words() {
      return words;
    }
  }

  /// The closest of the rule's matchers to `subject`; empty where none is near. To be asked of what
  /// the rule does not mean.
  public static Optional<NearMiss> of(Rule rule, Subject subject) {
    return rule.match().stream()
        .flatMap(
            matcher -> kind(matcher, subject).map(kind -> new NearMiss(kind, matcher)).stream())
        .min(Comparator.comparing(NearMiss::kind));
  }

  private static Optional<Kind> kind(Matcher matcher, Subject subject) {
    return switch (matcher) {
      case Matcher.OfPackage ofPackage ->
          subject instanceof Subject.OfPackage installed
              ? packages(ofPackage, installed)
              : Optional.empty();
      case Matcher.OfApplication(var ids) ->
          subject instanceof Subject.OfApplication(var platform, var id)
              ? identifiers(ids, platform, id)
              : Optional.empty();
      case Matcher.OfExtension(var ids) ->
          subject instanceof Subject.OfExtension(var host, var id)
              ? identifiers(ids, host, id)
              : Optional.empty();
      case Matcher.OfProgram program ->
          subject instanceof Subject.OfProgram file ? programs(program, file) : Optional.empty();
      case Matcher.ModelUse(var models, _) ->
          subject instanceof Subject.OfModel(_, var model)
              ? cased(models, model)
              : Optional.empty();
      case Matcher.EnvironmentVariables(var names) ->
          when(
              subject instanceof Subject.OfVariable(var name)
                  && names.stream().anyMatch(name::equalsIgnoreCase),
              Kind.CASE);
      case Matcher.Containers(var references) ->
          subject instanceof Subject.OfContainer(var reference)
              ? cased(references, reference)
              : Optional.empty();
      case Matcher.Remains(var ids) ->
          subject instanceof Subject.OfResidue(var kind, var id) && ids.containsKey(kind)
              ? cased(List.of(ids.get(kind)), id)
              : Optional.empty();
      case Matcher.OfProcess() -> Optional.empty();
    };
  }

  private static Optional<Kind> packages(Matcher.OfPackage matcher, Subject.OfPackage installed) {
    var wanted = matcher.purl();
    var purl = installed.purl();
    if (wanted.covers(purl)) {
      return when(Matching.hit(matcher, installed) == Hit.NO, Kind.VERSION);
    }
    if (!wanted.name().equalsIgnoreCase(purl.name())) {
      return Optional.empty();
    }
    if (!wanted.type().equals(purl.type())) {
      return Optional.of(Kind.ECOSYSTEM);
    }
    return Optional.of(
        wanted.namespace().equalsIgnoreCase(purl.namespace()) ? Kind.CASE : Kind.PUBLISHER);
  }

  private static Optional<Kind> identifiers(Map<String, String> ids, String namespace, String id) {
    var wanted = ids.get(namespace);
    if (wanted != null && wanted.equalsIgnoreCase(id)) {
      return Optional.of(Kind.CASE);
    }
    if (ids.values().stream().anyMatch(id::equalsIgnoreCase)) {
      return Optional.of(Kind.ECOSYSTEM);
    }
    return when(
        namespace.equals("vscode") && wanted != null && name(wanted).equals(name(lower(id))),
        Kind.PUBLISHER);
  }

  /// An editor's extension without its publisher.
  private static String name(String id) {
    return id.substring(id.indexOf('.') + 1);
  }

  private static Optional<Kind> programs(Matcher.OfProgram matcher, Subject.OfProgram program) {
    if (place(matcher.home(), program.home(), true)
        || place(matcher.system(), program.system(), true)) {
      return Optional.of(Kind.CASE);
    }
    return when(
        place(matcher.home(), program.home(), false)
            || place(matcher.system(), program.system(), false),
        Kind.FOLDER);
  }

  private static boolean place(@Nullable Glob glob, @Nullable String place, boolean whole) {
    if (glob == null || place == null) {
      return false;
    }
    if (whole) {
      return Glob.ignoringCase(glob.toString()).matches(place) && !glob.matches(place);
    }
    var stem = lower(glob.stem());
    return stem.indexOf('/') > 0 && lower(place).startsWith(stem + "/") && !glob.matches(place);
  }

  private static Optional<Kind> cased(List<Glob> globs, String text) {
    return when(
        globs.stream()
            .anyMatch(
                glob -> !glob.matches(text) && Glob.ignoringCase(glob.toString()).matches(text)),
        Kind.CASE);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Optional<Kind> when(boolean holds, Kind kind) {
    return holds ? Optional.of(kind) : Optional.empty();
  }
}
