package dev.interdict.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @Test
  void leaves_readable_text_alone() {
    for (var text :
        new String[] {
          "", "C:\\Users\\Zo\u00eb\\claude.exe", "\u5de5\u5177 \uD83D\uDE00", "a\u0301"
        }) {
      assertEquals(text, Printable.of(text));
      assertEquals(text, Printable.of(text.getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void one_event_stays_one_line() {
    assertEquals(
        "a\\u{d}\\u{a}2026-07-10 INFO removed\\u{85}\\u{2028}\\u{2029}\\u{b}\\u{c}",
        Printable.of("a\r\n2026-07-10 INFO removed\u0085\u2028\u2029\u000b\f"));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0, 0x07, 0x08, 0x1b, 0x7f, 0x80, 0x9b, 0xad, 0x061c, 0x200b, 0x200e, 0x200f, 0x202a, 0x202b,
        0x202c, 0x202d, 0x202e, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xd800, 0xdfff, 0xe000,
        0xfeff, 0xfff9, 0xffff, 0xe0041, 0x10ffff
      })
  void makes_the_invisible_visible(int c) {
    assertEquals(
        "x\\u{" + Integer.toHexString(c) + "}y", Printable.of("x" + Character.toString(c) + "y"));
  }

  @Test
  void shows_bytes_that_are_not_utf8() {
    assertEquals(
        "a\\x{ff}b\\x{c0}\\x{af}\\x{ed}\\x{a0}\\x{80}\u00e9\\u{1b}\\x{e4}\\x{bd}",
        Printable.of(
            new byte[] {
              'a',
              -1,
              'b',
              (byte) 0xc0,
              (byte) 0xaf,
              (byte) 0xed,
              (byte) 0xa0,
              (byte) 0x80,
              (byte) 0xc3,
              (byte) 0xa9,
              0x1b,
              (byte) 0xe4,
              (byte) 0xbd
            }));
  }

  @Test
  void cuts_between_characters() {
    assertEquals("\uD83D\uDE00\\u{a}\u2026", Printable.of("\uD83D\uDE00\nabc", 2));
    assertEquals("abc", Printable.of("abc", 3));
  }

  @Test
  void whatever_comes_in_one_visible_line_goes_out() {
    var random = new Random(53);
    for (var i = 0; i < 2000; i++) {
      var bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      var shown = Printable.of(bytes);
      assertEquals(shown, Printable.of(shown));
      assertTrue(
          shown
              .codePoints()
              .noneMatch(c -> Character.isISOControl(c) || (c >= 0x202a && c <= 0x202e)));
    }
  }
}
