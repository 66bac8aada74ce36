package dev.interdict.server.cli.doctor;

import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.events.Feed;
import dev.interdict.server.mail.MailTally;
import dev.interdict.server.main.Parts;
import dev.interdict.server.webhooks.Webhooks;
import java.util.ArrayList;
import java.util.List;

/// Whoever is told of events: what waits for them, what was lost, and what went wrong last.
record Outlets(Parts parts, Settings settings) {
  /// So much is on its way at any time.
  private static final long USUAL = 1_000;

  List<Answer> answers() {
    var answers = new ArrayList<Answer>();
    webhooks(answers);
    if (settings.outbound().mail() != null) {
      answers.add(mail());
    }
    if (settings.outbound().syslog() != null) {
      answers.add(fed("syslog"));
    }
    if (settings.outbound().ocsf() != null) {
      answers.add(fed("ocsf"));
    }
    return answers;
  }

  private void webhooks(List<Answer> answers) {
    var webhooks =
        new Webhooks(
            parts.database(), parts.audit(), parts.clock(), new java.security.SecureRandom());
    for (var webhook : webhooks.list()) {
      var tally = webhooks.tally(webhook.id());
      var detail =
          "%s: %d delivered, %d waiting, %d given up"
              .formatted(webhook.name(), tally.delivered(), tally.waiting(), tally.dead());
      var error = tally.lastError();
      answers.add(
          tally.dead() == 0 && tally.waiting() < USUAL
              ? Answer.good("webhook", detail)
              : Answer.bad(
                  "webhook",
                  detail + (error == null ? "" : "; last: " + error),
                  "interdict-server webhook test " + webhook.id() + ", then webhook replay"));
    }
  }

  private Answer mail() {
    var tally = MailTally.of(parts.database(), parts.clock().instant());
    var detail =
        "%d waiting, %d of them failed so far; %d given up in %d days"
            .formatted(tally.waiting(), tally.failing(), tally.givenUp(), MailTally.TOLD.toDays());
    if (tally.failing() == 0 && tally.givenUp() == 0) {
      return Answer.good("mail", detail);
    }
    var why = detail + "; last: " + tally.error();
    return tally.failing() > 0
        ? Answer.bad("mail", why, "check mail in server.yaml, then interdict-server mail test")
        : Answer.watch("mail", why, "check the addresses that mail in server.yaml has");
  }

  private Answer fed(String name) {
    var feed = new Feed(parts.database(), name);
    var detail = feed.waiting() + " events waiting, " + feed.lost() + " lost";
    return feed.waiting() < USUAL && feed.lost() == 0
        ? Answer.good(name, detail)
        : Answer.bad(
            name, detail, "it does not take what is sent: check " + name + " in server.yaml");
  }
}
