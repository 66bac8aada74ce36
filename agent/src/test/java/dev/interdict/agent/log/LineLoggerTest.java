package dev.interdict.agent.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LineLoggerTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LineLogger log =
      new LineLogger(
          "dev.interdict.agent.guard.EventLog",
          Level.INFO,
          new PrintStream(bytes, false, StandardCharsets.UTF_8),
          InstantSource.fixed(Instant.parse("2026-07-09T16:00:00.120Z")),
          ZoneId.of("Asia/Shanghai"));

  @Test
  void an_event_is_a_line_with_its_facts() {
    log.atWarn()
        .addKeyValue("status", 503)
        .addKeyValue("rule", "claude-code")
        .log("not {}", "sent");
    assertEquals(
        "2026-07-10T00:00:00.120+08:00 WARN  EventLog not sent status=\"503\""
            + " rule=\"claude-code\"\n",
        written());
  }

  @Test
  void what_is_below_the_least_level_is_not_written() {
    log.debug("nothing");
    log.atTrace().addKeyValue("a", "b").log("nothing");
    assertEquals("", written());
    log.info("something {}", 1);
    assertTrue(written().endsWith(" INFO  EventLog something 1\n"), written());
  }

  /// Otherwise the name of a file could make up a line of the log.
  @Test
  void a_text_never_makes_a_line_of_its_own() {
    log.atError().addKeyValue("path", "/home/a\n2026 INFO  EventLog gone\u001b[2J").log("x\ry");
    assertEquals(1, written().lines().count(), written());
    assertTrue(
        written()
            .endsWith(
                " ERROR EventLog x\\u000dy path=\"/home/a\\u000a2026 INFO  EventLog"
                    + " gone\\u001b[2J\"\n"),
        written());
  }

  @Test
  void an_error_is_followed_by_where_it_came_from() {
    log.atWarn().setCause(new IllegalStateException("broken\nthere")).log("not answered");
    var lines = written().lines().toList();
    assertTrue(lines.getFirst().endsWith(" WARN  EventLog not answered"), written());
    assertEquals("java.lang.IllegalStateException: broken", lines.get(1));
    assertTrue(lines.stream().anyMatch(line -> line.contains("LineLoggerTest")), written());
  }

  @Test
  void a_level_is_known_by_its_name_and_warn_is_the_default() {
    assertEquals(Level.DEBUG, LineLogProvider.level("debug"));
    assertEquals(Level.INFO, LineLogProvider.level(" INFO "));
    assertEquals(Level.WARN, LineLogProvider.level("loud"));
    assertEquals(Level.WARN, LineLogProvider.level(null));
  }

  private String written() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
