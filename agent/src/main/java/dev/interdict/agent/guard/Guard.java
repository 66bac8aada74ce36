package dev.interdict.agent.guard;

import dev.interdict.agent.time.TrustedClock;
import dev.interdict.decide.DeviceDate;
import dev.interdict.decide.Verdict;
import dev.interdict.policy.RuleId;
import dev.interdict.report.Problem;
import dev.interdict.service.Pulse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The resident loop: exchange, cycle, sleep until something is due. One thread.
public final class Guard {
  /// Beyond what the worker and the checks of what it brought are given.
  private static final Duration EXCHANGE = Duration.ofMinutes(5);

  /// Two scans at their limit, and whoever restores something before that.
  private static final Duration LOOK = Duration.ofMinutes(30);

  /// What is moved across file systems takes its time.
  private static final Duration ACT = Duration.ofMinutes(30);

  private static final Duration SHORTEST = Duration.ofMillis(500);

  private final TrustedClock clock;
  private final Cycle cycle;
  private final Exchange exchange;
  private final Reporter reporter;
  private final Events events;
  private final Board board;
  private final Duration interval;
  private final Timekeeper timekeeper;
  private final Leap leap;
  private final Pulse pulse;
  private final Map<RuleId, Instant> dates = new HashMap<>();
  private Instant contact = Instant.EPOCH;
  private boolean reached;

  Guard(
      TrustedClock clock,
      Cycle cycle,
      Exchange exchange,
      Reporter reporter,
      Events events,
      Board board,
      Timekeeper timekeeper,
      Leap leap,
      Pulse pulse,
      Duration interval) {
    this.clock = clock;
    this.cycle = cycle;
    this.exchange = exchange;
    this.reporter = reporter;
    this.events = events;
    this.board = board;
    this.timekeeper = timekeeper;
    this.leap = leap;
    this.pulse = pulse;
    board.judgedBy(cycle::again);
    this.interval = interval;
  }

  /// Runs until interrupted.
  ///
  /// @throws IOException if the state folder can no longer be written: what cannot be remembered is
  ///   not done
  public void run() throws IOException, InterruptedException {
    exchange();
    var contacts = true;
    while (true) {
      var standing = contacts ? once() : alone();
      // The heap grew with the cycle and is idle until the next: give it back now, once.
      System.gc();
      var woken = timekeeper.sleep(untilNext(standing), board, Timekeeper.EVERY, pulse);
      contacts = woken || contacts();
      if (contacts && standing.judged().stream().anyMatch(one -> !one.findings().isEmpty())) {
        // What is due next may have been stopped or exempted meanwhile.
        exchange();
      }
    }
  }

  /// Exchanges, runs one cycle, ends.
  public void runOnce() throws IOException {
    exchange();
    once();
  }

  /// One cycle and the exchange after it; once more where the exchange brought another policy, and
  /// not for ever, whatever a server goes on publishing.
  Cycle.Standing once() throws IOException {
    for (var again = true; ; again = false) {
      pulse.expect(LOOK);
      var standing = board.alone(this::cycle);
      pulse.expect(EXCHANGE);
      announceDates(standing);
      var outcome = tell();
      var now = post(standing);
      if (!again || !outcome.changed()) {
        return now;
      }
    }
  }

  /// A look and what people are to be told after it, without the server, for a notice that may be
  /// due to a whole fleet in the same second. Nothing is taken away, and what came of it is
  /// reported with the next contact.
  Cycle.Standing alone() throws IOException {
    pulse.expect(LOOK);
    var standing =
        board.alone(() -> {
          var look = cycle.look();
          pulse.expect(ACT);
          return board.between(() -> cycle.tell(look));
        });
    announceDates(standing);
    return post(standing);
  }

  private Cycle.Standing post(Cycle.Standing standing) throws IOException {
    // Somebody may have answered meanwhile.
    return board.between(() -> {
      var judged = cycle.again(standing);
      board.post(judged, reached, clock.view());
      return judged;
    });
  }

