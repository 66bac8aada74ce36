package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.report.ActionKind;
import dev.interdict.report.ErrorClass;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  @TempDir Path folder;

  @Test
  void one_event_is_one_line_whatever_is_in_it() throws IOException {
    var file = folder.resolve("events");
    var events = new EventFile(file);
    events.on(new Event.ScanFailed("a\nb\u001b[2J"));
    events.on(new Event.Acted(Scene.RULE, ActionKind.FAILED, "pkg:npm/x", ErrorClass.FILE_IN_USE));
    assertEquals(
        List.of(
            "{\"event\":\"scan-failed\",\"message\":\"a\\u000ab\\u001b[2J\"}",
            "{\"event\":\"acted\",\"rule\":\"claude-code\",\"kind\":\"failed\","
                + "\"identity\":\"pkg:npm/x\",\"error\":\"file-in-use\"}"),
        Files.readAllLines(file));
  }

  @Test
  void an_event_that_cannot_be_written_stops_nothing() {
    var events = new EventFile(folder);
    assertDoesNotThrow(() -> events.on(new Event.Verified(Scene.RULE)));
  }
}
