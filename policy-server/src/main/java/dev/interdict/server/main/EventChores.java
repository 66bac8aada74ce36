package dev.interdict.server.main;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.audit.AuditEntry;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.EventLog;
import dev.interdict.server.events.Events;
import dev.interdict.server.fleet.Silences;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Leases;
import dev.interdict.server.webhooks.Webhooks;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// Events that nothing but the passing of time makes, and the end of those that are old.
final class EventChores {
  /// Several servers look at the fleet one after the other, not all at once.
  private static final Duration LOOK = Duration.ofMinutes(2);

  /// Longer than anything lasts that is told once.
  private static final Duration MARKS = Duration.ofDays(400);

  private final Database database;
  private final Leases leases;
  private final Audit audit;
  private final Silences silences;
  private final EventLog log;
  private final EventSettings settings;
  private LocalDate headTold = LocalDate.EPOCH;

  EventChores(
      Database database, Leases leases, Audit audit, Duration silentAfter, EventSettings settings) {
    this.database = database;
    this.leases = leases;
    this.audit = audit;
    this.silences = new Silences(database, silentAfter);
    this.log = new EventLog(database);
    this.settings = settings;
  }

  /// What is to be done every minute.
  void turn(LocalDate today, Instant now) {
    if (leases.take("silences", LOOK)) {
      silences.tell(now);
    }
    var head = headTold.equals(today) ? List.<AuditEntry>of() : audit.newest(Long.MAX_VALUE, 1);
    if (!head.isEmpty()) {
      tell(head.getFirst(), today, now);
      headTold = today;
    }
  }

  /// Whoever keeps it elsewhere sees a tail that was cut off later.
  private void tell(AuditEntry head, LocalDate today, Instant now) {
    var detail = Json.object().put("entry", head.seq()).put("hash", head.hash()).build();
    database.write(connection ->
        Events.once(
            connection, "audit-head:" + today, EventKind.AUDIT_HEAD, now, null, null, detail));
  }

  /// What is to be done once a day.
  void prune(Instant now) {
    log.prune(now.minus(settings.keep()), settings.most());
    Webhooks.prune(database);
    log.forgetMarks(now.minus(MARKS));
  }
}
