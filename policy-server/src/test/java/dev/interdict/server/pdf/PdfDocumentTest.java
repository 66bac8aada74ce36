package dev.interdict.server.pdf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class PdfDocumentTest {
  private static final Type TYPE = new Type(9, false, Ink.BLACK);

  private static byte[] written(String... texts) {
    var document = new PdfDocument("A title", "en", Instant.EPOCH);
    var flow = new Flow(document);
    for (var text : texts) {
      flow.text(TYPE, text);
    }
    return document.bytes();
  }

  @Test
  void text_in_both_languages_is_read_back_as_it_was_written() {
    var text = PdfText.of(written("Café – 8.3 % of “all”", "研发部（上海）", "Ωmega Привет"));
    assertEquals("Café – 8.3 % of “all”\n研发部（上海）\nΩ\nmega \nПривет\n", text);
  }

  @Test
  void what_would_end_its_place_or_hide_what_it_says_is_shown_by_its_number() {
    var file = written(") Tj ET\nendstream\nendobj", "a\u202eb\u0007\ud83d\ude00\u05e9\ud800\\");
    var text = PdfText.of(file);
    assertEquals(
        ") Tj ET\\u{a}endstream\\u{a}endobj\na\\u{202e}b\\u{7}\\u{1f600}\\u{5e9}\\u{d800}\\\n",
        text);
  }

  @Test
  void a_text_that_is_put_on_a_page_by_itself_is_shown_the_same_way() {
    var document = new PdfDocument("A title", "en", Instant.EPOCH);
    document.add().text(TYPE, 40, 40, "a\u202eb");
    document.add().textBefore(TYPE, 200, 40, "\ud83d\ude00");
    assertEquals("a\\u{202e}b\n\\u{1f600}\n", PdfText.of(document.bytes()));
  }

  @Test
  void a_title_of_anybodys_cannot_leave_its_place() {
    var document = new PdfDocument(") >> endobj \ud83d\ude00 标题", "zh-CN", Instant.EPOCH);
    document.add();
    var file = document.bytes();
    assertEquals("", PdfText.of(file));
    assertFalse(new String(file, StandardCharsets.ISO_8859_1).contains(") >> endobj"));
  }

  @Test
  void a_word_that_is_wider_than_the_page_is_broken_and_nothing_is_beside_it() {
    var words = List.of("w".repeat(1_000), "很".repeat(500), "a b ".repeat(300));
    var text = PdfText.of(written(words.toArray(String[]::new)));
    for (var line : text.lines().toList()) {
      assertTrue(TYPE.width(line) <= Flow.WIDTH + 0.01, line);
    }
    assertEquals(String.join("", words).replace(" ", ""), text.replace("\n", "").replace(" ", ""));
  }

  @Test
  void a_long_table_goes_on_over_pages_with_its_head_on_each() {
    var document = new PdfDocument("A title", "en", Instant.EPOCH);
    var rows = new ArrayList<List<String>>();
    for (var i = 0; i < 200; i++) {
      rows.add(List.of("row " + i, "x".repeat(i % 9 == 0 ? 2_000 : 3)));
    }
    var columns = List.of(new Flow.Column("Left", 1, false), new Flow.Column("Right", 1, true));
    new Flow(document).table(TYPE, columns, rows);
    var lines = PdfText.of(document.bytes()).lines().toList();
    assertEquals(document.pages().size(), Collections.frequency(lines, "Left"));
    assertTrue(document.pages().size() > 3);
    for (var i = 0; i < 200; i++) {
      assertEquals(1, Collections.frequency(lines, "row " + i));
    }
    assertTrue(lines.stream().anyMatch(line -> line.endsWith("x…")));
  }

  @Test
  void the_same_content_is_the_same_bytes_and_other_content_has_another_id() {
    assertArrayEquals(written("a"), written("a"));
    assertFalse(id(written("a")).equals(id(written("b"))));
  }

  private static String id(byte[] file) {
    var text = new String(file, StandardCharsets.ISO_8859_1);
    return text.substring(text.indexOf("/ID"));
  }

  @Test
  void no_line_begins_with_what_ends_a_clause() {
    var lines = Glyphs.wrapped("一二三四，五六七八。九十（甲乙）", Face.REGULAR, 10, 41);
    for (var line : lines) {
      assertFalse("，。）".indexOf(line.charAt(0)) >= 0, lines::toString);
    }
  }
}