  private Cycle.Standing cycle() throws IOException {
    var look = cycle.look();
    pulse.expect(ACT);
    return board.between(() -> cycle.act(look));
  }

  /// Tells the server what the cycle came to: by a heartbeat where that is nothing new and enough.
  private Exchange.Outcome tell() throws IOException {
    var outcome = exchange(reporter.quiet());
    if (!exchange.wantsWhole()) {
      return outcome;
    }
    var told = reporter.tellWhole();
    if (told != null) {
      events.on(new Event.Reported(told));
    }
    var whole = exchange();
    return new Exchange.Outcome(
        whole.reached(), outcome.changed() || whole.changed(), whole.problems(), whole.refused());
  }

  Exchange.Outcome exchange() throws IOException {
    return exchange(false);
  }

  /// What was refused is told in the next report.
  private Exchange.Outcome exchange(boolean quiet) throws IOException {
    pulse.expect(EXCHANGE);
    var before = clock.view();
    var outcome = exchange.run(quiet);
    leap.note(before, clock.view());
    reached = outcome.reached();
    contact = clock.now().plus(pace(exchange.nextContact()));
    if (outcome.problems().contains(Problem.HISTORY_RESUMED)) {
      cycle.forget();
      exchange.settle();
    }
    outcome.refused().forEach(reporter::refused);
    outcome.problems().forEach(problem -> reporter.problem(problem, null));
    timekeeper.keep();
    return outcome;
  }

  private void announceDates(Cycle.Standing standing) {
    for (var one : standing.judged()) {
      var date = date(one);
      if (date != null && date.at() != null && !date.at().equals(dates.get(one.rule().id()))) {
        dates.put(one.rule().id(), date.at());
        events.on(new Event.Dated(one.rule().id(), date.at(), date.setBy()));
      }
    }
  }

  private static @Nullable DeviceDate date(Judged judged) {
    return !judged.findings().isEmpty() && judged.verdict() instanceof Verdict.Waiting(var date)
        ? date
        : null;
  }

  /// Until the next contact with the server, or sooner where a notice falls due.
  ///
  /// No date wakes a device: what it brings is done with the first contact after it. A fleet shares
  /// its dates, and those that follow from a first notice too, which everybody gets as a working
  /// day begins. Contacts are spread over the interval, so that a fleet does not ask and report in
  /// the same second, and a rule that removes the wrong thing shows at the first devices while the
  /// others can still be stopped.
  Duration untilNext(Cycle.Standing standing) {
    var next = soonest(untilContact(), cycle.nextNotice(standing));
    return next.compareTo(SHORTEST) < 0 ? SHORTEST : next;
  }

  /// Whether the next cycle asks the server first and tells it afterwards, which alone may take
  /// something away.
  boolean contacts() {
    return untilContact().compareTo(SHORTEST) < 0;
  }

  /// Never longer than an interval and a half, whatever became of the clock meanwhile.
  private Duration untilContact() {
    var left = Duration.between(clock.now(), contact);
    return left.compareTo(longest()) > 0 || left.isNegative() ? Duration.ZERO : left;
  }

  /// The interval, or what the server asks for instead: at least half of it and at most one and a
  /// half, so that no server can keep a device from looking, or make it look all the time. A part
  /// of a second is added by chance: the server asks in whole ones, and those that it answered in
  /// the same moment would go on to come in the same moment.
  private Duration pace(int asked) {
    if (asked == 0) {
      return interval;
    }
    var seconds = Duration.ofSeconds(asked).plusMillis(ThreadLocalRandom.current().nextInt(1000));
    var least = interval.dividedBy(2);
    var most = longest();
    return seconds.compareTo(least) < 0 ? least : seconds.compareTo(most) > 0 ? most : seconds;
  }

  private Duration longest() {
    return interval.plus(interval.dividedBy(2));
  }

  private Duration soonest(Duration next, @Nullable Instant at) {
    if (at == null) {
      return next;
    }
    var left = Duration.between(clock.now(), at);
    return left.isPositive() && left.compareTo(next) < 0 ? left : next;
  }
}
