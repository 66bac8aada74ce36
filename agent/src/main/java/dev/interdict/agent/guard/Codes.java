package dev.interdict.agent.guard;

import static dev.interdict.agent.guard.Answering.no;

import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Entry.Answer;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.policy.TrustedPolicy;
import dev.interdict.agent.state.CodeBook;
import dev.interdict.agent.state.CodeBook.Open;
import dev.interdict.agent.state.CodeBook.Used;
import dev.interdict.agent.state.DeviceKeys;
import dev.interdict.agent.state.Enrolment;
import dev.interdict.agent.state.SigningKey;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.json.Json;
import dev.interdict.offline.Challenge;
import dev.interdict.offline.CodeDocument;
import dev.interdict.offline.OneTimeCode;
import dev.interdict.offline.SharedSecret;
import dev.interdict.policy.Exemption;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One-time codes, for those whose workstation cannot reach the server: shows a challenge, takes
/// the code that answers to it, and holds the exemption that it grants, until its own end or until
/// the server says that somebody ended it.
///
/// A code can only make this device do less, and for seven days at most whatever it says. Each
/// person has one challenge a rule; a wrong code is counted on disk before it is looked at. To be
/// used while nothing is decided.
final class Codes {
  /// How long a challenge waits for its code, in the device's awake time.
  static final Duration VALID = Duration.ofHours(24);

  /// No code exempts for longer.
  static final Duration LONGEST = Duration.ofDays(7);

  /// Wrong codes in [#VALID]. A misread one is not among them: it shows by its check symbols.
  static final int MOST_WRONG = 10;

  /// Challenges that one person is shown of one rule in [#VALID].
  static final int MOST_DRAWN = 20;

  /// Challenges of one person, of different rules: nobody takes all of [CodeBook#MOST_OPEN].
  static final int MOST_OWN = 8;

  private final StateDirectory state;
  private final Enrolment enrolment;
  private final Ledger ledger;
  private final Supplier<Instant> now;
  private final Supplier<Duration> awake;
  private final SecureRandom random;
  private final Board board;
  private CodeBook book;

  private Codes(
      StateDirectory state,
      Enrolment enrolment,
      Ledger ledger,
      Supplier<Instant> now,
      Supplier<Duration> awake,
      SecureRandom random,
      Board board)
      throws IOException {
    this.state = state;
    this.enrolment = enrolment;
    this.ledger = ledger;
    this.now = now;
    this.awake = awake;
    this.random = random;
    this.board = board;
    this.book = CodeBook.load(state.codes());
  }

  /// Goes on from what the folder holds. What a crash left untold is told.
  static Codes open(
      StateDirectory state,
      Enrolment enrolment,
      Ledger ledger,
      Supplier<Instant> now,
      Supplier<Duration> awake,
      SecureRandom random,
      Board board)
      throws IOException {
    var codes = new Codes(state, enrolment, ledger, now, awake, random, board);
    for (var one : codes.book.used()) {
      codes.tell(one);
    }
    return codes;
  }

  /// The policy, where this device is exempt by codes as well.
  TrustedPolicy with(TrustedPolicy policy) {
    var at = now.get();
    var ended = policy.codes();
    var known = policy.exemptions().granted();
    return policy.exempting(
        book.used().stream()
            .filter(one -> at.isBefore(one.until()))
            .filter(one -> ended == null || !ended.ended().contains(mark(one)))
            .map(this::exemption)
            .filter(one -> !known.contains(one))
            .toList());
  }

  private String mark(Used one) {
    return CodeDocument.mark(enrolment.device(), Challenge.name(one.nonce()));
  }

  /// Who granted it and why is not in a code; the server's own exemption says so later.
  private Exemption exemption(Used one) {
    var id = Challenge.name(one.nonce());
    return new Exemption(id, one.rule(), enrolment.device().value(), one.until(), "", "");
  }

  /// The challenge, or what came of the code in `question`.
  Json answer(Question question, Possible possible) throws IOException {
    var rule = possible.judged().rule().id();
    if (!possible.concerned() && !possible.lost()) {
      return no("not-yours", "nothing of " + rule + " concerns you here");
    }
    if (!possible.verbs().contains("request-exemption")) {
      return no("not-now", "an exemption from " + rule + " is not possible now");
    }
    var standing = board.posted().standing();
    var server = standing == null ? null : standing.policy().codes();
    if (server == null) {
      return no(
          "no-codes", "your company's server makes no one-time codes, as far as is known here");
    }
    return question.text("code").isBlank()
        ? challenge(possible, question.text("fresh").equals("yes"))
        : use(possible, question.text("code"), server);
  }

