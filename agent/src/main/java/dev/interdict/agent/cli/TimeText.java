package dev.interdict.agent.cli;

import dev.interdict.agent.pipe.GuardAnswer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/// Says what this computer knows of the time, and what follows from it for a date.
///
/// @param time as the guard told it
/// @param zone in which instants are shown
record TimeText(GuardAnswer time, String zone, Words words) {
  private static final Duration AGREE = Duration.ofMinutes(2);

  /// For `status`: one line, and one more for each thing that is not as it should be.
  void brief(Paper paper) {
    if (!time.isThere()) {
      return;
    }
    var trusted = words.brief(time.get("trusted").text(), zone);
    paper.line(words.say("time", trusted, words.span(counted()), witness()));
    if (!agrees()) {
      paper.line(words.say("time.wall", wall()));
    }
    if (time.get("disputed").isThere()) {
      paper.line(words.say("time.disputed", words.brief(time.get("disputed").text(), zone)));
    }
    if (time.get("out-of-contact").flag()) {
      paper.line(words.say("time.unconfirmed"));
    }
  }

  /// For `explain`.
  ///
  /// @param outOfContact what the rule says of devices out of contact
  void full(String outOfContact, Paper paper) {
    if (!time.isThere()) {
      return;
    }
    paper.heading(words.say("explain.time"));
    paper.line(words.say("explain.time.trusted", words.date(time.get("trusted").text(), zone)));
    var confirmed = words.date(time.get("confirmed").text(), zone);
    paper.line(words.say("explain.time.confirmed", confirmed, witness()));
    paper.line(words.say("explain.time.counted", words.span(counted())));
    paper.line(words.say("explain.time.wall", agrees() ? words.say("time.agrees") : wall()));
    if (time.get("stepped").flag()) {
      paper.line(words.say("explain.time.stepped"));
    }
    if (time.get("disputed").isThere()) {
      var disputed = words.date(time.get("disputed").text(), zone);
      paper.line(words.say("explain.time.disputed", disputed));
    }
    if (time.get("out-of-contact").flag()) {
      paper.line(
          words.say(
              switch (outOfContact) {
                case "wait" -> "explain.time.wait";
                case "enforce" -> "explain.time.enforce";
                default ->
                    time.get("stepped").flag() ? "explain.time.wait" : "explain.time.wall-clock";
              }));
    }
  }

  private String witness() {
    return words.say(
        time.get("by").text().equals("server") ? "time.by.server" : "time.by.signed-file");
  }

  /// What the boot clock has counted since the last confirmation.
  private Duration counted() {
    try {
      return Duration.between(
          Instant.parse(time.get("confirmed").text()), Instant.parse(time.get("trusted").text()));
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  private Duration ahead() {
    return Duration.ofSeconds(time.get("wall-ahead").number());
  }

  private boolean agrees() {
    return ahead().abs().compareTo(AGREE) <= 0;
  }

  private String wall() {
    var ahead = ahead();
    return words.say(ahead.isNegative() ? "time.behind" : "time.ahead", words.span(ahead.abs()));
  }
}
