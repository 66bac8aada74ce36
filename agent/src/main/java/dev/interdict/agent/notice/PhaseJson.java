package dev.interdict.agent.notice;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.report.ErrorClass;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/// An occasion with its facts as a [NoticeJson] carries it. A date is written with its zone's name
/// in brackets behind it.
final class PhaseJson {
  private static final ZonedDateTime NEVER = Instant.EPOCH.atZone(ZoneOffset.UTC);
  private static final int MOST_COUNT = 1_000_000;
  private static final int MOST_TEXT = 500;

  private PhaseJson() {}

  static Json write(Phase phase) {
    var json = Json.object().put("kind", phase.key());
    switch (phase) {
      case Phase.Announced(var date) -> json.put("date", date.toString());
      case Phase.Reminder(var date, var days, var next) ->
          json.put("date", date.toString()).put("days", days).put("next", written(next));
      case Phase.DayBefore(var date, var next) ->
          json.put("date", date.toString()).put("next", written(next));
      case Phase.LastHour(var date, var minutes, var deferrals, var span) ->
          json.put("date", date.toString())
              .put("minutes", minutes)
              .put("deferrals", deferrals)
              .put("span", span.toSeconds());
      case Phase.Enforced(var date) -> json.put("date", date.toString());
      case Phase.Removed(var at, var days) -> json.put("date", at.toString()).put("days", days);
      case Phase.Failed(var cause, var reference, var held) ->
          json.put("cause", Fields.written(cause))
              .put("reference", text(reference))
              .put("held", held);
      case Phase.Exempted(var until, var approver, var reason, var days) ->
          json.put("date", until.toString())
              .put("approver", text(approver))
              .put("reason", text(reason))
              .put("days", days);
      case Phase.ExemptionEnding(var until, var days) ->
          json.put("date", until.toString()).put("days", days);
      case Phase.ExemptionRefused(var date, var approver, var reason, var contact) ->
          json.put("date", date.toString())
              .put("approver", text(approver))
              .put("reason", text(reason))
              .put("contact", text(contact));
      case Phase.Restored(var actor, var reason) ->
          json.put("actor", text(actor)).put("reason", text(reason));
      case Phase.CalledOff(var date) -> json.put("date", date.toString());
    }
    return json.build();
  }

  private static @Nullable String written(@Nullable ZonedDateTime date) {
    return date == null ? null : date.toString();
  }

  static Phase read(Fields fields) {
    var kind = fields.text("kind");
    Phase phase =
        switch (kind) {
          case "announced" -> new Phase.Announced(date(fields));
          case "reminder" -> new Phase.Reminder(date(fields), count(fields, "days"), next(fields));
          case "day-before" -> new Phase.DayBefore(date(fields), next(fields));
          case "last-hour" ->
              new Phase.LastHour(
                  date(fields),
                  count(fields, "minutes"),
                  count(fields, "deferrals"),
                  Duration.ofSeconds(fields.integer("span", 0, Integer.MAX_VALUE)));
          case "enforced" -> new Phase.Enforced(date(fields));
          case "removed" -> new Phase.Removed(date(fields), count(fields, "days"));
          case "failed" ->
              new Phase.Failed(
                  fields.choice("cause", ErrorClass.class),
                  text(fields, "reference"),
                  fields.flag("held", false));
          case "exempted" ->
              new Phase.Exempted(
                  date(fields),
                  text(fields, "approver"),
                  text(fields, "reason"),
                  count(fields, "days"));
          case "exemption-ending" -> new Phase.ExemptionEnding(date(fields), count(fields, "days"));
          case "exemption-refused" ->
              new Phase.ExemptionRefused(
                  date(fields),
                  text(fields, "approver"),
                  text(fields, "reason"),
                  text(fields, "contact"));
          case "restored" -> new Phase.Restored(text(fields, "actor"), text(fields, "reason"));
          case "called-off" -> new Phase.CalledOff(date(fields));
          default -> {
            fields.fault("kind", "unknown occasion \"" + kind + "\"");
            yield new Phase.CalledOff(NEVER);
          }
        };
    fields.end();
    return phase;
  }

  private static int count(Fields fields, String name) {
    return (int) fields.integer(name, 0, MOST_COUNT);
  }

  private static ZonedDateTime date(Fields fields) {
    return fields.parsed("date", PhaseJson::zoned, NEVER);
  }

  private static @Nullable ZonedDateTime next(Fields fields) {
    return fields.has("next") ? fields.parsed("next", PhaseJson::zoned, NEVER) : null;
  }

  private static ZonedDateTime zoned(String text) {
    var date = ZonedDateTime.parse(text);
    // One way to write each.
    if (!date.toString().equals(text)) {
      throw new DateTimeException("\"" + text + "\" is no date with its zone");
    }
    return date;
  }

  /// At most [#MOST_TEXT] characters of `text`, as a member that is left out where there are none.
  static @Nullable String text(String text) {
    if (text.length() <= MOST_TEXT) {
      return absentIfEmpty(text);
    }
    var end = Character.isHighSurrogate(text.charAt(MOST_TEXT - 1)) ? MOST_TEXT - 1 : MOST_TEXT;
    return absentIfEmpty(text.substring(0, end));
  }

  static @Nullable String absentIfEmpty(String text) {
    return text.isBlank() ? null : text;
  }

  static String text(Fields fields, String name) {
    var text = fields.optionalText(name);
    if (text != null && text.length() > MOST_TEXT) {
      fields.fault(name, "is longer than " + MOST_TEXT + " characters");
    }
    return text == null ? "" : text;
  }
}
