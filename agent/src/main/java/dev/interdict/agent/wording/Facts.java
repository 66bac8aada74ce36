package dev.interdict.agent.wording;

import dev.interdict.policy.Language;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// What is known of one occasion, under the names that messages give it, and messages that say it.
/// Not thread-safe.
final class Facts {
  private static final int SHORTEST = 6;
  private static final List<String> SHORTENED =
      List.of("reason", "contact", "approver", "actor", "case", "repl", "names", "tool");

  /// A value is set apart by blanks as if it were Latin; a Chinese one needs none.
  private static final Pattern BETWEEN_HANZI =
      Pattern.compile("(?<=[\\p{IsHan}，。：；、（）]) (?=[\\p{IsHan}，。：；、（）])");

  private final Dating dating;
  private final Map<String, Object> values = new HashMap<>();

  Facts(Dating dating) {
    this.dating = dating;
  }

  Dating dating() {
    return dating;
  }

  Facts put(String name, int number) {
    values.put(name, number);
    return this;
  }

  Facts put(String name, String text) {
    values.put(name, Inert.text(text));
    return this;
  }

  Facts put(String name, boolean yes) {
    return put(name, yes ? "yes" : "no");
  }

  /// A text that may be missing, and `has_NAME`, by which messages do without it. Its full stop is
  /// left out, since ours follows.
  Facts optional(String name, String text) {
    var inert = Inert.text(text);
    while (inert.endsWith(".") || inert.endsWith("。")) {
      inert = inert.substring(0, inert.length() - 1).stripTrailing();
    }
    return put(name, inert).put("has_" + name, !inert.isEmpty());
  }

  Facts on(ZonedDateTime date) {
    return put("date", dating.date(date))
        .put("weekday", dating.weekday(date))
        .put("clock", dating.clock(date))
        .put("time", dating.time(date))
        .put("day", dating.day(date));
  }

  /// A span as a number and its unit, in the largest unit that says it exactly.
  Facts span(Duration span) {
    var minutes = (int) Math.min(span.toMinutes(), Integer.MAX_VALUE);
    if (minutes == 0) {
      return put("span", 0).put("unit", "none");
    }
    if (minutes % (24 * 60) == 0) {
      return put("span", minutes / (24 * 60)).put("unit", "days");
    }
    return minutes % 60 == 0
        ? put("span", minutes / 60).put("unit", "hours")
        : put("span", minutes).put("unit", "minutes");
  }

  String say(String key) {
    return say(key, values);
  }

  private String say(String key, Map<String, Object> with) {
    var text = Inert.text(dating.messages().say(key, with));
    return dating.language() == Language.ZH_CN ? BETWEEN_HANZI.matcher(text).replaceAll("") : text;
  }

  /// The message in at most `budget` columns: names and reasons are shortened, dates and next steps
  /// are not.
  String fitted(String key, int budget) {
    var fitting = new HashMap<>(values);
    for (var name : SHORTENED) {
      var over = Columns.of(say(key, fitting)) - budget;
      if (over <= 0) {
        break;
      }
      if (fitting.get(name) instanceof String value) {
        fitting.put(name, Columns.cut(value, Math.max(SHORTEST, Columns.of(value) - over)));
      }
    }
    return Columns.cut(say(key, fitting), budget);
  }
}
