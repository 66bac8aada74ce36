package dev.interdict.agent.notice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.JsonException;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleId;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;

final class NoticeJsonTest {
  private static final Recipient PERSON = Samples.recipient(1000, Language.ZH_CN);

  private static byte[] bytes(Notice notice) {
    return JsonWriter.compact(NoticeJson.write(notice));
  }

  @Test
  void every_occasion_survives_the_pipe() throws JsonException {
    for (var phase : Samples.phases()) {
      var notice = Notice.of("n-1", PERSON, List.of(Samples.matter("one", phase)));
      assertEquals(notice, NoticeJson.read(bytes(notice)));
    }
    var merged = Notice.of("n-2", PERSON, Samples.matters(Notice.MOST_MATTERS));
    assertEquals(merged, NoticeJson.read(bytes(merged)));
  }

  @Test
  void a_date_keeps_its_zone_and_the_hour_that_comes_twice() throws JsonException {
    var berlin = ZoneId.of("Europe/Berlin");
    var twice = ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 0, berlin);
    for (var date :
        List.of(
            twice.withEarlierOffsetAtOverlap(),
            twice.withLaterOffsetAtOverlap(),
            Samples.MORNING.withZoneSameInstant(ZoneOffset.ofHours(8)))) {
      var notice = Notice.of("n", PERSON, List.of(Samples.matter("a-b", new Phase.Enforced(date))));
      assertEquals(notice, NoticeJson.read(bytes(notice)));
    }
  }

  @Test
  void no_rule_can_say_so_much_that_its_notice_is_refused() throws JsonException {
    var endless = "xyz" + "\uD83D\uDE80\"\\".repeat(100_000);
    var phase = new Phase.ExemptionRefused(Samples.MIDNIGHT, endless, endless, endless);
    var matters =
        Samples.matters(Notice.MOST_MATTERS).stream()
            .map(matter ->
                new Matter(
                    matter.rule(),
                    endless,
                    endless,
                    "https://" + "x".repeat(1_990),
                    Enforcement.REMOVE,
                    phase))
            .toList();
    var written = bytes(Notice.of("n", PERSON, matters));
    assertTrue(written.length < NoticeJson.MOST_BYTES, "written " + written.length);
    var read = NoticeJson.read(written).matters();
    assertEquals(Notice.MOST_MATTERS, read.size());
    assertTrue(endless.startsWith(read.getFirst().tool()), "no half character at its end");
  }

  @Test
  void half_an_address_is_none() throws JsonException {
    var matter =
        new Matter(
            new RuleId("one"),
            "Tool",
            "",
            "https://" + "x".repeat(3_000),
            Enforcement.BLOCK,
            new Phase.CalledOff(Samples.MIDNIGHT));
    var read = NoticeJson.read(bytes(Notice.of("n", PERSON, List.of(matter))));
    assertEquals("", read.matters().getFirst().replacementUrl());
  }

  @Test
  void what_is_not_wholly_understood_is_refused() {
    var good =
        new String(
            bytes(
                Notice.of(
                    "n-1",
                    PERSON,
                    List.of(Samples.matter("one", new Phase.Reminder(Samples.MIDNIGHT, 7, null))))),
            StandardCharsets.UTF_8);
    for (var change :
        new String[][] {
          {"https://", "javascript:"},
          {"https://", "file:///"},
          {"\"urgency\":", "\"shout\":true,\"urgency\":"},
          {"\"days\":7", "\"days\":-1"},
          {"\"days\":7", "\"days\":7,\"loud\":true"},
          {"\"remove\"", "\"observe\""},
          {"\"reminder\"", "\"sermon\""},
          {"zh-CN", "zh-TW"},
          {"T00:00+08:00", "T00:00+09:00"},
          {"T00:00+08:00", "T00:00:00+08:00"},
          {"\"n-1\"", "\"N 1\""},
          {"\"uid\":1000", "\"uid\":-1"},
          {"/home/", "/../"},
          {"\"matters\":[", "\"matters\":[{},"}
        }) {
      var bad = good.replace(change[0], change[1]);
      assertTrue(!bad.equals(good), change[0]);
      assertThrows(
          JsonException.class,
          () -> NoticeJson.read(bad.getBytes(StandardCharsets.UTF_8)),
          String.join(" as ", change));
    }
  }
}
