package dev.interdict.server.web.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import dev.interdict.policy.Language;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.pages.Telling.Fact;
import dev.interdict.server.web.pages.Telling.Told;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TellingTest {
  private static final Words CHINESE = Words.in(Language.ZH_CN);
  private static final Words ENGLISH = Words.in(Language.EN);
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @Test
  void what_a_list_changed_is_told_in_the_readers_language_and_the_reason_as_it_was_written() {
    assertEquals(
        List.of(new Told("新增 claude-code、撤回 cursor", null), new Told("按 IT: 要求, added x", "")),
        Telling.changes("added claude-code, withdrawn cursor: 按 IT: 要求, added x", CHINESE));
    assertEquals(
        List.of(new Told("设备可上报：匹配项及位置，不含主机名", null)),
        Telling.changes("devices may tell: places, no host names", CHINESE));
    assertEquals(
        List.of(new Told("new: claude-code", null)), Telling.changes("added claude-code", ENGLISH));
  }

  @Test
  void a_list_of_ten_thousand_rules_is_told() {
    var all =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "added tool-" + i)
            .collect(Collectors.joining(", "));
    assertEquals("first", Telling.changes(all + ": first", ENGLISH).getLast().text());
  }

  @Test
  void what_is_not_understood_stays_as_it_stands_and_says_that_it_is_english() {
    for (var summary : List.of("renewed signatures", "added Claude Code", "")) {
      assertEquals(List.of(new Told(summary, "en")), Telling.changes(summary, CHINESE));
    }
    assertEquals("future.deed", Telling.deed("future.deed", CHINESE));
  }

  @Test
  void members_have_names_and_values_are_told_by_what_they_are() {
    var detail =
        Json.object()
            .put("host", "ws-1")
            .put("until", "2026-07-20T02:00:00Z")
            .put("reason", "migration")
            .put("error", "file-in-use")
            .put("change", "rings: EARLIER")
            .put("summary", "added x-y: why")
            .put("x-new", "7")
            .build();
    assertEquals(
        List.of(
            new Fact(
                "截止",
                new Told(
                    CHINESE.dateTime(java.time.Instant.parse("2026-07-20T02:00:00Z"), SHANGHAI),
                    null)),
            new Fact("理由", new Told("migration", "")),
            new Fact("错误", new Told(CHINESE.named("error", "file-in-use"), null)),
            new Fact("变更", new Told("rings: EARLIER", "en")),
            new Fact("变更", new Told("新增 x-y", null)),
            new Fact("理由", new Told("why", "")),
            new Fact("x-new", new Told("7", null))),
        Telling.ofEvent(event("li.na", detail), CHINESE, SHANGHAI));
  }

  @Test
  void the_reason_of_a_device_is_a_word_of_ours_and_that_of_a_person_is_theirs() {
    var detail = Json.object().put("reason", "timeout").build();
    assertEquals(
        List.of(new Fact("理由", new Told(CHINESE.text("error.timeout"), null))),
        Telling.ofEvent(event(null, detail), CHINESE, SHANGHAI));
    assertEquals(
        List.of(new Fact("理由", new Told("timeout", ""))),
        Telling.ofEvent(event("li.na", detail), CHINESE, SHANGHAI));
    var held = Json.object().put("reason", "Nothing is held.").build();
    assertEquals(
        List.of(new Fact("理由", new Told(CHINESE.text("proposals.held.none"), null))),
        Telling.facts(new Row(held), CHINESE, SHANGHAI));
  }

  private static Row event(@Nullable String actor, Json.Obj detail) {
    return new Row(Json.object().put("actor", actor).put("detail", detail).build());
  }
}
