package dev.interdict.agent.wording;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Phase;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.RuleId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the person may answer: at most three choices, each of which does something.
///
/// Removing, putting off and the like concern the rules that speak, and only those of them that
/// allow it; a wish to be reminded, or to be left in peace, concerns the whole notice.
record Choosing(Leading leading, Facts facts, int labelColumns) {

  List<Texts.Choice> choices() {
    var choices = new ArrayList<Texts.Choice>();
    for (var key : keys(leading.lead().phase())) {
      var rules = rules(key);
      if (!rules.isEmpty()) {
        choices.add(choice(key, rules));
      }
    }
    return choices.isEmpty() ? List.of(choice("ok", rules("ok"))) : choices;
  }

  private static List<String> keys(Phase phase) {
    return switch (phase) {
      case Phase.Announced _ -> List.of("get", "why", "ok");
      case Phase.Reminder _ -> List.of("get", "remind", "exempt");
      case Phase.DayBefore _ -> List.of("remove", "get", "remind");
      case Phase.LastHour _ -> List.of("remove", "defer");
      case Phase.Enforced _ -> List.of("open", "what");
      case Phase.Removed _ -> List.of("open", "list");
      case Phase.Failed _ -> List.of("retry", "details");
      case Phase.ExemptionEnding _ -> List.of("get", "extend");
      case Phase.Exempted _, Phase.ExemptionRefused _, Phase.Restored _, Phase.CalledOff _ ->
          List.of("ok");
    };
  }

  private List<RuleId> rules(String key) {
    var concerned =
        switch (key) {
          case "remind", "why", "ok" ->
              Stream.concat(leading.first().stream(), leading.others().stream());
          case "get", "open" ->
              leading.first().stream().filter(_ -> !leading.replacementUrl().isEmpty());
          case "remove" ->
              leading.first().stream().filter(matter -> matter.enforcement() == Enforcement.REMOVE);
          case "defer" -> leading.first().stream().filter(matter -> deferrals(matter) > 0);
          default -> leading.first().stream();
        };
    return concerned.map(Matter::rule).toList();
  }

  private static int deferrals(Matter matter) {
    return matter.phase() instanceof Phase.LastHour(var _, var _, var left, var _) ? left : 0;
  }

  private Texts.Choice choice(String key, List<RuleId> rules) {
    facts.put("count", rules.size());
    if (key.equals("remind")) {
      next(
          leading.first().stream()
              .map(matter -> Occasion.nextReminder(matter.phase()))
              .filter(Objects::nonNull)
              .min(ZonedDateTime::compareTo)
              .orElse(null));
    }
    return new Texts.Choice(key, facts.fitted("choice." + key, labelColumns), rules);
  }

  /// A reminder comes no sooner than promised, so a time is named only where one is planned.
  private void next(@Nullable ZonedDateTime planned) {
    var dating = facts.dating();
    if (planned == null || !planned.toInstant().isAfter(dating.now())) {
      facts.put("when", "later").put("next_clock", "").put("next_weekday", "").put("next_date", "");
      return;
    }
    var there = planned.withZoneSameInstant(dating.zone());
    facts
        .put("when", dating.day(there))
        .put("next_clock", dating.clock(there))
        .put("next_weekday", dating.weekday(there))
        .put("next_date", dating.date(there));
  }
}
