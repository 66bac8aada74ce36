package dev.interdict.agent.guard;

import dev.interdict.agent.enforce.Backoff;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Entry.Answer;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.report.Pseudonyms;
import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.Verdict;
import dev.interdict.json.Json;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes what people answer: remind me later, put it off, remove it now, I need an exemption, this
/// is not that tool. Only from those whom the rule concerns, and bounded, so that nobody fills the
/// device's memory. To be used while nothing is decided.
final class Answering {
  private static final int MOST_ANSWERS = 100;
  private static final int MOST_REQUESTS = 5;
  private static final int MOST_TEXT = 500;

  /// No exemption is open-ended.
  private static final Duration LONGEST = Duration.ofDays(180);

  private static final Duration HOUR = Duration.ofHours(1);

  private final Board board;
  private final Ledger ledger;
  private final Pseudonyms names;
  private final Supplier<Instant> now;
  private final Supplier<String> ids;

  /// @param ids makes a name for an answer
  Answering(
      Board board, Ledger ledger, Pseudonyms names, Supplier<Instant> now, Supplier<String> ids) {
    this.board = board;
    this.ledger = ledger;
    this.names = names;
    this.now = now;
    this.ids = ids;
  }

  /// Says what comes of a question of somebody whom its rule may concern.
  @FunctionalInterface
  interface Reply {
    Json to(Question question, Possible possible) throws IOException;
  }

  /// What came of it, or why it is not taken.
  Json answer(Question question, String user) throws IOException {
    return about(question, user, this::answer);
  }

  /// What `reply` says, or why the rule is not there to be spoken of.
  Json about(Question question, String user, Reply reply) throws IOException {
    var standing = board.posted().standing();
    if (standing == null) {
      return no(
          "not-looked", "the guard has not looked at this computer yet; try again in a moment");
    }
    for (var judged : standing.judged()) {
      if (judged.rule().id().value().equals(question.about())) {
        var policy = standing.policy();
        var possible =
            new Possible(judged, user, policy.exemptions(), policy.age(), now.get(), names);
        return reply.to(question, possible);
      }
    }
    return no("no-rule", "no rule \"" + question.about() + "\" is in force here");
  }

  /// Has whatever failed, or was removed too often, tried again as if for the first time. Says
  /// nothing of what is due: that is judged as ever.
  void again() throws IOException {
    var standing = board.posted().standing();
    if (standing == null) {
      return;
    }
    for (var judged : standing.judged()) {
      var id = judged.rule().id();
      var memory = ledger.of(id);
      var at = now.get();
      if (memory.acts().failures() > 0
          || !memory.acts().removals(at.minus(Backoff.WINDOW)).isEmpty()) {
        ledger.append(new Entry.Retried(id, at));
      }
    }
  }

  private Json answer(Question question, Possible possible) throws IOException {
    var judged = possible.judged();
    var there = possible.verbs().contains(question.ask());
    if (!there && !possible.concerned()) {
      return no("not-yours", "nothing of " + judged.rule().id() + " concerns you here");
    }
    if (!there) {
      return no("not-now", question.ask() + " is not possible for " + judged.rule().id() + " now");
    }
    if (given(possible, null) >= MOST_ANSWERS) {
      return no("too-many", "you have answered to " + judged.rule().id() + " too often already");
    }
    return switch (question.ask()) {
      case "remind" -> remind(question, possible);
      case "defer" -> defer(question, possible);
      case "remove" -> remove(possible);
      case "request-exemption" -> request(question, possible);
      case "dispute" -> dispute(question, possible);
      default -> no("unknown", "the guard does not know \"" + question.ask() + "\"");
    };
  }

  private Json remind(Question question, Possible possible) throws IOException {
    Instant until;
    try {
      until = Instant.parse(question.text("until"));
    } catch (DateTimeException e) {
      return no("bad-until", "\"" + question.text("until") + "\" is no instant");
    }
    var date = date(possible.judged());
    if (!until.isAfter(now.get()) || until.isAfter(now.get().plus(LONGEST))) {
      return no("bad-until", until + " is not ahead, or too far; choose a time before the date");
    }
    var last = date == null || date.at() == null ? null : date.at().minus(HOUR);
    var promised = last != null && until.isAfter(last) ? last : until;
    keep(possible, Answer.REMIND, promised, Duration.ZERO, null, null);
    return Json.object().put("until", promised.toString()).build();
  }