  private Json challenge(Possible possible, boolean fresh) throws IOException {
    var rule = possible.judged().rule().id();
    var known = open(rule, possible.user());
    if (known != null && (isSpent(known) || fresh && known.drawn() >= MOST_DRAWN)) {
      return no(
          "code-spent", "too many codes were tried; ask for an exemption once you are online");
    }
    if (known == null || fresh) {
      var others = others(rule, possible.user());
      if (others.stream().filter(one -> one.person().equals(possible.user())).count() >= MOST_OWN) {
        return no("code-many", "you wait for " + MOST_OWN + " codes already; try again later");
      }
      if (others.size() >= CodeBook.MOST_OPEN) {
        return no("code-busy", "too many people wait for a code on this computer; try again later");
      }
      known =
          new Open(
              rule,
              possible.user(),
              nonce(),
              known == null ? awake.get() : known.since(),
              known == null ? 1 : known.drawn() + 1,
              known == null ? 0 : known.wrong());
      save(new CodeBook(with(others, known), book.used()));
    }
    var left = VALID.minus(age(known)).truncatedTo(ChronoUnit.MINUTES);
    return Json.object()
        .put("challenge", Challenge.of(enrolment.device(), rule, known.nonce()).text())
        .put("valid", left.toString())
        .put("left", MOST_WRONG - known.wrong())
        .build();
  }

  private Json use(Possible possible, String text, CodeDocument server) throws IOException {
    var rule = possible.judged().rule();
    OneTimeCode code;
    try {
      code = OneTimeCode.read(text);
    } catch (IllegalArgumentException e) {
      return no("code-misread", "this is no code: " + e.getMessage());
    }
    var open = open(rule.id(), possible.user());
    if (open == null) {
      return no("no-challenge", "no challenge of yours is open for " + rule.id() + "; ask for one");
    }
    if (isSpent(open)) {
      return no(
          "code-spent", "too many codes were tried; ask for an exemption once you are online");
    }
    var others = others(rule.id(), possible.user());
    var counted =
        new Open(
            open.rule(), open.person(), open.nonce(), open.since(), open.drawn(), open.wrong() + 1);
    save(new CodeBook(with(others, counted), book.used()));
    if (!isProven(code, rule.id(), open.nonce(), server)) {
      return no(
          "code-wrong", "this code does not belong to the challenge that is open for " + rule.id());
    }
    var at = now.get().truncatedTo(ChronoUnit.MILLIS);
    var latest = at.plus(LONGEST);
    var until = code.until().isAfter(latest) ? latest : code.until();
    if (!until.isAfter(at)) {
      return no("code-over", "what this code grants has ended at " + until);
    }
    var used =
        new Used(rule.id(), possible.user(), open.nonce(), rule.timeline().term(), at, until);
    var all = new ArrayList<>(book.used());
    all.add(used);
    save(new CodeBook(others, all));
    tell(used);
    board.refresh();
    board.wake();
    return Json.object()
        .put("until", until.toString())
        .put("case", Challenge.name(used.nonce()))
        .build();
  }

  /// With each key that the server may know this device by: while one takes the other's place, it
  /// is the later one or the earlier one.
  private boolean isProven(OneTimeCode code, RuleId rule, int nonce, CodeDocument server)
      throws IOException {
    var keys = DeviceKeys.load(state, enrolment);
    var later = keys.to();
    return isProven(code, rule, nonce, keys.from(), server)
        || later != null && isProven(code, rule, nonce, later, server);
  }

  private boolean isProven(
      OneTimeCode code, RuleId rule, int nonce, SigningKey key, CodeDocument server) {
    try {
      return SharedSecret.ofDevice(key.key(), key.publicKey(), server.publicKey())
          .proves(code, enrolment.device(), rule, nonce);
    } catch (IllegalArgumentException e) {
      // A weak key, with which everybody would agree.
      return false;
    }
  }

  /// For the person, and for the server with the next report; once.
  private void tell(Used one) throws IOException {
    var id = Challenge.name(one.nonce());
    if (ledger.of(one.rule()).answers().stream().anyMatch(answer -> answer.id().equals(id))) {
      return;
    }
    ledger.append(
        new Entry.Answered(
            one.rule(),
            one.at(),
            one.term(),
            one.person(),
            id,
            Answer.EXEMPTION_CODE,
            one.until(),
            Duration.ZERO,
            null,
            null));
  }

  /// The challenge that this person may be reading out, or null.
  private @Nullable Open open(RuleId rule, String person) {
    return book.open().stream()
        .filter(one -> one.rule().equals(rule) && one.person().equals(person))
        .filter(this::isValid)
        .findFirst()
        .orElse(null);
  }

  private List<Open> others(RuleId rule, String person) {
    return book.open().stream()
        .filter(this::isValid)
        .filter(one -> !one.rule().equals(rule) || !one.person().equals(person))
        .toList();
  }

  private static List<Open> with(List<Open> others, Open one) {
    var all = new ArrayList<>(others);
    all.add(one);
    return all;
  }

  private Duration age(Open one) {
    return awake.get().minus(one.since());
  }

  /// Not one of a time that this device no longer remembers, either.
  private boolean isValid(Open one) {
    return !age(one).isNegative() && age(one).compareTo(VALID) < 0;
  }

  private static boolean isSpent(Open one) {
    return one.wrong() >= MOST_WRONG;
  }

  private int nonce() {
    while (true) {
      var nonce = random.nextInt(Challenge.NONCES);
      if (book.used().stream().noneMatch(one -> one.nonce() == nonce)
          && book.open().stream().noneMatch(one -> one.nonce() == nonce)) {
        return nonce;
      }
    }
  }

  private void save(CodeBook next) throws IOException {
    next.save(state.codes());
    book = next;
  }
}
