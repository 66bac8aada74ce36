package dev.interdict.agent.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnsTest {

  @Test
  void wide_characters_take_two_columns_and_marks_none() {
    assertEquals(5, Columns.of("Qoder"));
    assertEquals(10, Columns.of("移除，（7" + "）") - 1);
    assertEquals(1, Columns.of("e\u0301"));
    assertEquals(2, Columns.of("🚀"));
    assertEquals(1, Columns.of("ﾊ"));
    assertEquals(2, Columns.of("한"));
  }

  @Test
  void cutting_never_exceeds_the_width_nor_halves_a_character() {
    assertEquals("移…", Columns.cut("移除了", 4));
    assertEquals("移除…", Columns.cut("移除了的", 5));
    assertEquals("ab…", Columns.cut("ab cd", 4));
    assertEquals("abcd", Columns.cut("abcd", 4));
  }

  @Test
  void latin_text_breaks_at_blanks() {
    assertEquals(List.of("Use Qoder", "instead."), Columns.wrap("Use Qoder instead.", 10));
  }

  @Test
  void chinese_text_breaks_anywhere_but_around_marks() {
    assertEquals(List.of("请立即保", "存，谢", "谢。"), Columns.wrap("请立即保存，谢谢。", 8));
    assertEquals(List.of("自十日", "（周五）"), Columns.wrap("自十日（周五）", 8));
  }

  @Test
  void a_word_longer_than_a_line_is_cut_hard() {
    assertEquals(List.of("a", "bcdef", "gh"), Columns.wrap("a bcdefgh", 5));
  }
}
