package dev.interdict.agent.page;

import dev.interdict.agent.page.View.Banner;
import dev.interdict.agent.page.View.Data;
import dev.interdict.agent.page.View.Event;
import dev.interdict.agent.page.View.Report;
import dev.interdict.agent.page.View.RuleView;
import dev.interdict.agent.page.View.Thing;
import dev.interdict.agent.pipe.GuardAnswer;
import dev.interdict.agent.wording.Inert;
import dev.interdict.policy.Language;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes the page of what the guard says. Thread-safe.
///
/// @param here the zone in which the person lives
/// @param clock to which "in 6 days" refers where the guard says no time
record Page(ZoneId here, InstantSource clock, TemplateEngine engine) {
  /// Most reports that are shown byte for byte.
  private static final int MOST_REPORTS = 5;

  Page(ZoneId here, InstantSource clock) {
    this(
        here,
        clock,
        TemplateEngine.createPrecompiled(
            null,
            ContentType.Html,
            Page.class.getClassLoader(),
            "dev.interdict.agent.page.templates"));
  }

  /// The page.
  ///
  /// @param outcome of the person's last answer, to be said once
  String of(Standing standing, Language language, @Nullable Outcome outcome, Tokens tokens) {
    var status = standing.status();
    var asOf = status.get("as-of").instant();
    var words = Phrases.in(language, here, asOf == null ? clock.instant() : asOf);
    var rules = new ArrayList<RuleView>();
    var clear = new ArrayList<String>();
    for (var rule : status.get("rules").items()) {
      var telling = new RuleTelling(rule, words);
      if (telling.concerns()) {
        rules.add(telling.view());
      } else if (telling.applies()) {
        clear.add(telling.tool());
      }
    }
    var said =
        outcome == null ? null : new Banner(outcome.done() ? "good" : "bad", words.say(outcome));
    return rendered(
        "page.jte",
        new View(
            words,
            tokens,
            said,
            warnings(standing, words),
            rules,
            clear,
            held(standing.held(), words),
            data(standing.data(), words)));
  }

  /// What is shown when the page was closed.
  String goodbye(Language language) {
    return rendered("goodbye.jte", Phrases.in(language, here, clock.instant()));
  }

  private String rendered(String template, Object model) {
    var out = new StringOutput();
    engine.render(template, model, out);
    return out.toString();
  }

  private static List<Banner> warnings(Standing standing, Phrases words) {
    var status = standing.status();
    if (!standing.reached()) {
      return List.of(new Banner("bad", words.say("guard.away")));
    }
    var all = new ArrayList<Banner>();
    if (!status.get("scanned").flag()) {
      all.add(new Banner("warn", words.say("not.looked")));
    }
    if (!status.get("server-reached").flag()) {
      all.add(new Banner("warn", words.say("server.away")));
    }
    var gaps = (int) Math.min(status.get("gaps").number(), 100_000);
    if (gaps > 0) {
      all.add(new Banner("warn", words.say("partly", Map.of("gaps", gaps))));
    }
    return all;
  }

  private static List<Thing> held(GuardAnswer held, Phrases words) {
    return held.get("held").items().stream()
        .map(thing -> {
          var until = thing.get("kept-until").instant();
          var values =
              Map.of(
                  "size", words.size(thing.get("bytes").number()),
                  "removed", words.date(thing.get("removed").instant(), words.here()),
                  "days", words.daysLeft(until),
                  "until", words.date(until, words.here()));
          return new Thing(
              thing.get("id").raw(),
              Inert.text(thing.get("path").raw()),
              words.say("held.about", values),
              thing.get("may").flag());
        })
        .toList();
  }

  private static Data data(GuardAnswer data, Phrases words) {
    var collection = data.get("collection");
    var level = collection.get("level").raw();
    var ceiling =
        switch (level) {
          case "states", "matches", "places" -> words.say("level." + level);
          default -> words.say("level.none");
        };
    var own = words.local(collection.get("text"));
    var by = Inert.text(collection.get("decided-by").raw());
    return new Data(
        own.isEmpty() ? ceiling : ceiling + " " + own,
        by.isEmpty() ? "" : words.say("level.by", Map.of("who", by)),
        data.get("reports").items().stream()
            .limit(MOST_REPORTS)
            .map(report ->
                new Report(
                    words.say(
                        "report." + report.get("outcome").raw(),
                        Map.of("sequence", report.get("sequence").raw())),
                    report.get("bytes").raw()))
            .toList(),
        data.get("looks").items().reversed().stream()
            .limit(20)
            .map(look ->
                new Event(
                    words.date(look.get("at").instant(), words.here()),
                    words.say(
                        "look",
                        Map.of("who", look.get("who").raw(), "role", look.get("role").raw()))))
            .toList());
  }
}
