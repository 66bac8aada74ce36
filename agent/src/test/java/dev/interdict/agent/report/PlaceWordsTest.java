package dev.interdict.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PlaceWordsTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/interdict/agent/sources");

  /// A place as the sources write one: components of plain signs and wildcards, parted by slashes,
  /// or a component that begins with a dot, or one that a path is lengthened by.
  private static final Pattern PLACES =
      Pattern.compile(
          "\"([A-Za-z0-9._@* -]*(?:/[A-Za-z0-9._@* -]*)+|\\.[A-Za-z][A-Za-z0-9_-]+)\""
              + "|resolve\\(\"([^\"]*)\"\\)");

  @Test
  void whatever_the_sources_look_for_may_be_told() throws IOException {
    var missing = new TreeSet<String>();
    var seen = 0;
    try (var files = Files.walk(SOURCES)) {
      for (var file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        for (var place : PLACES.matcher(Files.readString(file)).results().toList()) {
          var text = place.group(1) == null ? place.group(2) : place.group(1);
          for (var word : Pattern.compile("[A-Za-z]+").matcher(text).results().toList()) {
            seen++;
            if (!PlaceWords.has(word.group())) {
              missing.add(word.group() + " of " + text + " in " + file.getFileName());
            }
          }
        }
      }
    }
    assertTrue(seen > 1000, "the sources do not write places as this test thinks: " + seen);
    assertEquals(new TreeSet<String>(), missing);
  }

  @Test
  void names_of_people_are_not_among_them() {
    for (var name : new String[] {"zhao", "lei", "wang", "alice", "smith", "maria", "li", "chen"}) {
      assertFalse(PlaceWords.has(name), name);
    }
  }
}
