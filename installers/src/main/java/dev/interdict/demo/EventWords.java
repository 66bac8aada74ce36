package dev.interdict.demo;

import dev.interdict.demo.stage.Answer;
import dev.interdict.demo.stage.DemoException;
import dev.interdict.json.Json;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/// Puts the guard's events into words for somebody who watches. Pure.
///
/// @param zone in which times are told
record EventWords(ZoneId zone) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

  /// One line about the event; null where it is not worth one.
  @Nullable String of(Answer event) throws DemoException {
    return switch (event.text("event")) {
      case "policy-taken" -> "policy serial " + event.number("serial") + " verified";
      case "dated" ->
          "its own date: "
              + TIME.format(Instant.parse(event.text("date")).atZone(zone))
              + ", set by "
              + setBy(event.text("set-by"));
      case "acted" -> acted(event);
      case "verified" -> "scanned anew: nothing of it is left";
      case "held" -> "held: " + event.text("why");
      case "scan-failed" -> "a scan failed: " + event.text("message");
      case "policy-problem" -> "policy not taken: " + event.text("message");
      default -> null;
    };
  }

  private static String setBy(String word) {
    return switch (word) {
      case "effective-date" -> "the ban's date";
      case "minimum-notice" -> "the minimum notice";
      default -> word.replace('-', ' ');
    };
  }

  private static @Nullable String acted(Answer event) throws DemoException {
    var identity = event.text("identity");
    var error = event.optionalText("error");
    return switch (event.text("kind")) {
      case "notified" -> null;
      case "stopped" -> "stopped       " + identity;
      case "quarantined" -> "quarantined   " + identity;
      case "uninstalled" -> "uninstalled   " + identity;
      case "refused" -> "refused       " + identity + ": " + error;
      case "failed" -> "failed        " + identity + ": " + error;
      default -> event.text("kind") + " " + identity;
    };
  }

  /// Whether the event is of this kind.
  static boolean is(Answer event, String kind) {
    return event.json().get("event") instanceof Json.Text(var text) && text.equals(kind);
  }
}
