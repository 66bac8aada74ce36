package dev.interdict.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    ".local/share/claude/versions/*, .local/share/claude/versions/2.1.91, true",
    ".local/share/claude/versions/*, .local/share/claude/versions/2.1.91/claude, false",
    ".local/share/claude/versions/*, x/.local/share/claude/versions/2.1.91, false",
    "claude-opus-*, claude-opus-4-8, true",
    "claude-opus-*, claude-opus, false",
    "claude-opus-*, not-claude-opus-4, false",
    "claude-*-4[1m], claude-opus-4[1m], true",
    "claude-*-4[1m], claude-opus-41, false",
    "claude-2.1, claude-2x1, false",
    "*/bin, usr/bin, true",
    "*/bin, usr/local/bin, false",
    "a?c, abc, true",
    "a?c, a/c, false",
    "a?c, ac, false",
    "a?c, a\uD83D\uDE00c, true",
    "**/claude, claude, true",
    "**/claude, a/claude, true",
    "**/claude, a/b/claude, true",
    "**/claude, a/bclaude, false",
    "**/claude, a/claude/b, false",
    "a/**/b, a/b, true",
    "a/**/b, a/x/b, true",
    "a/**/b, a/x/y/b, true",
    "a/**/b, a/xb, false",
    "a/**/b, ab, false",
    "a/**/b/**/c, a/b/c, true",
    "a/**/b/**/c, a/x/b/b/y/c, true",
    "a/**/b/**/c, a/x/c, false",
    "a/**, a/b, true",
    "a/**, a/b/c, true",
    "a/**, a, false",
    "a/**, a/, false",
    "a/**/*.exe, a/x.exe, true",
    "a/**/*.exe, a/b/c/x.exe, true",
    "/usr/lib/**, /usr/lib/x, true",
    "/usr/lib/**, usr/lib/x, false",
    "*a*b*, xaxbx, true",
    "*a*b*, xbxax, false",
    "Claude, claude, false",
  })
  void matches(String pattern, String text, boolean expected) {
    assertEquals(expected, Glob.of(pattern).matches(text));
  }

  @Test
  void folds_case_only_when_asked() {
    assertTrue(Glob.ignoringCase("Applications/CLAUDE*.app").matches("applications/Claude 2.APP"));
    assertTrue(Glob.ignoringCase("\u00c9*").matches("\u00e9t\u00e9"));
    assertFalse(Glob.of("Applications/*").matches("applications/x"));
    assertNotEquals(Glob.of("a"), Glob.ignoringCase("a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "/", "a//b", "a/", "a**", "**a", "a/b**/c", "***", "../a", "a/../b", "./a", "a\\b",
        "a\nb", "a\0"
      })
  void refuses_what_could_not_match_or_would_mislead(String pattern) {
    assertThrows(IllegalArgumentException.class, () -> Glob.of(pattern));
    assertThrows(IllegalArgumentException.class, () -> Glob.ignoringCase(pattern));
  }

  @Test
  void refuses_endless_patterns() {
    assertThrows(IllegalArgumentException.class, () -> Glob.of("a".repeat(1025)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"*", "**", "?", "?*", "*/*", "**/*", "*/**", "**/*/**", "*.*", ".*", "/**", "-*"})
  void knows_that_it_names_nothing(String pattern) {
    assertTrue(Glob.of(pattern).matchesEverything());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a*", "**/claude", "*2*", "\u4f60*"})
  void knows_that_it_names_something(String pattern) {
    assertFalse(Glob.of(pattern).matchesEverything());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b",
        "**/a/**/a/**/a/**/a/**/a/**/a/**/b",
        "**/*a*/**/*a*/**/*a*/**/*a*/**/b",
        "?*?*?*?*?*?*?*?*?*?*?*?*?*?*b",
      })
  void steps_grow_with_the_length_of_the_text_and_no_faster(String pattern) {
    for (var unit : new String[] {"a", "a/", "aa/"}) {
      for (var size : new int[] {1, 100, 10_000}) {
        var text = unit.repeat(size) + "c";
        var run = Glob.of(pattern).new Run();
        assertFalse(run.accepts(text));
        assertTrue(
            run.steps <= 2L * (pattern.length() + 1) * (text.length() + 1),
            () -> run.steps + " steps for " + text.length() + " characters");
      }
    }
  }

  @Test
  void agrees_with_the_plain_definition() {
    var random = new Random(50);
    var matched = 0;
    for (var i = 0; i < 60_000; i++) {
      var pattern = path(random, new String[] {"a", "b", "*", "?", "a*", "*b", "**"});
      var text = path(random, new String[] {"a", "b", "ab", "ba", "aab"});
      var expected = matches(pattern.split("/"), 0, text.split("/"), 0);
      assertEquals(expected, Glob.of(pattern).matches(text), pattern + " on " + text);
      matched += expected ? 1 : 0;
    }
    assertTrue(matched > 1000, "hardly anything matched");
  }

  /// The meaning spelled out by components, exponential and obvious.
  private static boolean matches(String[] pattern, int p, String[] text, int t) {
    if (p == pattern.length) {
      return t == text.length;
    }
    if (pattern[p].equals("**")) {
      if (p == pattern.length - 1) {
        return t < text.length;
      }
      return matches(pattern, p + 1, text, t)
          || (t < text.length && matches(pattern, p, text, t + 1));
    }
    return t < text.length
        && text[t].matches(pattern[p].replace("*", ".*").replace("?", "."))
        && matches(pattern, p + 1, text, t + 1);
  }

  private static String path(Random random, String[] components) {
    var path = new StringBuilder(components[random.nextInt(components.length)]);
    for (var more = random.nextInt(5); more > 0; more--) {
      path.append('/').append(components[random.nextInt(components.length)]);
    }
    return path.toString();
  }

  @Test
  void the_stem_is_what_each_match_lies_below() {
    assertEquals("/opt/x", Glob.of("/opt/x/**").stem());
    assertEquals("/opt", Glob.of("/opt/x*/y").stem());
    assertEquals("", Glob.of("/o?t/x").stem());
    assertEquals("", Glob.of("**/bin/x").stem());
    assertEquals(".local/bin/x", Glob.of(".local/bin/x").stem());
  }
}
