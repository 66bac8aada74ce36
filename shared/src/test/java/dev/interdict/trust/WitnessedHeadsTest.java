package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.JsonException;
import dev.interdict.trust.metadata.LogHead;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class WitnessedHeadsTest {
  private static final Instant NOON = Instant.parse("2026-07-01T12:00:00Z");

  private static LogHead head(long length) {
    return head(length, "0");
  }

  private static LogHead head(long length, String branch) {
    return new LogHead(
        length,
        (branch + Long.toHexString(length))
            .transform(each -> "0".repeat(64 - each.length()) + each));
  }

  private static Instant after(int hours) {
    return NOON.plus(Duration.ofHours(hours));
  }

  private static List<Long> lengths(WitnessedHeads heads) {
    return heads.heads().stream().map(seen -> seen.head().length()).toList();
  }

  @Test
  void the_first_and_the_last_of_each_day_are_kept() {
    var heads = WitnessedHeads.NONE;
    for (var hour = 0; hour < 36; hour++) {
      heads = heads.with(head(100 + hour), after(hour));
    }
    assertEquals(List.of(100L, 111L, 112L, 135L), lengths(heads));
    assertSame(heads, heads.with(head(135), after(40)));
    assertEquals(List.of(), heads.contradictions());
  }

  @Test
  void no_more_than_some_are_kept_and_they_are_the_newest() {
    var heads = WitnessedHeads.NONE;
    for (var hour = 0; hour < 24 * 200; hour++) {
      heads = heads.with(head(1 + hour), after(hour));
    }
    assertEquals(WitnessedHeads.MOST, heads.heads().size());
    assertEquals(24L * 200, lengths(heads).getLast());
    assertTrue(heads.write().length < WitnessedHeads.MOST_BYTES / 4);
  }

  @Test
  void a_shorter_log_and_another_entry_at_the_same_place_contradict() {
    var before = WitnessedHeads.NONE.with(head(50), NOON).with(head(60), after(1));
    assertEquals(1, before.with(head(59), after(2)).contradictions().size());
    assertEquals(1, before.with(head(60, "f"), after(2)).contradictions().size());
    assertEquals(1, before.with(head(50, "f"), after(2)).contradictions().size());
    assertEquals(0, before.with(head(61, "f"), after(2)).contradictions().size());
  }

  @Test
  void a_log_that_was_set_back_contradicts_once_and_is_witnessed_on() {
    var heads = WitnessedHeads.NONE.with(head(50), NOON).with(head(60), after(1));
    heads = heads.with(head(40), after(2)).with(head(45, "f"), after(3)).with(head(46), after(4));
    assertEquals(1, heads.contradictions().size());
    assertEquals(List.of(50L, 60L, 40L, 46L), lengths(heads));
    assertEquals(2, heads.with(head(44), after(5)).contradictions().size());
    assertEquals(2, heads.with(head(46, "f"), after(5)).contradictions().size());
  }

  @Test
  void a_log_that_was_set_back_grows_through_the_lengths_that_were_seen_before() {
    var heads = WitnessedHeads.NONE;
    for (var length = 40; length <= 60; length++) {
      heads = heads.with(head(length), after(12 * length));
    }
    for (var length = 45; length <= 70; length++) {
      heads = heads.with(head(length, "f"), after(12 * (20 + length)));
    }
    assertEquals(
        List.of(45L), heads.contradictions().stream().map(seen -> seen.head().length()).toList());
    assertTrue(lengths(heads).containsAll(List.of(50L, 60L)), "evidence of the log before");
  }

  @Test
  void what_is_written_is_read_and_nothing_else() throws Exception {
    var heads = WitnessedHeads.NONE.with(head(50), NOON).with(head(40), after(1));
    assertEquals(heads, WitnessedHeads.read(heads.write()));
    for (var wrong :
        List.of(
            "",
            "{}",
            "[]",
            "{\"heads\":[{}],\"contradictions\":[]}",
            "{\"heads\":[],\"contradictions\":[],\"more\":1}",
            "{\"heads\":[{\"length\":0,\"sha256\":\"x\",\"signed\":\"now\"}],\"contradictions\":[]}")) {
      assertThrows(
          JsonException.class,
          () -> WitnessedHeads.read(wrong.getBytes(StandardCharsets.UTF_8)),
          wrong);
    }
  }
}
