package dev.interdict.trust.metadata;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

/// The small languages within metadata.
class MetadataFuzzTest {

  @Test
  void a_time_is_written_in_one_way() throws InterruptedException {
    Fuzz.of("rfc3339")
        .seeds("2026-07-10T00:00:00Z", "2024-02-29T23:59:59Z", "0001-01-01T00:00:00Z")
        .refuses(IllegalArgumentException.class)
        .run(input -> {
          var text = Fuzz.text(input);
          assertEquals(text, Rfc3339.format(Rfc3339.parse(text)));
        });
  }

  @Test
  void patterns_of_paths() throws InterruptedException {
    Fuzz.of("path-pattern")
        .seeds("blocklist/*\nblocklist/global.json", "a?c/**/*.json\nabc/d/e.json", "*\nx")
        .words("*", "?", "/", "**", "*a*a*a*", "\n")
        .run(input -> {
          var lines = Fuzz.text(input).split("\n", 2);
          var pattern = lines[0].substring(0, Math.min(200, lines[0].length()));
          var path = lines.length == 2 ? lines[1] : "";
          path = path.substring(0, Math.min(200, path.length()));
          assertEquals(slowly(pattern, path), Glob.matches(pattern, path));
        });
  }

  /// The definition, a table of all beginnings.
  private static boolean slowly(String pattern, String path) {
    var fits = new boolean[pattern.length() + 1][path.length() + 1];
    fits[0][0] = true;
    for (var p = 1; p <= pattern.length(); p++) {
      var wanted = pattern.charAt(p - 1);
      for (var t = 0; t <= path.length(); t++) {
        var given = t == 0 ? '/' : path.charAt(t - 1);
        fits[p][t] =
            wanted == '*'
                ? fits[p - 1][t] || t > 0 && given != '/' && fits[p][t - 1]
                : t > 0 && fits[p - 1][t - 1] && (wanted == given || wanted == '?' && given != '/');
      }
    }
    return fits[pattern.length()][path.length()];
  }
}
