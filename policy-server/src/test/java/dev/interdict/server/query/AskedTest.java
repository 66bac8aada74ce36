package dev.interdict.server.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class AskedTest {
  private static Asked asked(String key, String... values) {
    return new Asked(Map.of(key, List.of(values)));
  }

  private static void refused(
      String key, String value, Function<Asked, ? extends @Nullable Object> read) {
    var asked = asked(key, value);
    var refused = assertThrows(IllegalArgumentException.class, () -> read.apply(asked));
    assertTrue(String.valueOf(refused.getMessage()).startsWith(key + ": "), refused.getMessage());
  }

  @Test
  void names_are_repeated_for_any_of_them_and_an_exclamation_mark_is_not() {
    assertEquals(
        new Terms(Set.of("R&D", "a,b"), Set.of("Finance")),
        asked("dept", "R&D", "!Finance", "a,b", " ").names("dept"));
    assertEquals(Terms.ALL, asked("dept", "").names("dept"));
    assertEquals(Terms.ALL, asked("dept", "x").names("ring"));
  }

  @Test
  void every_name_can_be_written() {
    for (var name : List.of("!Bang", "-", "\\\\server", "\\", "", "!", "a!b", "--", "\\!x", "!-")) {
      var not = "!" + Terms.written(name);
      assertEquals(Terms.of(name), asked("k", Terms.written(name)).names("k"), name);
      assertEquals(new Terms(Set.of(), Set.of(name)), asked("k", not).names("k"), name);
    }
    assertEquals("\\!Bang", Terms.written("!Bang"));
    assertEquals("-", Terms.written(""));
  }

  @Test
  void words_may_stand_behind_one_another() {
    var known = List.of("clear", "present", "failed");
    assertEquals(
        Terms.of("present", "failed"), asked("state", "present, failed").words("state", known));
    assertEquals(
        Set.of("present", "failed"), asked("state", "!clear").chosen("state", known, word -> word));
    assertEquals(Set.of(), Asked.NOTHING.chosen("state", known, word -> word));
    refused("state", "gone", asked -> asked.words("state", known));
    refused("state", "!", asked -> asked.words("state", known));
    refused("state", "!clear,!present,!failed", asked -> asked.chosen("state", known, one -> one));
  }

  @Test
  void what_is_one_is_not_two() {
    assertThrows(IllegalArgumentException.class, () -> asked("q", "a", "b").text("q"));
    assertThrows(IllegalArgumentException.class, () -> asked("d", "a", "b").name("d"));
    refused("d", "!a", asked -> asked.name("d"));
    assertEquals("", asked("d", "-").name("d"));
    assertNull(Asked.NOTHING.name("d"));
  }

  @Test
  void an_order_that_the_list_does_not_have_is_refused_with_those_it_has() {
    assertEquals(Optional.of(new Order("host", true)), asked("sort", "-host").order("host"));
    assertEquals(Optional.empty(), Asked.NOTHING.order("host"));
    refused("sort", "-due", asked -> asked.order("host"));
  }

  @Test
  void columns_come_in_the_order_in_which_they_are_asked_for() {
    var known = List.of("id", "host", "os");
    assertEquals(List.of("os", "id"), asked("cols", "os,id").columns(known));
    assertEquals(List.of("os", "id"), asked("cols", "os", "id", "os").columns(known));
    assertEquals(known, Asked.NOTHING.columns(known));
    refused("cols", "id,password", asked -> asked.columns(known));
  }

  @Test
  void a_day_is_one_of_the_zone_and_is_meant_whole() {
    var shanghai =
        new Asked(
            Map.of(
                "from", List.of("2026-07-10"),
                "to", List.of("2026-07-10"),
                "tz", List.of("Asia/Shanghai")));
    assertEquals(Instant.parse("2026-07-09T16:00:00Z"), shanghai.from());
    assertEquals(Instant.parse("2026-07-10T16:00:00Z"), shanghai.to());
    var at = Instant.parse("2026-07-10T00:00:00Z");
    assertEquals(at, asked("to", "2026-07-10T00:00:00Z").to());
    assertEquals(at, asked("from", "2026-07-10").from());
    refused("from", "10.7.2026", Asked::from);
    refused("tz", "Mars/Olympus", Asked::zone);
    refused("from", "+999999999-12-31", asked -> asked.from());
  }

  @Test
  void far_too_much_is_refused() {
    assertThrows(IllegalArgumentException.class, () -> asked("q", "x".repeat(2_001)));
    var many = new String[201];
    java.util.Arrays.fill(many, "x");
    assertThrows(IllegalArgumentException.class, () -> asked("dept", many));
  }

  @Test
  void a_term_and_its_opposite_are_everything() {
    for (var value : List.of("", "a", "b")) {
      assertTrue(Terms.of("a").allows(value) != new Terms(Set.of(), Set.of("a")).allows(value));
    }
    assertFalse(new Terms(Set.of("a"), Set.of("a")).allows("a"));
  }
}
