package dev.interdict.server.ceremony;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.policy.Collection;
import dev.interdict.policy.Enforcement;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;

/// What makes a change more than a correction: it takes effect sooner, on more, or harder. Words
/// for the line of that change, or none; the line itself is shown in any case.
final class Graver {
  private Graver() {}

  static String added(String path) {
    if (path.startsWith("match[")) {
      return "finds more than before";
    }
    if (path.startsWith("timeline.")) {
      return path.startsWith("timeline.reminders") ? "" : "moves the date";
    }
    return path.startsWith("scope.") ? "concerns other workstations" : "";
  }

  static String removed(String path) {
    if (path.startsWith("keep[")) {
      return "no longer kept";
    }
    if (path.startsWith("scope.")) {
      return "concerns other workstations";
    }
    if (path.startsWith("replacement.identities[")) {
      return "no longer spared as the replacement";
    }
    if (path.startsWith("timeline.") && !path.startsWith("timeline.defer")) {
      return path.startsWith("timeline.reminders") ? "" : "moves the date";
    }
    return path.startsWith("limits.") || path.startsWith("timeline.defer") ? "a bound is gone" : "";
  }

  static String changed(String path, Json before, Json next) {
    return switch (path) {
      case "timeline.effective", "timeline.announce" -> sooner(text(before), text(next));
      case "timeline.minimum-notice", "timeline.defer.by" -> shorter(text(before), text(next));
      case "timeline.zone", "timeline.clock", "timeline.out-of-contact" -> "moves the date";
      case "timeline.defer.times" -> less(before, next) ? "may be put off less often" : "";
      case "limits.max-items-per-device" -> less(next, before) ? "" : "more matches are allowed";
      case "enforcement" -> harder(text(before), text(next));
      case "level" -> more(text(before), text(next));
      case "host-name" -> next == Json.Bool.TRUE ? "devices tell MORE" : "";
      default -> path.startsWith("scope") ? "concerns other workstations" : "";
    };
  }

  private static String sooner(String before, String next) {
    try {
      var by = Duration.between(LocalDateTime.parse(next), LocalDateTime.parse(before));
      return by.isPositive() ? "EARLIER by " + days(by) : "";
    } catch (DateTimeParseException e) {
      return "moves the date";
    }
  }

  private static String days(Duration by) {
    return by.toDays() > 0
        ? by.toDays() + " d " + by.toHoursPart() + " h"
        : by.toHours() + " h " + by.toMinutesPart() + " min";
  }

  private static String shorter(String before, String next) {
    try {
      return Duration.parse(next).compareTo(Duration.parse(before)) < 0 ? "SHORTER" : "";
    } catch (DateTimeParseException e) {
      return "moves the date";
    }
  }

  private static String harder(String before, String next) {
    return ladder().indexOf(next) > ladder().indexOf(before) ? "HARDER" : "";
  }

  private static String more(String before, String next) {
    var levels =
        Arrays.stream(Collection.Level.values()).map(level -> Fields.written(level)).toList();
    return levels.indexOf(next) > levels.indexOf(before) ? "devices tell MORE" : "";
  }

  private static List<String> ladder() {
    return Arrays.stream(Enforcement.values()).map(step -> Fields.written(step)).toList();
  }

  private static boolean less(Json one, Json other) {
    return one instanceof Json.Int(var low) && other instanceof Json.Int(var high) && low < high;
  }

  private static String text(Json json) {
    return json instanceof Json.Text(var text) ? text : "";
  }
}