  private Json defer(Question question, Possible possible) throws IOException {
    var rule = possible.judged().rule();
    var date = date(possible.judged());
    var text = words(question);
    if (date == null || date.at() == null) {
      return no("not-now", "the date of " + rule.id() + " is not set yet");
    }
    var from = now.get().isAfter(date.at()) ? now.get() : date.at();
    // Whole milliseconds, since that is what the ledger's times have after a restart: a last call
    // counts for the very same date only.
    var by =
        Duration.between(date.at(), from)
            .plus(rule.timeline().deferral().by())
            .truncatedTo(ChronoUnit.MILLIS);
    var until = date.at().plus(by);
    keep(possible, Answer.PUT_OFF, until, by, null, text);
    var left = possible.putOffLeft() - 1;
    return Json.object()
        .put("date", until.toString())
        .put("left", left)
        .put("last", until.plus(rule.timeline().deferral().by().multipliedBy(left)).toString())
        .build();
  }

  private Json remove(Possible possible) throws IOException {
    keep(possible, Answer.REMOVE_NOW, null, Duration.ZERO, null, null);
    board.wake();
    return Json.object().put("done", true).build();
  }

  private Json request(Question question, Possible possible) throws IOException {
    var zone = possible.judged().rule().timeline().zone();
    var text = words(question);
    Instant until;
    try {
      until = LocalDate.parse(question.text("until")).plusDays(1).atStartOfDay(zone).toInstant();
    } catch (DateTimeException e) {
      return no(
          "bad-until", "\"" + question.text("until") + "\" is no date; write it as 2026-07-31");
    }
    if (!until.isAfter(now.get()) || until.isAfter(now.get().plus(LONGEST))) {
      return no("bad-until", "an exemption ends within 180 days; choose another date");
    }
    if (text == null) {
      return no("no-reason", "say why you need it, in at most 500 characters");
    }
    if (given(possible, Answer.EXEMPTION_REQUEST) >= MOST_REQUESTS) {
      return no("too-many", "you have asked often enough; your requests wait for an answer");
    }
    var id = keep(possible, Answer.EXEMPTION_REQUEST, until, Duration.ZERO, null, text);
    var rule = possible.judged().rule().id();
    var after = board.posted().standing();
    var waits =
        after == null
            ? null
            : after.judged().stream()
                .filter(one -> one.rule().id().equals(rule))
                .map(Answering::date)
                .filter(date -> date != null && date.setBy() == DeviceDate.SetBy.REQUEST)
                .map(date -> String.valueOf(date.at()))
                .findFirst()
                .orElse(null);
    return Json.object().put("request", id).put("waits-until", waits).build();
  }

  private Json dispute(Question question, Possible possible) throws IOException {
    var text = words(question);
    for (var finding : possible.disputable()) {
      if (possible.key(finding).equals(question.text("finding"))) {
        var key = possible.key(finding);
        keep(possible, Answer.NOT_THAT_TOOL, null, Duration.ZERO, key, text);
        return Json.object().put("done", true).build();
      }
    }
    return no(
        "not-disputable",
        "no finding \""
            + question.text("finding")
            + "\" of yours can be disputed: each can be once, and none that IT has confirmed");
  }

  private String keep(
      Possible possible,
      Answer kind,
      @Nullable Instant until,
      Duration by,
      @Nullable String finding,
      @Nullable String text)
      throws IOException {
    var rule = possible.judged().rule();
    var id = ids.get();
    ledger.append(
        new Entry.Answered(
            rule.id(),
            now.get(),
            rule.timeline().term(),
            possible.user(),
            id,
            kind,
            until,
            by,
            finding,
            text));
    board.refresh();
    return id;
  }

  /// How many answers this person gave to the rule's present date.
  private long given(Possible possible, @Nullable Answer kind) {
    var rule = possible.judged().rule();
    return ledger.of(rule.id()).answers().stream()
        .filter(answer -> answer.person().equals(possible.user()))
        .filter(answer -> answer.term().equals(rule.timeline().term()))
        .filter(answer -> kind == null || answer.kind() == kind)
        .count();
  }

  private static @Nullable DeviceDate date(Judged judged) {
    return judged.verdict() instanceof Verdict.Waiting(var date) ? date : null;
  }

  private static @Nullable String words(Question question) {
    var text = question.text("reason").strip();
    return text.isEmpty() ? null : text.substring(0, Math.min(MOST_TEXT, text.length()));
  }

  /// @param code for whoever words it in another language
  static Json no(String code, String message) {
    return Json.object().put("error", message).put("code", code).build();
  }
}
