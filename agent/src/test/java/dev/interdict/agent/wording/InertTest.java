package dev.interdict.agent.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class InertTest {

  @Test
  void white_space_of_every_kind_becomes_one_blank() {
    assertEquals("a b c d", Inert.text(" a\r\n\tb\u2028\u2029 c\u0085\u00A0\u3000d\n"));
  }

  @Test
  void controls_escapes_and_reordering_are_left_out() {
    assertEquals(
        "a[2Jb]0;tc(d)e",
        Inert.text("a\u001B[2Jb\u009B\u001B]0;t\u0007c\u202E(\u2066d\u061C)\u200F\uFEFFe\u007F"));
    assertEquals("x", Inert.text("\uD800x\uDC00\uE000\uDB40\uDC41"));
  }

  @Test
  void marks_pile_up_two_high_at_most() {
    assertEquals("a\u0301\u0302b\u0303", Inert.text("a\u0301\u0302\u0303\u0304b\u0303"));
  }

  @Test
  void other_scripts_and_emoji_stay() {
    assertEquals("工具 – Ünï 🚀", Inert.text("工具 – Ünï 🚀"));
  }

  @Test
  void length_is_bounded() {
    assertTrue(Inert.text("x".repeat(1_000_000)).length() <= 2_001);
  }

  @Test
  void texts_are_inert_however_they_were_made() {
    var texts = new Texts("a\n", "b\u001Bc", "d\te", null, "f\u202Eg", java.util.List.of());
    assertEquals(new Texts("a", "bc", "d e", null, "fg", java.util.List.of()), texts);
  }
}
