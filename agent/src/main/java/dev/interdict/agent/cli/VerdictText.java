package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;

/// How a rule stands on this computer and how its date came about, in words.
///
/// @param rule as `status` tells of it
record VerdictText(GuardAnswer rule, Words words) {

  void tell(Paper paper) {
    var verdict = rule.get("verdict");
    var kind = verdict.get("kind").text();
    switch (kind) {
      case "waiting", "due" -> {
        dated(kind, verdict.get("date"), paper);
        how(verdict.get("date"), paper);
      }
      case "exempt" -> {
        paper.heading(words.say("explain.verdict.exempt", date(verdict.get("until"))));
        paper.line(
            verdict.get("granted-by").text().isEmpty()
                ? words.say("explain.exempt.code", verdict.get("case").text())
                : words.say(
                    "explain.exempt.by",
                    verdict.get("case").text(),
                    verdict.get("granted-by").text(),
                    verdict.get("why").text()));
      }
      case "unannounced" ->
          paper.heading(words.say("explain.verdict.unannounced", date(verdict.get("announce"))));
      case "out-of-scope" -> {
        var outside = verdict.get("outside").text();
        paper.heading(
            words.say("explain.verdict.out-of-scope", words.or("outside." + outside, outside)));
      }
      case "held" -> {
        var hold = verdict.get("hold").text();
        paper.heading(words.say("explain.verdict.held", words.or("hold." + hold, hold)));
        // Only whoever stopped it wrote a reason of their own; the others are what we said already.
        if (hold.equals("stopped") && verdict.get("why").isThere()) {
          paper.line("  " + words.say("explain.because", verdict.get("why").text()));
        }
        paper.line(words.say("explain.held.meanwhile"));
      }
      default -> paper.line(kind);
    }
  }

  private String date(GuardAnswer at) {
    return words.date(at.text(), rule.get("zone").text());
  }

  private void dated(String kind, GuardAnswer date, Paper paper) {
    var at = date.get("at");
    paper.heading(
        !at.isThere()
            ? words.say("explain.verdict.unset")
            : date.get("set-by").text().equals("out-of-contact")
                ? words.say("explain.verdict.now")
                : words.say("explain.verdict." + kind, date(at)));
  }

  private void how(GuardAnswer date, Paper paper) {
    paper.heading(words.say("explain.how"));
    var history = rule.get("history");
    if (history.get("first-seen").isThere()) {
      paper.line(words.say("explain.how.seen", date(history.get("first-seen"))));
    }
    paper.line(words.say("explain.how.effective", date(date.get("effective"))));
    if (date.get("ring").isThere()) {
      paper.line(words.say("explain.how.ring", date.get("ring").text()));
    }
    history.get("people").items().forEach(person -> person(person, paper));
    if (rule.get("minimum-notice").isThere()) {
      paper.line(words.say("explain.how.minimum", words.span(rule.get("minimum-notice").text())));
    }
    paper.line(
        date.get("notice-ends").isThere()
            ? words.say("explain.how.notice", date(date.get("notice-ends")))
            : words.say("explain.how.notice.none"));
    if (history.get("requested").isThere()) {
      paper.line(words.say("explain.how.requested", date(history.get("requested"))));
    }
    var putOff = history.get("put-off").number();
    if (putOff > 0) {
      paper.line(
          words.say("explain.how.put-off", putOff, words.span(history.get("put-off-by").text())));
    }
    deferral(paper);
    end(date, paper);
    if (date.get("at").isThere()) {
      var setBy = date.get("set-by").text();
      paper.line("  " + words.say("explain.set-by", words.or("set-by." + setBy, setBy)));
    }
  }

  /// What one of those to be told was told; other people stay nameless.
  private void person(GuardAnswer person, Paper paper) {
    if (person.get("nobody").flag()) {
      return;
    }
    var whose = person.get("you").flag() ? "you" : "other";
    var shown = person.get("first-shown");
    if (shown.isThere()) {
      paper.line(words.say("told.first." + whose, date(shown)));
    } else if (person.get("given-up").isThere()) {
      paper.line(words.say("told.given-up." + whose, date(person.get("given-up"))));
    } else if (person.get("unshown-for").isThere()) {
      paper.line(words.say("told.trying." + whose, words.span(person.get("unshown-for").text())));
    } else {
      paper.line(words.say("told.not-yet." + whose));
    }
    if (person.get("you").flag() && person.get("snoozed-until").isThere()) {
      paper.line(words.say("told.reminder", date(person.get("snoozed-until"))));
    }
  }

  private void deferral(Paper paper) {
    var deferral = rule.get("deferral");
    var left = deferral.get("left").number();
    if (left > 0) {
      paper.line(
          deferral.get("last").isThere()
              ? words.say(
                  "explain.how.left",
                  left,
                  words.span(deferral.get("by").text()),
                  date(deferral.get("last")))
              : words.say("explain.how.left.unset", left, words.span(deferral.get("by").text())));
    }
  }

  private void end(GuardAnswer date, Paper paper) {
    if (date.get("last-call-ends").isThere()) {
      paper.line(words.say("explain.how.last-call", date(date.get("last-call-ends"))));
    }
    if (date.get("end").isThere() && !date.get("end").text().equals(date.get("at").text())) {
      paper.line(words.say("explain.how.end", date(date.get("end"))));
    }
  }
}
