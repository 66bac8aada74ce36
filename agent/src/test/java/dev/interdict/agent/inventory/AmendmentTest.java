package dev.interdict.agent.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.agent.inventory.Amendment.Cut;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AmendmentTest {
  private static final String LIST = "[ a , b , c , d ]";

  /// Where the entries of [#LIST] stand.
  private static final List<Cut> ENTRIES =
      List.of(
          new Cut(2, 3, 2, 6),
          new Cut(6, 7, 3, 10),
          new Cut(10, 11, 7, 14),
          new Cut(14, 15, 11, 15));

  private static String without(List<Cut> cuts) {
    return new String(
        Amendment.without(LIST.getBytes(StandardCharsets.UTF_8), cuts), StandardCharsets.UTF_8);
  }

  @Test
  void whichever_entries_go_the_rest_is_a_list() {
    for (var set = 0; set < 16; set++) {
      var cuts = new ArrayList<Cut>();
      var left = new ArrayList<String>();
      for (var i = 0; i < 4; i++) {
        if ((set & 1 << i) != 0) {
          cuts.addFirst(ENTRIES.get(i));
        } else {
          left.add(String.valueOf((char) ('a' + i)));
        }
      }
      assertEquals(left.toString().replace(" ", ""), without(cuts).replace(" ", ""));
    }
  }

  @Test
  void the_same_cut_twice_is_one() {
    assertEquals("[ b , c , d ]", without(List.of(ENTRIES.getFirst(), ENTRIES.getFirst())));
  }

  @Test
  void cuts_that_overlap_or_reach_out_are_refused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> without(List.of(new Cut(2, 7, 2, 7), new Cut(6, 11, 6, 11))));
    assertThrows(IllegalArgumentException.class, () -> without(List.of(new Cut(2, 99, 2, 99))));
    assertThrows(IllegalArgumentException.class, () -> new Cut(3, 3, 3, 3));
    assertThrows(IllegalArgumentException.class, () -> new Cut(3, 4, 5, 6));
  }
}
