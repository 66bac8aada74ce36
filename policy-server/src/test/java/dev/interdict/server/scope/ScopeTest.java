package dev.interdict.server.scope;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class ScopeTest {
  @Test
  void a_department_is_seen_with_all_below_it_and_no_neighbour() {
    var scope = Scope.of(List.of("R&D", "Sales/EMEA"));
    for (var inside : List.of("R&D", "R&D/platform", "R&D/platform/x", "Sales/EMEA")) {
      assertTrue(scope.includes(inside), inside);
    }
    for (var outside : List.of("", "R&D2", "R&", "Sales", "Sales/EMEAX", "r&d", "/R&D")) {
      assertFalse(scope.includes(outside), outside);
    }
    assertTrue(Scope.WHOLE.includes("") && Scope.WHOLE.includes("Sales"));
  }

  @Test
  void a_wider_scope_is_not_within_a_narrower_one() {
    var narrow = Scope.of(List.of("R&D/platform"));
    var wide = Scope.of(List.of("R&D"));
    assertTrue(wide.includes(narrow) && Scope.WHOLE.includes(wide));
    assertFalse(narrow.includes(wide) || wide.includes(Scope.WHOLE));
  }

  @Test
  void a_scope_is_read_as_it_was_written_and_never_grows_by_what_is_left_out() {
    for (var scope : List.of(Scope.WHOLE, Scope.of(List.of("R&D", "研发/平台, 1")))) {
      assertEquals(scope, Scope.read(scope.written()));
    }
    assertThrows(IllegalArgumentException.class, () -> new Scope(Set.of()));
    assertThrows(IllegalArgumentException.class, () -> Scope.of(List.of("")));
    assertThrows(IllegalArgumentException.class, () -> Scope.of(List.of("a\nb")));
  }
}
