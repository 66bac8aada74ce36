package dev.interdict.agent.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The table of safety tests cannot rot: every number is in it, and every test it names is there.
class SafetyTableTest {
  private static final Path TABLE = Path.of("docs", "safety-tests.md");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| T([0-9]+) \\| (.*) \\| ?(.*) \\|$");
  private static final Pattern TEST = Pattern.compile("`([a-z.]+\\.[A-Z]\\w+)(?:#(\\w+))?`");

  @Test
  void every_number_has_a_row_with_a_test_or_a_reason() throws Exception {
    var rows = ROW.matcher(Files.readString(TABLE)).results().toList();
    assertEquals(
        IntStream.rangeClosed(1, 46).boxed().toList(),
        rows.stream().map(row -> Integer.valueOf(row.group(1))).toList());
    for (var row : rows) {
      assertTrue(row.group(2).contains("#") || !row.group(3).isBlank(), row.group());
    }
  }

  @Test
  void every_test_that_is_named_exists() throws Exception {
    var tests = TEST.matcher(Files.readString(TABLE)).results().toList();
    assertFalse(tests.isEmpty());
    for (var test : tests) {
      var loader = SafetyTableTest.class.getClassLoader();
      var type = Class.forName("dev.interdict.agent." + test.group(1), false, loader);
      assertTrue(
          test.group(2) == null
              || Arrays.stream(type.getDeclaredMethods())
                  .anyMatch(method -> method.getName().equals(test.group(2))),
          test.group());
    }
  }
}
