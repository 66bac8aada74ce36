package dev.interdict.agent.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.evidence.Evidence;
import dev.interdict.identity.Glob;
import dev.interdict.identity.PackageUrl;
import dev.interdict.policy.Hit;
import dev.interdict.policy.Matcher;
import dev.interdict.policy.Matching;
import dev.interdict.policy.Residue;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.RuleMatch;
import dev.interdict.policy.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Whatever the rules and the thing, no rule that means it is missing among the candidates. The
/// names are few, so that most things are meant by some rule.
class RuleIndexTest {
  private static final Rule MODEL = RuleFixtures.rule(RuleFixtures.CLAUDE_CODE);
  private static final String[] NAMES = {
    "claude", "Claude", "x", "\u0130", "i", "straße", "STRASSE", ".a"
  };
  private static final String[] WILD = {"*", "?", "**", "cl*", "*e", "x?"};
  private static final String[] TYPES = {"npm", "pypi", "deb"};
  private static final String[] HOSTS = {"vscode", "chrome"};

  private static <T> T one(T[] of, Random random) {
    return of[random.nextInt(of.length)];
  }

  private static String path(Random random, boolean wild) {
    var path = new StringBuilder();
    for (var depth = 1 + random.nextInt(4); depth > 0; depth--) {
      path.append(path.isEmpty() ? "" : "/");
      path.append(wild && random.nextInt(3) == 0 ? one(WILD, random) : one(NAMES, random));
    }
    return path.toString();
  }

  private static Glob glob(String pattern, Random random) {
    return random.nextBoolean() ? Glob.of(pattern) : Glob.ignoringCase(pattern);
  }

  private static PackageUrl purl(Random random) {
    var type = one(TYPES, random);
    var purl = PackageUrl.of(type, type.equals("deb") ? "debian" : "", "n" + random.nextInt(5));
    return random.nextBoolean() ? purl : purl.withVersion("1.0");
  }

  private static Matcher matcher(Random random) {
    return switch (random.nextInt(11)) {
      case 0 -> new Matcher.OfPackage(purl(random), null);
      case 1 -> new Matcher.OfApplication(Map.of("macos", one(NAMES, random)));
      case 2 -> new Matcher.OfExtension(Map.of(one(HOSTS, random), one(NAMES, random)));
      case 3 -> new Matcher.OfProgram(glob(path(random, true), random), null, Set.of(), null);
      case 4 -> new Matcher.OfProgram(null, glob("/" + path(random, true), random), Set.of(), null);
      case 5 -> new Matcher.OfProgram(null, null, Set.of("ab"), null);
      case 6 -> new Matcher.ModelUse(List.of(Glob.of(one(WILD, random))), List.of());
      case 7 -> new Matcher.Containers(List.of(glob(path(random, true), random)));
      case 8 ->
          new Matcher.Remains(
              Map.of(one(Residue.values(), random), glob(one(WILD, random), random)));
      case 9 ->
          new Matcher.OfProgram(
              glob(path(random, true), random),
              glob("/" + path(random, true), random),
              Set.of("ab"),
              null);
      default -> new Matcher.EnvironmentVariables(List.of(one(NAMES, random)));
    };
  }

  private static Subject subject(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> new Subject.OfPackage(purl(random));
      case 1 -> new Subject.OfApplication("macos", one(NAMES, random));
      case 2 -> new Subject.OfExtension(one(HOSTS, random), one(NAMES, random));
      case 3 -> {
        var path = path(random, false);
        var inHome = random.nextBoolean() ? path : null;
        var digest = random.nextBoolean() ? "ab" : null;
        yield new Subject.OfProgram(inHome, "/" + path, digest, new Subject.Signature.NotRead());
      }
      case 4 -> new Subject.OfModel("aider", one(NAMES, random));
      case 5 -> new Subject.OfContainer(path(random, false));
      case 6 -> new Subject.OfResidue(one(Residue.values(), random), one(NAMES, random));
      default -> new Subject.OfVariable(one(NAMES, random));
    };
  }

  private static Rule rule(Random random) {
    var matchers = new ArrayList<Matcher>();
    for (var i = random.nextInt(3); i >= 0; i--) {
      matchers.add(matcher(random));
    }
    return new Rule(
        MODEL.id(),
        MODEL.tool(),
        matchers,
        MODEL.enforcement(),
        MODEL.timeline(),
        MODEL.scope(),
        MODEL.maxItemsPerDevice(),
        List.of());
  }

  private static boolean means(Rule rule, Subject subject) {
    return rule.match().stream().anyMatch(matcher -> Matching.hit(matcher, subject) != Hit.NO);
  }

  @Test
  void no_rule_that_means_a_thing_is_missing() {
    var random = new Random(11);
    var meant = 0;
    for (var round = 0; round < 300; round++) {
      var rules = IntStream.range(0, 40).mapToObj(_ -> rule(random)).toList();
      var index = new RuleIndex(rules);
      for (var i = 0; i < 40; i++) {
        var subject = subject(random);
        var asked = new TreeSet<Integer>();
        IntStream.range(0, 40).filter(r -> means(rules.get(r), subject)).forEach(asked::add);
        var candidates = index.candidates(subject);
        assertTrue(candidates.containsAll(asked), () -> subject + ": " + asked + candidates);
        meant += asked.size();
      }
    }
    assertTrue(meant > 10_000, meant + " meant");
  }

  @Test
  void no_rule_that_means_an_installation_is_missing_however_many_programs_it_has() {
    var random = new Random(12);
    var found = 0;
    for (var round = 0; round < 200; round++) {
      var rules = IntStream.range(0, 20).mapToObj(_ -> rule(random)).toList();
      var index = new RuleIndex(rules);
      for (var i = 0; i < 20; i++) {
        var programs =
            Stream.generate(() -> subject(random))
                .limit(40)
                .filter(Subject.OfProgram.class::isInstance)
                .limit(random.nextInt(4))
                .toList();
        var evidence = new Evidence("s", null, "/x", subject(random), programs);
        var candidates = Findings.candidates(index, evidence);
        for (var place = 0; place < rules.size(); place++) {
          if (!(evidence.match(rules.get(place)) instanceof RuleMatch.Missed)) {
            found++;
            assertTrue(candidates.contains(place), () -> evidence + ": " + candidates);
          }
        }
      }
    }
    assertTrue(found > 5_000, found + " found");
  }

  @Test
  void of_many_rules_few_are_looked_at() {
    var rules = new ArrayList<Rule>();
    for (var i = 0; i < 1_000; i++) {
      rules.add(
          RuleFixtures.rule(
              RuleFixtures.CLAUDE_CODE
                  .replace("claude-code", "tool-" + i)
                  .replace("share/claude", "share/tool-" + i)));
    }
    var index = new RuleIndex(rules);
    assertEquals(
        Set.of(7), index.candidates(Subject.OfProgram.inHome(".local/share/tool-7/versions/2")));
    assertEquals(Set.of(), index.candidates(Subject.OfProgram.at("/usr/bin/vim")));
    assertEquals(
        Set.of(9),
        index.candidates(
            new Subject.OfPackage(PackageUrl.npm("@anthropic-ai/tool-9").withVersion("1.0.0"))));
  }
}
