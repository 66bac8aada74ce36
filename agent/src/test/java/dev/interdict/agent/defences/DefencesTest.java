package dev.interdict.agent.defences;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The lists cannot rot: each defence is still written as they say, and its tests are there.
class DefencesTest {
  private static final Path PROJECT = Path.of("..");

  @Test
  void every_defence_is_in_its_source_exactly_once() throws Exception {
    var lost = new ArrayList<String>();
    for (var defence : DefenceList.all()) {
      try {
        defence.without(PROJECT);
      } catch (IllegalArgumentException e) {
        lost.add(defence.name() + ": " + e.getMessage());
      }
    }
    assertEquals(List.of(), lost);
  }

  @Test
  void every_test_that_must_fail_exists() throws Exception {
    var loader = DefencesTest.class.getClassLoader();
    assertFalse(DefenceList.all().isEmpty());
    for (var defence : DefenceList.all()) {
      for (var test : defence.tests()) {
        var type = Class.forName(test.type(), false, loader);
        assertTrue(
            test.method().isEmpty()
                || Arrays.stream(type.getDeclaredMethods())
                    .anyMatch(method -> method.getName().equals(test.method())),
            test::toString);
      }
    }
  }

  @Test
  void names_are_told_apart_and_threats_are_numbers_of_the_model() throws Exception {
    var names = new HashSet<String>();
    for (var defence : DefenceList.all()) {
      assertTrue(names.add(defence.name()), defence::name);
      for (var threat : defence.threats()) {
        var number = Integer.parseInt(threat.substring(1));
        assertTrue(number >= 1 && number <= 112, defence::name);
      }
    }
  }

  @Test
  void every_defence_has_its_row_in_the_measured_table() throws Exception {
    var table = Files.readString(Path.of("docs", "defences.md"));
    for (var defence : DefenceList.all()) {
      assertTrue(table.contains("| " + defence.name() + " |"), defence::name);
    }
  }

  @Test
  void lines_are_found_whatever_their_indentation_and_only_if_they_are_there_once() {
    var edit = new Edit("X", List.of("a();", "b();"), List.of("c();"));

    assertEquals("{\nc();\n}\n", edit.apply("{\n  a();\n    b();\n}\n"));
    assertThrows(IllegalArgumentException.class, () -> edit.apply("a();\nx();\nb();\n"));
    assertThrows(IllegalArgumentException.class, () -> edit.apply("a();\nb();\na();\nb();\n"));
  }

  @Test
  void a_list_that_is_not_understood_is_an_error() {
    assertThrows(IllegalArgumentException.class, () -> DefenceList.parse("x", "T1: name\n  - a\n"));
    assertThrows(IllegalArgumentException.class, () -> DefenceList.parse("x", "T1: name\nwhat\n"));
    var read =
        DefenceList.parse("x", "T1 T2: name\n  in a.B\n  - x\n  + y\n  - z\n  fails a.C#d\n");
    assertEquals(List.of("T1", "T2"), read.getFirst().threats());
    assertEquals(2, read.getFirst().edits().size());
    assertEquals("dev.interdict.a.C#d", read.getFirst().tests().getFirst().toString());
  }
}
