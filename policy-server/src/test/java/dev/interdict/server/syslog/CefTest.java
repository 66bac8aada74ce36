package dev.interdict.server.syslog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.events.Event;
import dev.interdict.server.events.EventKind;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class CefTest {
  /// As a collector finds fields: a key begins after a space and ends at an equals sign that no
  /// backslash stands before.
  private static final Pattern KEY = Pattern.compile("(?:^| )([A-Za-z0-9]+)(?<!\\\\)=");

  static final String HOSTILE = "ws|1\\ cs1=evil\ncs2=evil \r\n<13>1 - - - - - \u202e\u0000end";

  static Event event(String host, String reason) {
    return new Event(
        1,
        "evt_1",
        Instant.parse("2026-07-10T00:00:00Z"),
        EventKind.REMOVAL_FAILED,
        null,
        "d1",
        "claude-code",
        Json.object().put("host", host).put("reason", reason).put("times", 2).build());
  }

  private static Map<String, String> fields(String line) {
    var extension = line.substring(line.indexOf("|rt=") + 1);
    var key = KEY.matcher(extension);
    var fields = new HashMap<String, String>();
    String name = null;
    var start = 0;
    while (key.find()) {
      if (name != null) {
        fields.put(name, plain(extension.substring(start, key.start())));
      }
      name = key.group(1);
      start = key.end();
    }
    fields.put(String.valueOf(name), plain(extension.substring(start)));
    return fields;
  }

  private static String plain(String value) {
    return value.replace("\\=", "=").replace("\\\\", "\\");
  }

  @Test
  void an_event_stands_in_the_fields_that_collectors_know() {
    assertEquals(
        "CEF:0|Interdict|Server|1.0|removal.failed|Banned software could not be removed|6"
            + "|rt=1783641600000 externalId=evt_1 dhost=ws-1 deviceExternalId=d1 cs1Label=rule"
            + " cs1=claude-code cs2Label=reason cs2=file-in-use msg=times: 2"
            + " request=https://i.example/devices/d1",
        Cef.of(event("ws-1", "file-in-use"), "1.0", "https://i.example/devices/d1"));
  }

  @Test
  void a_hostile_name_ends_no_field_and_begins_no_other() {
    var line = Cef.of(event(HOSTILE, HOSTILE), "1|0\\", "https://i.example/?a=b");
    assertEquals(1, line.lines().count());
    assertTrue(line.startsWith("CEF:0|Interdict|Server|1\\|0\\\\|removal.failed|"), line);
    var fields = fields(line);
    assertEquals("claude-code", fields.get("cs1"));
    assertTrue(String.valueOf(fields.get("dhost")).startsWith("ws|1\\ cs1=evil"), fields::toString);
    assertTrue(String.valueOf(fields.get("cs2")).contains("cs1=evil"), fields::toString);
    assertEquals("https://i.example/?a=b", fields.get("request"));
    assertFalse(line.chars().anyMatch(c -> c < 0x20 || c == 0x202e), line);
  }

  @Test
  void a_frame_counts_octets_and_not_characters() {
    var frame =
        new String(
            SyslogMessage.framed(event("机器", "x"), "server one\n", 7, "机器"),
            StandardCharsets.UTF_8);
    assertEquals(
        "<108>1 2026-07-10T00:00:00.000Z serverone interdict-server 7 removal.failed - \uFEFF机器",
        frame.substring(frame.indexOf('<')));
    assertEquals(
        frame.substring(frame.indexOf('<')).getBytes(StandardCharsets.UTF_8).length,
        Integer.parseInt(frame.substring(0, frame.indexOf(' '))));
  }
}
