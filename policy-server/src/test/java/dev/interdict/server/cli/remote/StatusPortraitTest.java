package dev.interdict.server.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.MovableClock;
import dev.interdict.server.cli.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class StatusPortraitTest {
  private static final Instant NOW = Instant.parse("2026-07-03T02:00:00Z");

  private static Json.Obj states(long present, long failed, long clear) {
    return Json.object()
        .put("present", present)
        .put("failed", failed)
        .put("clear", clear)
        .put("silent", 0)
        .build();
  }

  private static Json group(String name, long present, long failed, long clear) {
    return Json.object().put("name", name).put("states", states(present, failed, clear)).build();
  }

  private static Json.Obj overview() {
    return Json.object()
        .put("rule", "claude-code")
        .put("at", NOW.toString())
        .put("last-report", "2026-07-03T01:58:00Z")
        .put("devices", 65)
        .put("has-it", 38)
        .put("states", states(26, 12, 27))
        .put(
            "by-department",
            List.of(
                group("Sales", 10, 5, 10),
                group("R&D/\u001b[31mplatform", 16, 7, 17),
                group("*", 0, 0, 0)))
        .build();
  }

  private static Json.Builder outlook(String effective) {
    return Json.object()
        .put("name", "Claude Code")
        .put("serial", 42)
        .put("enforcement", "remove")
        .put("effective", effective);
  }

  private static String printed(Json.@Nullable Obj outlook) {
    return printed(outlook, false);
  }

  private static String printed(Json.@Nullable Obj outlook, boolean paused) {
    var out = new StringWriter();
    var writer = new PrintWriter(out);
    var console =
        new Console(writer, writer, false, "anna", new MovableClock(NOW), new SecureRandom());
    new StatusPortrait(overview(), outlook, paused).print(console);
    writer.flush();
    return out.toString();
  }

  @Test
  void a_rule_is_told_with_its_date_its_counts_its_forecast_and_where_it_is() {
    var forecast = Json.object().put("low", 9).put("median", 41).put("high", 92).build();
    var told = printed(outlook("2026-07-09T16:00:00Z").put("forecast", forecast).build());
    assertEquals(
        """
        Claude Code   remove in 6d 14h (2026-07-09 16:00 UTC)   serial 42   data 2 min old
        has it 38 of 65 (58.5 %)   removal failed 12   exempt 0   silent 0   unsupported 0   forecast 41 (9-92)

        DEPARTMENT              HAS-IT  OF   SHARE
        R&D/\\u{1b}[31mplatform      23  40  57.5 %  #######################
        Sales                       15  25  60.0 %  ########################
        (small ones together)        0   0       -
        """,
        told.replaceAll("(?m) +$", ""));
  }

  @Test
  void without_enough_days_and_past_the_date_there_is_no_forecast() {
    assertTrue(printed(outlook("2026-07-09T16:00:00Z").build()).contains("after 5 workdays"));
    var past = printed(outlook("2026-07-01T00:00:00Z").build());
    assertTrue(past.contains("remove since 2026-07-01 00:00 UTC"), past);
    assertTrue(!past.contains("forecast"), past);
  }

  @Test
  void what_is_paused_is_told_so() {
    var told = printed(outlook("2026-07-09T16:00:00Z").build(), true);
    assertTrue(told.lines().findFirst().orElse("").contains("serial 42   paused   data"), told);
  }

  @Test
  void a_rule_that_is_not_in_the_list_in_force_is_told_by_its_id() {
    var told = printed(null);
    assertTrue(told.startsWith("claude-code   not in the list in force   data 2 min old"), told);
  }
}
