package dev.interdict.agent.wording;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Turns a notice into words in the recipient's language. Functions of their arguments.
///
/// What a rule says of itself is inert text here: it can neither bring markup or controls with it
/// nor act as a placeholder. Titles and bodies keep their length budgets whatever the names are:
/// names and reasons are shortened, dates and next steps never. Of several rules the most urgent
/// occasion leads, and the others are named as far as there is room.
public final class Wording {
  private final Leading leading;
  private final Facts facts;
  private final Budget budget;

  private Wording(Leading leading, Facts facts, Budget budget) {
    this.leading = leading;
    this.facts = facts;
    this.budget = budget;
  }

  /// What `notice` says in its recipient's language and zone.
  ///
  /// @param now to which "tomorrow" and "tonight" refer
  public static Texts texts(Notice notice, Instant now) {
    var language = notice.recipient().language();
    var messages = Messages.load(Wording.class, "notices", language);
    var dating = new Dating(language, messages, notice.recipient().zone(), now);
    return texts(notice, dating, Budget.of(language));
  }

  static Texts texts(Notice notice, Dating dating, Budget budget) {
    var leading = Leading.of(notice.matters());
    return new Wording(leading, new Facts(dating), budget).texts();
  }

  private Texts texts() {
    gather();
    var kind = leading.lead().phase().key();
    var several = leading.first().size() > 1;
    var key = several ? "many." + kind : kind;
    return new Texts(
        facts.say("sender"),
        facts.fitted(key + ".title", budget.title()),
        body(key + ".body"),
        link(),
        more(several || !leading.others().isEmpty()),
        new Choosing(leading, facts, budget.label()).choices());
  }

  private void gather() {
    var lead = leading.lead();
    var enforcement = leading.enforcement();
    facts
        .put("tool", Naming.of(lead.rule(), lead.tool()))
        .put("rule", lead.rule().value())
        .put(
            "enforcement",
            enforcement == null ? "mixed" : enforcement.name().toLowerCase(Locale.ROOT))
        .put("count", leading.first().size())
        .put("same", leading.sameDate())
        .optional("repl", leading.replacement());
    Occasion.into(facts, lead.phase());
    switch (lead.phase()) {
      case Phase.LastHour _ -> putOff();
      case Phase.Failed _ -> facts.put("held", leading.first().stream().allMatch(Wording::held));
      default -> {}
    }
  }

  /// What may be put off together: as often as the least of them, by a span only if it is the same.
  private void putOff() {
    var hours = leading.first().stream().map(matter -> (Phase.LastHour) matter.phase()).toList();
    var spans = hours.stream().map(Phase.LastHour::span).distinct().toList();
    facts
        .put("left", hours.stream().mapToInt(Phase.LastHour::deferrals).min().orElse(0))
        .span(spans.size() == 1 ? spans.getFirst() : Duration.ZERO);
  }

  private static boolean held(Matter matter) {
    return matter.phase() instanceof Phase.Failed(var _, var _, var held) && held;
  }

  private String body(String key) {
    var others = leading.others();
    if (others.isEmpty()) {
      return Naming.fitted(facts, key, leading.first(), budget.body());
    }
    // What leads is said whole; the others get what room is left, and are always counted.
    var counted = facts.put("others", others.size()).say("also.count");
    var room = budget.body() - 1;
    var body = Naming.fitted(facts, key, leading.first(), room - Columns.of(counted));
    var named = Naming.longest(facts, "also.names", others, room - Columns.of(body));
    return facts.put("body", body).put("tail", named == null ? counted : named).say("also");
  }

  private String more(boolean several) {
    for (var key : several ? List.of("more.several") : List.of("more", "more.short")) {
      var line = facts.say(key);
      if (Columns.of(line) <= TerminalText.COLUMNS) {
        return line;
      }
    }
    return facts.say("more.several");
  }

  private Texts.@Nullable Link link() {
    var url = leading.replacementUrl();
    if (url.isEmpty()) {
      return null;
    }
    return switch (leading.lead().phase()) {
      case Phase.Announced _,
          Phase.Reminder _,
          Phase.DayBefore _,
          Phase.LastHour _,
          Phase.Enforced _,
          Phase.Removed _,
          Phase.ExemptionEnding _ ->
          new Texts.Link(leading.replacement(), url);
      case Phase.Failed _,
          Phase.Exempted _,
          Phase.ExemptionRefused _,
          Phase.Restored _,
          Phase.CalledOff _ ->
          null;
    };
  }

  /// What is said after an answer of the person to a notice of `rule`, with no further choice.
  public static Texts answered(
      Answered answer, RuleId rule, String tool, Language language, ZoneId zone, Instant now) {
    var messages = Messages.load(Wording.class, "notices", language);
    var facts = new Facts(new Dating(language, messages, zone, now));
    Occasion.into(facts.put("tool", Naming.of(rule, tool)), answer);
    var budget = Budget.of(language);
    var key = "answered." + answer.key();
    return new Texts(
        facts.say("sender"),
        facts.fitted(key + ".title", budget.title()),
        facts.fitted(key + ".body", budget.body()),
        null,
        facts.say("more.several"),
        List.of());
  }
}
