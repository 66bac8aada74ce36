package dev.interdict.agent.guard;

import dev.interdict.agent.report.Outbox;
import dev.interdict.agent.sync.SyncResult;
import dev.interdict.report.Heartbeat;
import dev.interdict.report.Problem;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is sent of this device in an exchange, and what the server's answers make of it: the
/// reports that wait, or in place of one the heartbeat that says the last still holds. Not
/// thread-safe.
final class Deliveries {
  /// Reports sent in one run of the worker.
  private static final int MOST_REPORTS = 20;

  private static final Set<Integer> ACCEPTED = Set.of(200, 204);

  /// Answers that the same bytes would get for ever: malformed, another one in its place, too
  /// large. Not among them: a device not (yet) proven, whose clock or enrolment may be mended.
  private static final Set<Integer> REFUSED = Set.of(400, 409, 413, 422);

  private static final int CONTRADICTS = 409;
  private static final int TOO_MANY = 429;
  private static final int SERVER_FAILS = 500;

  private final Outbox outbox;
  private final Events events;
  private final SequencedMap<Long, Integer> refusals = new LinkedHashMap<>();
  private boolean placed;
  private long next;
  private long contradicted;
  private String beat = "";
  private String beatOn = "";

  Deliveries(Outbox outbox, Events events) {
    this.outbox = outbox;
    this.events = events;
  }

  /// What waits; where nothing does, once after a start, what the server has last: its answer says
  /// whether it knows of later ones, before anything is done by a memory of an earlier time.
  List<Outbox.Waiting> sending() throws IOException {
    var waiting = outbox.waiting();
    var last = placed || !waiting.isEmpty() ? null : outbox.lastTaken();
    return last != null
        ? List.of(last)
        : waiting.subList(0, Math.min(MOST_REPORTS, waiting.size()));
  }

  /// A heartbeat on its way.
  ///
  /// @param sequence of the report that it is about
  record Beating(long sequence, byte[] body, String nonce) {}

  /// "What the last report told still holds", after the heartbeat before it; null before the server
  /// has answered to a report since the start.
  @Nullable Beating heartbeat(String nonce) {
    if (!placed) {
      return null;
    }
    var report = outbox.taken();
    if (!report.hash().equals(beatOn)) {
      beatOn = report.hash();
      beat = "";
    }
    return new Beating(report.sequence(), new Heartbeat(report.hash(), beat).write(), nonce);
  }

  /// Whatever the server says but that it has no time, the whole report says more.
  ///
  /// @return whether it asks for that
  boolean beaten(SyncResult result, Beating heartbeat) {
    var wantsWhole = false;
    for (var answer : result.answers()) {
      if (answer.sequence() == heartbeat.sequence()) {
        if (ACCEPTED.contains(answer.status())) {
          beat = heartbeat.nonce();
        } else {
          wantsWhole = answer.status() < SERVER_FAILS && answer.status() != TOO_MANY;
        }
      }
    }
    return wantsWhole;
  }

  /// Only answers to what was sent in this run count, since the worker's word is all there is.
  ///
  /// @param problems for the next report, of which some are added
  /// @return reports that the server will never take
  Set<Long> deliver(SyncResult result, List<Outbox.Waiting> sent, Set<Problem> problems)
      throws IOException {
    var refused = new HashSet<Long>();
    var open = sent.stream().map(Outbox.Waiting::sequence).collect(Collectors.toSet());
    for (var answer : result.answers()) {
      var sequence = answer.sequence();
      if (!open.remove(sequence)) {
        continue;
      }
      if (ACCEPTED.contains(answer.status())) {
        placed = true;
        if (outbox.delivered(sequence)) {
          events.on(new Event.Delivered(sequence));
        }
      } else if (REFUSED.contains(answer.status())) {
        placed = true;
        refusals.put(sequence, answer.status());
        refused.add(sequence);
        problems.add(Problem.REPORTS_DROPPED);
        events.on(new Event.Refused(sequence, answer.status()));
      }
      if (placed && isNews(answer)) {
        next = answer.expected();
        problems.add(Problem.HISTORY_RESUMED);
        events.on(new Event.Resumed(answer.expected()));
      }
    }
    return refused;
  }

  /// Whether the server knows of reports of this device that it does not: later ones than all here,
  /// or others in place of those that were made here since the last one that it has.
  private boolean isNews(SyncResult.Answer answer) {
    var expected = answer.expected();
    if (outbox.isBehind(expected) && expected > next) {
      return true;
    }
    var other =
        answer.status() == CONTRADICTS
            && outbox.isUnknown(expected)
            && expected > contradicted
            && expected > next;
    contradicted = other ? expected : contradicted;
    return other;
  }

  /// Does what the answers of the last run ask for. Where the device's memory is of an earlier time
  /// this comes after that was noted: interrupted before, all is sent and answered once more.
  void settle() throws IOException {
    for (var one : refusals.entrySet()) {
      outbox.refused(one.getKey(), one.getValue());
    }
    refusals.clear();
    outbox.resume(next);
    next = 0;
  }
}
