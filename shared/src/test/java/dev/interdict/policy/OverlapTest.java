package dev.interdict.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.identity.Glob;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OverlapTest {
  @Test
  void globs_overlap_exactly_when_some_text_is_matched_by_both() {
    var globs =
        List.of("a", "a*", "*b", "a/b", "a/**", "**/b", "a/**/b", "?", "*/b", "**", "a?b", "c/*");
    var texts =
        List.of("a", "b", "ab", "axb", "a/b", "a/c/b", "c/b", "a/c", "c/ab", "a/c/c", "a/c/d/b");
    for (var left : globs) {
      for (var right : globs) {
        var shared =
            texts.stream().anyMatch(t -> Glob.of(left).matches(t) && Glob.of(right).matches(t));
        assertEquals(
            shared, Overlap.between(Glob.of(left), Glob.of(right)), () -> left + " and " + right);
      }
    }
  }

  @Test
  void a_long_pattern_of_stars_is_answered() {
    var stars = Glob.of("a*".repeat(500));
    assertTrue(Overlap.between(stars, Glob.of("*a".repeat(500))));
  }

  @Test
  void a_place_below_a_home_meets_an_absolute_one() {
    var home = new Matcher.OfProgram(Glob.of(".qoder/bin/**"), null, Set.of(), null);
    var system = new Matcher.OfProgram(null, Glob.of("/home/*/.qoder/**"), Set.of(), null);
    assertTrue(Overlap.between(home, system));
    var other = new Matcher.OfProgram(null, Glob.of("/opt/qoder/**"), Set.of(), null);
    assertFalse(Overlap.between(home, other));
  }

  @Test
  void packages_overlap_by_product_whatever_their_versions() {
    var left = MatchingTest.ofPackage("pkg:npm/%40qoder-ai/qodercli", "vers:npm/<1.0.0");
    assertTrue(Overlap.between(left, MatchingTest.ofPackage("pkg:npm/%40qoder-ai/qodercli", null)));
    assertFalse(Overlap.between(left, MatchingTest.ofPackage("pkg:npm/qodercli", null)));
  }
}
