package dev.interdict.agent.guard;

import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.notice.NoticeJson;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.decide.ToldOutcome;
import dev.interdict.json.Json;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.function.Supplier;

/// Hands notices to the terminals and pages of a person, and takes in what became of them. What is
/// claimed here concerns nobody but the one who claims it.
final class Reception {
  private static final Set<String> CHANNELS = Set.of("desktop", "terminal", "page");

  private final Undelivered undelivered;
  private final Ledger ledger;
  private final Pseudonyms names;
  private final Supplier<Instant> now;
  private final Supplier<Duration> awake;

  Reception(
      Undelivered undelivered,
      Ledger ledger,
      Pseudonyms names,
      Supplier<Instant> now,
      Supplier<Duration> awake) {
    this.undelivered = undelivered;
    this.ledger = ledger;
    this.names = names;
    this.now = now;
    this.awake = awake;
  }

  /// How things stand for `user`.
  Json status(Board.Posted posted, String user, boolean all) {
    return new StatusView(posted, user, all, ledger, names, awake.get()).json();
  }

  /// What is to be told to `user` and was not shown on a desktop.
  Json notices(String user) {
    return Json.object()
        .put("notices", undelivered.of(user).stream().map(NoticeJson::write).toList())
        .build();
  }

  /// What became of a notice.
  Json receipt(Question question, String user) throws IOException {
    var sent = undelivered.find(question.about(), user);
    var channel = question.text("channel");
    if (sent == null || !CHANNELS.contains(channel)) {
      return Json.object()
          .put("error", "no notice \"" + question.about() + "\" of yours is known")
          .put("code", "no-notice")
          .build();
    }
    switch (question.text("outcome")) {
      case "shown" -> shown(sent, user, channel);
      case "clicked" -> clicked(sent, user, channel, question.text("choice"));
      default -> clicked(sent, user, channel, "");
    }
    return Json.object().put("done", true).build();
  }

  private void shown(Undelivered.Sent sent, String user, String channel) throws IOException {
    if (!undelivered.delivered(sent)) {
      return;
    }
    for (var spoken : sent.spoken()) {
      ledger.append(spoken.entry(user, now.get(), ToldOutcome.SHOWN, channel, awake.get()));
    }
    for (var debt : undelivered.paid(sent.notice())) {
      ledger.append(new Entry.Mentioned(debt.matter().rule(), now.get(), debt.what()));
    }
  }

  private void clicked(Undelivered.Sent sent, String user, String channel, String choice)
      throws IOException {
    if (!undelivered.mayAnswer(sent)) {
      return;
    }
    for (var matter : sent.notice().matters()) {
      ledger.append(
          new Entry.Clicked(
              matter.rule(),
              now.get(),
              user,
              matter.phase().key(),
              channel,
              choice.matches("[a-z]{1,20}") ? choice : null));
    }
  }
}
