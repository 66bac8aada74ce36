package dev.interdict.server.web.pages;

import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import dev.interdict.policy.Rule;
import dev.interdict.server.web.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What employees are told at one point of a rule's way, in one language and in substance: the
/// agent has words of its own for it. Immutable.
///
/// @param tag the BCP 47 tag of its language
/// @param when at which point, in the language of whoever looks
/// @param buttons of the notice
public record Notice(String tag, String when, String title, String body, List<String> buttons) {
  private static final Duration WEEK = Duration.ofDays(7);

  public Notice {
    buttons = List.copyOf(buttons);
  }

  /// The notices of a rule that employees get before the date and at it, in both languages; none of
  /// one that is only observed.
  static List<Notice> of(Rule rule, Words reader) {
    if (rule.enforcement() == Enforcement.OBSERVE) {
      return List.of();
    }
    var notices = new ArrayList<Notice>();
    for (var moment : List.of("announced", "reminder", "enforced")) {
      for (var language : Language.values()) {
        notices.add(of(moment, rule, Words.in(language), reader));
      }
    }
    return List.copyOf(notices);
  }

  /// The first of them in one language.
  static Notice announced(Rule rule, Words words) {
    return of("announced", rule, words, words);
  }

  /// As a sentence says it, not as a table does.
  private static String length(Duration length, Words words) {
    return length.toDays() > 0
        ? words.text("told.days", length.toDays())
        : length.toHours() > 0
            ? words.text("told.hours", length.toHours())
            : words.text("told.minutes", length.toMinutes());
  }

  private static Notice of(String moment, Rule rule, Words words, Words reader) {
    var tool = rule.tool();
    var timeline = rule.timeline();
    var at = timeline.effectiveAt(timeline.zone());
    var before =
        timeline.reminders().stream()
            .filter(each -> each.compareTo(WEEK) <= 0)
            .findFirst()
            .orElse(WEEK);
    var kind =
        switch (rule.enforcement()) {
          case REMOVE -> "remove";
          case BLOCK -> "block";
          case NOTIFY, OBSERVE -> "notify";
        };
    var name = tool.name();
    var instead = tool.replacement().name();
    var day = words.date(at, timeline.zone());
    var time = words.dayTime(at, timeline.zone());
    var key = "told." + kind + "." + moment;
    return new Notice(
        words.tag(),
        reader.text("told.when." + moment, reader.rough(before)),
        words.text(key + ".title", name, instead, day, length(before, words)),
        words.text(key + ".body", name, instead, time, length(before, words)),
        moment.equals("enforced")
            ? List.of(words.text("told.open", instead))
            : List.of(
                words.text("told.get", instead),
                words.text(moment.equals("announced") ? "told.ok" : "told.later")));
  }
}
