package dev.interdict.agent.wording;

import dev.interdict.agent.notice.Matter;
import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Recipient;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns a rule and an occasion into a notice in the recipient's language. A function of its
/// arguments.
///
/// What a rule says of itself is inert text here: it can neither bring markup or controls with it
/// nor act as a placeholder. Titles and bodies keep their length budgets whatever the names are:
/// names and reasons are shortened, dates and next steps never.
public final class Wording {
  /// 48 Latin letters or 24 Hanzi.
  static final int TITLE_COLUMNS = 48;

  private static final int SHORTEST = 6;
  private static final List<String> SHORTENED =
      List.of("reason", "contact", "approver", "actor", "case", "repl", "tool");

  private final Matter matter;
  private final Recipient recipient;
  private final Catalogue catalogue;
  private final Map<String, String> values = new HashMap<>();

  /// 150 Latin letters or 70 Hanzi.
  static int bodyColumns(Language language) {
    return switch (language) {
      case EN -> 150;
      case ZH_CN -> 140;
    };
  }

  private Wording(Matter matter, Recipient recipient) {
    this.matter = matter;
    this.recipient = recipient;
    this.catalogue = Catalogue.of(recipient.language());
    put("tool", matter.tool());
    put("repl", matter.replacement());
    put("rule", matter.rule().value());
  }

  /// What `notice` says in its recipient's language and zone.
  ///
  /// @param now to which "tomorrow" and "tonight" refer
  public static Texts texts(Notice notice, Instant now) {
    var first = notice.matters().getFirst();
    return new Wording(first, notice.recipient()).texts(first.phase());
  }

  private Texts texts(Phase phase) {
    var title = phase.key() + ".title";
    var body = phase.key() + ".body";
    switch (phase) {
      case Phase.Announced(var date) -> on(date);
      case Phase.Reminder(var date, var days, var _) ->
          on(date).put("days", catalogue.count("days", days));
      case Phase.DayBefore(var date, var _) -> {
        on(date);
        title += dayBefore(new Dating(date, recipient));
      }
      case Phase.LastHour(var date, var minutes, var deferrals, var _) ->
          on(date)
              .put("minutes", catalogue.count("minutes", minutes))
              .put("left", deferrals == 0 ? "" : catalogue.count("left", deferrals));
      case Phase.Enforced(var date) -> on(date);
      case Phase.Removed(var at, var days) -> on(at).put("days", catalogue.count("days", days));
      case Phase.Failed(var cause, var reference, var held) -> {
        put("reason", sentence(cause.name())).put("case", reference);
        body += held ? "" : ".open";
      }
      case Phase.Exempted(var until, var approver, var reason, var days) ->
          until(until)
              .put("approver", approver)
              .put("reason", sentence(reason))
              .put("days", catalogue.count("days", days));
      case Phase.ExemptionEnding(var until, var days) ->
          until(until).put("days", catalogue.count("days", days));
      case Phase.ExemptionRefused(var date, var approver, var reason, var contact) ->
          on(date)
              .put("approver", approver)
              .put("reason", sentence(reason))
              .put("contact", contact);
      case Phase.Restored(var actor, var reason) ->
          put("actor", actor).put("reason", sentence(reason));
      case Phase.CalledOff(var date) -> on(date);
    }
    return new Texts(
        catalogue.template("sender"),
        fitted(title, TITLE_COLUMNS),
        fitted(body, bodyColumns(recipient.language())),
        link(phase),
        more(),
        choices(phase));
  }

  private static String dayBefore(Dating date) {
    if (!date.local()) {
      return ".dated";
    }
    return date.midnight() ? ".midnight" : "";
  }

  private Wording on(ZonedDateTime date) {
    var dating = new Dating(date, recipient);
    return put("date", dating.date())
        .put("weekday", dating.weekday())
        .put("clock", dating.clock())
        .put("time", dating.time())
        .put("tz", dating.zone());
  }

  private Wording until(ZonedDateTime date) {
    return put("until", new Dating(date, recipient).date());
  }

  private Wording put(String name, String value) {
    values.put(name, Inert.text(value));
    return this;
  }

  /// Without its own full stop, since ours follows.
  private static String sentence(String text) {
    var inert = Inert.text(text);
    return inert.endsWith(".") || inert.endsWith("。")
        ? inert.substring(0, inert.length() - 1)
        : inert;
  }

  private String fitted(String key, int budget) {
    var template = template(key);
    var fitting = new HashMap<>(values);
    for (var name : SHORTENED) {
      var over = Columns.of(Catalogue.fill(template, fitting)) - budget;
      var value = fitting.get(name);
      if (over > 0 && value != null && template.contains("{" + name + "}")) {
        fitting.put(name, Columns.cut(value, Math.max(SHORTEST, Columns.of(value) - over)));
      }
    }
    return Columns.cut(Catalogue.fill(template, fitting), budget);
  }

  private String template(String key) {
    var variant =
        switch (matter.enforcement()) {
          case OBSERVE, REMOVE -> key;
          case BLOCK -> key + ".block";
          case NOTIFY -> key + ".notify";
        };
    return catalogue.template(catalogue.has(variant) ? variant : key);
  }

  private String text(String key) {
    return Catalogue.fill(catalogue.template(key), values);
  }

  private String more() {
    for (var key : List.of("more", "more.short")) {
      var line = text(key);
      if (Columns.of(line) <= TerminalNotifier.COLUMNS) {
        return line;
      }
    }
    return text("more.shortest");
  }

  private Texts.@Nullable Link link(Phase phase) {
    return switch (phase) {
      case Phase.Announced _,
          Phase.Reminder _,
          Phase.DayBefore _,
          Phase.LastHour _,
          Phase.Enforced _,
          Phase.Removed _,
          Phase.ExemptionEnding _ ->
          new Texts.Link(matter.replacement(), matter.replacementUrl());
      case Phase.Failed _,
          Phase.Exempted _,
          Phase.ExemptionRefused _,
          Phase.Restored _,
          Phase.CalledOff _ ->
          null;
    };
  }

  private List<Texts.Choice> choices(Phase phase) {
    var keys =
        switch (phase) {
          case Phase.Announced _ -> List.of("get", "why", "ok");
          case Phase.Reminder _ -> List.of("get", "remind", "exempt");
          case Phase.DayBefore _ -> List.of("remove", "get", "remind");
          case Phase.LastHour last ->
              last.deferrals() > 0 ? List.of("remove", "defer") : List.of("remove");
          case Phase.Enforced _ -> List.of("open", "what");
          case Phase.Removed _ -> List.of("open", "list");
          case Phase.Failed _ -> List.of("retry", "details");
          case Phase.ExemptionEnding _ -> List.of("get", "extend");
          case Phase.Exempted _, Phase.ExemptionRefused _, Phase.Restored _, Phase.CalledOff _ ->
              List.of("ok");
        };
    return keys.stream()
        .filter(key -> matter.enforcement() == Enforcement.REMOVE || !key.equals("remove"))
        .map(key -> new Texts.Choice(key, text("choice." + key)))
        .toList();
  }
}
