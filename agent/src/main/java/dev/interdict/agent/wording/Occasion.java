package dev.interdict.agent.wording;

import dev.interdict.agent.notice.Phase;
import dev.interdict.json.Fields;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/// What an occasion knows, put under the names that its messages use.
final class Occasion {
  private Occasion() {}

  static void into(Facts facts, Phase phase) {
    switch (phase) {
      case Phase.Announced(var date) -> facts.on(date).put("tz", facts.dating().zone(date));
      case Phase.Reminder(var date, var days, var _) -> facts.on(date).put("days", days);
      case Phase.DayBefore(var date, var _) -> facts.on(date);
      case Phase.LastHour(var date, var minutes, var deferrals, var span) ->
          facts.on(date).put("minutes", minutes).put("left", deferrals).span(span);
      case Phase.Enforced(var date) -> facts.on(date);
      case Phase.Removed(var at, var days) -> facts.on(at).put("days", days);
      case Phase.Failed(var cause, var reference, var held) ->
          facts
              .put("cause", facts.say("cause." + Fields.written(cause)))
              .optional("case", reference)
              .put("held", held);
      case Phase.Exempted(var until, var approver, var reason, var days) ->
          until(facts, until)
              .optional("approver", approver)
              .optional("reason", reason)
              .put("days", days);
      case Phase.ExemptionEnding(var until, var days) -> until(facts, until).put("days", days);
      case Phase.ExemptionRefused(var date, var approver, var reason, var contact) ->
          facts
              .on(date)
              .optional("approver", approver)
              .optional("reason", reason)
              .optional("contact", contact);
      case Phase.Restored(var actor, var reason) ->
          facts.optional("actor", actor).optional("reason", reason);
      case Phase.CalledOff(var date) -> facts.on(date);
    }
  }

  static void into(Facts facts, Answered answer) {
    switch (answer) {
      case Answered.ReminderSet(var at) -> facts.on(at);
      case Answered.PutOff(var date, var left, var last) ->
          maybe(facts.on(date).put("left", left), "last", last);
      case Answered.ExemptionRequested(var request, var until, var waits) ->
          maybe(until(facts, until).optional("case", request), "waits", waits);
      case Answered.Disputed _ -> {}
    }
  }

  private static void maybe(Facts facts, String name, @Nullable ZonedDateTime date) {
    facts.optional(name, date == null ? "" : facts.dating().date(date));
  }

  private static Facts until(Facts facts, ZonedDateTime until) {
    return facts.put("until", facts.dating().date(until));
  }

  /// What several rules on one occasion are told apart by: the date that must be the same for one
  /// text to speak for all; null where the occasion has none.
  static @Nullable ZonedDateTime date(Phase phase) {
    return switch (phase) {
      case Phase.Announced(var date) -> date;
      case Phase.Reminder(var date, var _, var _) -> date;
      case Phase.DayBefore(var date, var _) -> date;
      case Phase.LastHour(var date, var _, var _, var _) -> date;
      case Phase.Enforced(var date) -> date;
      case Phase.Removed(var at, var _) -> at;
      case Phase.Failed _, Phase.Restored _ -> null;
      case Phase.Exempted(var until, var _, var _, var _) -> until;
      case Phase.ExemptionEnding(var until, var _) -> until;
      case Phase.ExemptionRefused(var date, var _, var _, var _) -> date;
      case Phase.CalledOff(var date) -> date;
    };
  }

  /// When this occasion promises to remind again.
  static @Nullable ZonedDateTime nextReminder(Phase phase) {
    return switch (phase) {
      case Phase.Reminder(var _, var _, var next) -> next;
      case Phase.DayBefore(var _, var next) -> next;
      default -> null;
    };
  }

  /// Which of several occasions speaks first: the lower, the more it asks for.
  static int rank(Phase phase) {
    return switch (phase) {
      case Phase.LastHour _ -> 0;
      case Phase.Enforced _ -> 1;
      case Phase.DayBefore _ -> 2;
      case Phase.Failed _ -> 3;
      case Phase.ExemptionRefused _ -> 4;
      case Phase.ExemptionEnding _ -> 5;
      case Phase.Reminder _ -> 6;
      case Phase.Announced _ -> 7;
      case Phase.Removed _ -> 8;
      case Phase.Exempted _ -> 9;
      case Phase.Restored _ -> 10;
      case Phase.CalledOff _ -> 11;
    };
  }
}
