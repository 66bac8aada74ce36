package dev.interdict.server.outbound;

import dev.interdict.policy.Blocklist;
import dev.interdict.server.events.Event;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.EventLog;
import dev.interdict.server.metrics.Counters;
import dev.interdict.server.metrics.Exposition;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What happened since this server started, counted from the events of all servers. Thread-safe.
final class EventMetrics {
  private static final int BATCH = 1_000;

  /// A look ends after so many; the rest is counted by the next.
  private static final int MOST = 50_000;

  private static final String OTHER = "other";

  private final EventLog log;
  private final Supplier<Blocklist> inForce;
  private final Counters events = new Counters("kind");
  private final Counters removals = new Counters("rule", "result", "reason");
  private long seen;

  EventMetrics(EventLog log, Supplier<Blocklist> inForce) {
    this.log = log;
    this.inForce = inForce;
    this.seen = log.newest();
    EventKind.stored().forEach(kind -> events.show(kind.word()));
  }

  synchronized void write(Exposition out) {
    var rules =
        inForce.get().rules().stream().map(rule -> rule.id().value()).collect(Collectors.toSet());
    for (var counted = 0; counted < MOST; ) {
      var batch = log.after(seen, BATCH);
      if (batch.isEmpty()) {
        break;
      }
      batch.forEach(event -> count(event, rules));
      seen = batch.getLast().seq();
      counted += batch.size();
    }
    out.counters("interdict_events_total", "Events since this server started, by kind.", events);
    out.counters(
        "interdict_removals_total",
        "Removals since this server started: verified by a second scan, or failed and why.",
        removals);
  }

  /// A rule that is not published is one that a device made up, or an old one.
  private void count(Event event, Set<String> rules) {
    events.count(event.kind().word());
    var rule = event.rule() != null && rules.contains(event.rule()) ? event.rule() : OTHER;
    if (event.kind() == EventKind.REMOVAL_SUCCEEDED) {
      removals.count(rule, "succeeded", "");
    } else if (event.kind() == EventKind.REMOVAL_FAILED) {
      var reason = event.text("reason");
      removals.count(rule, "failed", reason == null ? OTHER : reason);
    }
  }
}
