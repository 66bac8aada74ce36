package dev.interdict.server.web.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.server.web.diff.WordDiff.Kind;
import dev.interdict.server.web.diff.WordDiff.Line;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WordDiffTest {
  private static String shown(String before, String after) {
    return WordDiff.of(before, after).stream()
        .map(WordDiffTest::shown)
        .collect(Collectors.joining("|"));
  }

  private static String shown(Line line) {
    var text =
        line.pieces().stream()
            .map(piece -> piece.kind() == Kind.SAME ? piece.text() : "<" + piece.text() + ">")
            .collect(Collectors.joining());
    return switch (line.kind()) {
      case SAME -> " " + text;
      case GONE -> "-" + text;
      case NEW -> "+" + text;
      case SKIPPED -> "…" + text;
    };
  }

  @Test
  void words_that_differ_are_told_apart_within_a_line() {
    assertEquals(
        " a: 1|-b: <remove> now|-<c: 3>|+b: <block> now",
        shown("a: 1\nb: remove now\nc: 3\n", "a: 1\nb: block now\n"));
  }

  @Test
  void the_same_text_has_no_difference() {
    assertEquals(List.of(), WordDiff.of("a\nb\n", "a\nb\n"));
    assertEquals(List.of(), WordDiff.of("", ""));
  }

  @Test
  void what_is_long_the_same_is_left_out_and_counted() {
    var many = IntStream.range(0, 20).mapToObj(Integer::toString).collect(Collectors.joining("\n"));
    assertEquals("…<17>| 17| 18| 19|+<new>", shown(many, many + "\nnew"));
    assertEquals("+<new>| 0| 1| 2|…<17>", shown(many, "new\n" + many));
  }

  @Test
  void texts_that_are_too_long_to_compare_are_shown_one_after_the_other() {
    var before = IntStream.range(0, 2_500).mapToObj(i -> "a" + i).collect(Collectors.joining("\n"));
    var after = IntStream.range(0, 2_500).mapToObj(i -> "b" + i).collect(Collectors.joining("\n"));
    assertEquals(5_000, WordDiff.of(before, after).size());
  }
}
