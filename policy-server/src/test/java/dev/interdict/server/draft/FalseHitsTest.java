package dev.interdict.server.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleMatch;
import dev.interdict.policy.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What is not banned is never hit by any rule of the catalogue: real names that many people have
/// installed, and names made to look like a banned one.
class FalseHitsTest {
  private static final List<Rule> RULES = Catalogue.IDS.stream().map(CatalogueTest::rule).toList();

  /// Letters of other scripts that look like Latin ones, and characters that cannot be seen.
  private static final Map<Character, String> LIKE =
      Map.of('a', "\u0430", 'c', "\u0441", 'e', "\u0435", 'o', "\u043e", 'i', "\u0456");

  private static final String[] AFFIXES = {
    "-cli", "-code", "-proxy", "-router", "2", "js", "-next", "-plugin", ".nvim", "-unofficial"
  };

  private static void assertNotHit(Subject subject) {
    for (var rule : RULES) {
      assertEquals(
          new RuleMatch.Missed(), RuleMatch.of(rule, subject), () -> rule.id() + ": " + subject);
    }
  }

  private static List<Subject> corpus() throws IOException {
    var subjects = new ArrayList<Subject>();
    try (var in = FalseHitsTest.class.getResourceAsStream("popular.txt")) {
      assertTrue(in != null);
      for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        var words = line.split(" ");
        if (line.startsWith("#") || line.isBlank()) {
          continue;
        }
        for (var name : List.of(words).subList(1, words.length)) {
          subjects.add(
              switch (words[0]) {
                case "npm" -> new Subject.OfPackage(PackageUrl.npm(name).withVersion("1.2.3"));
                case "vscode" -> new Subject.OfExtension("vscode", name);
                case "deb" -> new Subject.OfPackage(PackageUrl.parse("pkg:deb/debian/" + name));
                default -> new Subject.OfPackage(PackageUrl.of(words[0], "", name));
              });
        }
      }
    }
    return subjects;
  }

  @Test
  void no_popular_package_or_extension_is_hit() throws IOException {
    var corpus = corpus();
    assertEquals(corpus.size(), Set.copyOf(corpus).size());
    assertTrue(corpus.size() >= 600, () -> corpus.size() + " names");
    corpus.forEach(FalseHitsTest::assertNotHit);
  }

  /// The name of a banned package or extension, with one or two slips.
  private static String slipped(String name, Random random) {
    var text = new StringBuilder(name);
    for (var slips = 1 + random.nextInt(2); slips > 0; slips--) {
      var at = random.nextInt(text.length());
      var letter = (char) ('a' + random.nextInt(26));
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, letter);
        case 1 -> text.setCharAt(at, letter);
        case 2 -> {
          if (text.length() > 1) {
            text.deleteCharAt(at);
          }
        }
        default -> {
          var like = LIKE.get(text.charAt(at));
          text.replace(at, at + 1, like == null ? text.charAt(at) + "x" : like);
        }
      }
    }
    return text.toString();
  }

  private static String lookalike(String name, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> name + AFFIXES[random.nextInt(AFFIXES.length)];
      case 1 -> "my-" + name;
      default -> slipped(name, random);
    };
  }

  @Test
  void no_lookalike_of_a_banned_package_is_hit() {
    var random = new Random(2607);
    var tried = 0;
    for (var purl : banned()) {
      for (var i = 0; i < 60; i++) {
        var name = lookalike(purl.name(), random);
        var other = PackageUrl.of(purl.type(), purl.namespace(), name).withVersion("1.0.0");
        if (banned().stream().noneMatch(one -> one.covers(other))) {
          assertNotHit(new Subject.OfPackage(other));
          tried++;
        }
      }
    }
    assertTrue(tried > 3_000, tried + " tried");
  }

  @Test
  void no_banned_name_of_another_scope_or_ecosystem_is_hit() {
    for (var purl : banned()) {
      for (var type : List.of("npm", "pypi", "cargo", "gem", "conda", "snap", "golang", "nuget")) {
        var scoped =
            type.equals("npm")
                ? PackageUrl.of("npm", "@someone", purl.name())
                : PackageUrl.of(type, "", purl.name());
        if (!banned().contains(scoped)) {
          assertNotHit(new Subject.OfPackage(scoped.withVersion("1.0.0")));
        }
      }
    }
  }

  @Test
  void no_lookalike_of_a_banned_extension_or_application_is_hit() {
    var random = new Random(107);
    var known = new HashSet<String>();
    identifiers().forEach(id -> known.add(id.id().toLowerCase(Locale.ROOT)));
    for (var identifier : identifiers()) {
      for (var i = 0; i < 60; i++) {
        var id = lookalike(identifier.id(), random);
        if (!known.contains(id.toLowerCase(Locale.ROOT))) {
          assertNotHit(new Subject.OfExtension(identifier.namespace(), id));
          assertNotHit(new Subject.OfApplication(identifier.namespace(), id));
        }
      }
    }
  }

  @Test
  void case_is_only_folded_where_the_ecosystem_folds_it() {
    for (var identifier : identifiers()) {
      var upper = identifier.id().toUpperCase(Locale.ROOT);
      var hit =
          RULES.stream()
              .anyMatch(rule ->
                  !(RuleMatch.of(rule, new Subject.OfExtension(identifier.namespace(), upper))
                          instanceof RuleMatch.Missed)
                      || !(RuleMatch.of(
                              rule, new Subject.OfApplication(identifier.namespace(), upper))
                          instanceof RuleMatch.Missed));
      var folds =
          Set.of("vscode", "windows-family", "windows-uninstall").contains(identifier.namespace());
      assertEquals(folds, hit, identifier::toString);
    }
    // The Kelvin sign is a capital k to some; here it never is.
    assertNotHit(new Subject.OfExtension("vscode", "kilocode.\u212ailo-code"));
  }

  @Test
  void a_file_with_a_banned_name_in_anybodys_folder_is_not_hit() {
    for (var name :
        List.of(
            "claude", "claude.exe", "codex", "opencode.exe", "cursor", "gemini", "amp", "kiro")) {
      for (var folder :
          List.of("bin", ".local/bin", "projects/x", "Downloads", ".npm-global/bin")) {
        assertNotHit(
            new Subject.OfProgram(
                folder + "/" + name,
                "/home/ada/" + folder + "/" + name,
                "ab".repeat(32),
                new Subject.Signature.NotRead()));
      }
      assertNotHit(Subject.OfProgram.at("/usr/local/bin/" + name));
    }
  }

  private record Identifier(String namespace, String id) {}

  private static List<PackageUrl> banned() {
    return RULES.stream()
        .flatMap(rule -> rule.match().stream())
        .filter(Matcher.OfPackage.class::isInstance)
        .map(matcher -> ((Matcher.OfPackage) matcher).purl())
        .toList();
  }

  private static List<Identifier> identifiers() {
    var all = new ArrayList<Identifier>();
    for (var rule : RULES) {
      for (var matcher : rule.match()) {
        var ids =
            switch (matcher) {
              case Matcher.OfExtension(var extensions) -> extensions;
              case Matcher.OfApplication(var applications) -> applications;
              default -> Map.<String, String>of();
            };
        ids.forEach((namespace, id) -> all.add(new Identifier(namespace, id)));
      }
    }
    assertFalse(all.isEmpty());
    return all;
  }
}
