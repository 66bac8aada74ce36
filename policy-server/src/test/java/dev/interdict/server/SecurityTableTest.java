package dev.interdict.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The table of security tests cannot rot: every number is in it, and every test it names is there.
@Tag("any-database")
class SecurityTableTest {
  private static final Path TABLE = Path.of("docs", "security-tests.md");
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| T([0-9]+) \\| [^|]* \\| (`[^|]*`) \\|");
  private static final Pattern NAMED = Pattern.compile("`([a-z.]*[A-Z]\\w+)#(\\w+)`");

  @Test
  void every_number_of_the_servers_has_a_row_with_a_test() throws Exception {
    var numbers =
        Stream.of(
                IntStream.of(61, 62),
                IntStream.rangeClosed(66, 88),
                IntStream.rangeClosed(99, 102),
                IntStream.of(110, 111))
            .flatMap(IntStream::boxed)
            .toList();
    assertEquals(
        numbers,
        ROW.matcher(Files.readString(TABLE))
            .results()
            .filter(row -> NAMED.matcher(row.group(2)).find())
            .map(row -> Integer.valueOf(row.group(1)))
            .toList());
  }

  @Test
  void every_test_that_is_named_exists() throws Exception {
    var named = NAMED.matcher(Files.readString(TABLE)).results().toList();
    assertTrue(named.size() > 60, () -> "only " + named.size());
    for (var test : named) {
      var type =
          Class.forName(
              "dev.interdict.server." + test.group(1), false, getClass().getClassLoader());
      assertTrue(
          Arrays.stream(type.getDeclaredMethods())
              .anyMatch(method ->
                  method.getName().equals(test.group(2)) && method.getAnnotations().length > 0),
          test.group());
    }
  }
}
