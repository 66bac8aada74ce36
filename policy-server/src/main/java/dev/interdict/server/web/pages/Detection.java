package dev.interdict.server.web.pages;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.OperatingSystem;
import dev.interdict.policy.Rule;
import dev.interdict.server.compliance.Overview;
import dev.interdict.server.query.Terms;
import dev.interdict.server.web.View.Rank;
import dev.interdict.server.web.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// One kind of thing that a rule finds, with what devices told of it. Each count is of one
/// inventory source, so that it is exactly the list behind it: a device that has the software in
/// two ways is in both.
///
/// @param identities in the spelling of the rule
/// @param systems on which there are such things and the rule holds
/// @param action from the effective date on
/// @param found devices that have it, by source
public record Detection(
    String kind, List<String> identities, String systems, String action, List<Rank> found) {
  private static final Set<OperatingSystem> ALL = Set.of(OperatingSystem.values());
  private static final Set<OperatingSystem> LINUX = Set.of(OperatingSystem.LINUX);
  private static final Set<OperatingSystem> WINDOWS = Set.of(OperatingSystem.WINDOWS);

  public Detection {
    identities = List.copyOf(identities);
    found = List.copyOf(found);
  }

  /// The kinds, by what people install with, and the sources of devices that find them.
  private enum Kind {
    NPM(ALL, "npm", "project"),
    PYTHON(ALL, "pip"),
    HOMEBREW(Set.of(OperatingSystem.MACOS, OperatingSystem.LINUX), "homebrew"),
    SYSTEM_PACKAGE(LINUX, "dpkg", "rpm", "apk", "pacman", "snap", "flatpak", "nix"),
    WINDOWS_PACKAGE(WINDOWS, "winget", "scoop", "chocolatey", "appx"),
    OTHER_PACKAGE(ALL, "cargo"),
    APPLICATION(ALL, "macos", "desktop", "appimage", "uninstall", "squirrel", "receipt"),
    PROGRAM(ALL, "binary", "program", "native", "digests", "wsl"),
    EXTENSION(ALL, "vscode", "jetbrains", "chrome", "firefox", "forced"),
    PROCESS(ALL, "process"),
    CONTAINER(ALL, "container"),
    MODEL_USE(ALL, "model"),
    ENVIRONMENT(ALL, "environment"),
    RESIDUE(ALL, "residue", "nativemessaging");

    private final Set<OperatingSystem> systems;
    private final List<String> sources;

    Kind(Set<OperatingSystem> systems, String... sources) {
      this.systems = systems;
      this.sources = List.of(sources);
    }

    static Kind of(Matcher matcher) {
      return switch (matcher) {
        case Matcher.OfPackage(var purl, var _) ->
            switch (purl.type()) {
              case "npm" -> NPM;
              case "pypi" -> PYTHON;
              case "brew" -> HOMEBREW;
              case "deb", "rpm", "apk", "alpm", "snap", "flatpak", "nix" -> SYSTEM_PACKAGE;
              case "winget", "scoop", "chocolatey", "appx" -> WINDOWS_PACKAGE;
              default -> OTHER_PACKAGE;
            };
        case Matcher.OfApplication _ -> APPLICATION;
        case Matcher.OfProgram _ -> PROGRAM;
        case Matcher.OfExtension _ -> EXTENSION;
        case Matcher.OfProcess _ -> PROCESS;
        case Matcher.Containers _ -> CONTAINER;
        case Matcher.ModelUse _ -> MODEL_USE;
        case Matcher.EnvironmentVariables _ -> ENVIRONMENT;
        case Matcher.Remains _ -> RESIDUE;
      };
    }

    static Map<String, Kind> bySource() {
      return Arrays.stream(values())
          .flatMap(kind -> kind.sources.stream().map(source -> Map.entry(source, kind)))
          .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
  }

  private static final Map<String, Kind> BY_SOURCE = Kind.bySource();

  /// What a rule finds, in the order of the kinds; what devices found by a source that belongs to
  /// none of its kinds comes last.
  static List<Detection> of(Rule rule, Overview overview, Words words) {
    var byKind = new EnumMap<Kind, List<Matcher>>(Kind.class);
    rule.match()
        .forEach(matcher ->
            byKind.computeIfAbsent(Kind.of(matcher), _ -> new ArrayList<>()).add(matcher));
    var detections = new ArrayList<Detection>();
    byKind.forEach((kind, matchers) -> {
      var strong = matchers.stream().anyMatch(each -> each.strength() == Matcher.Strength.STRONG);
      detections.add(
          new Detection(
              words.of("rule.detects", kind),
              matchers.stream().map(each -> RuleText.finds(each, words).identity()).toList(),
              systems(rule, kind, words),
              action(rule.enforcement(), strong, kind, words),
              found(overview, source -> BY_SOURCE.get(source) == kind)));
    });
    var rest =
        found(
            overview,
            source -> {
              var kind = BY_SOURCE.get(source);
              return kind == null || !byKind.containsKey(kind);
            });
    if (!rest.isEmpty()) {
      detections.add(new Detection(words.text("rule.detects.otherwise"), List.of(), "", "", rest));
    }
    return List.copyOf(detections);
  }

  private static List<Rank> found(Overview overview, java.util.function.Predicate<String> belongs) {
    return overview.bySource().stream()
        .filter(source -> belongs.test(source.name()))
        .map(source ->
            new Rank(
                source.name(),
                source.devices(),
                source.devices(),
                Standings.having(overview.rule()).with("detector", Terms.written(source.name()))))
        .toList();
  }

  private static String systems(Rule rule, Kind kind, Words words) {
    var scope = rule.scope().systems();
    return words.list(
        kind.systems.stream()
            .filter(system -> scope.isEmpty() || scope.contains(system))
            .sorted(Comparator.comparing(Enum::name))
            .map(system -> words.of("rule.on", system))
            .toList());
  }

  private static String action(Enforcement enforcement, boolean strong, Kind kind, Words words) {
    if (!strong) {
      return words.text("rule.told-only");
    }
    return switch (enforcement) {
      case OBSERVE -> words.text("rule.does.observe");
      case NOTIFY -> words.text("rule.does.notify");
      case BLOCK -> words.text("rule.does.block");
      case REMOVE ->
          words.named(
              "rule.removes", kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'));
    };
  }
}
