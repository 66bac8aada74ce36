package dev.interdict.server.webhooks;

import dev.interdict.server.events.Event;
import dev.interdict.server.events.EventLog;
import dev.interdict.server.events.Feed;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The messages to one webhook and how far they are. Thread-safe.
final class Deliveries {
  /// After this a message is dead: its receiver is told nothing of it but by hand.
  static final Duration LONGEST = Duration.ofHours(24);

  private static final int BATCH = 500;
  private static final Duration FIRST = Duration.ofSeconds(5);
  private static final Duration MOST = Duration.ofHours(2);

  private final Database database;
  private final Webhook webhook;
  private final Feed feed;

  Deliveries(Database database, Webhook webhook) {
    this.database = database;
    this.webhook = webhook;
    this.feed = new Feed(database, Webhooks.feed(webhook.id()));
  }

  /// A message that is due.
  ///
  /// @param attempts that were made
  /// @param first when it was to be sent first
  record Due(Event event, int attempts, Instant first) {}

  /// Makes messages of the events that came; returns whether there were any.
  boolean takeOver(Instant now) {
    var batch = feed.next(BATCH);
    if (batch.events().isEmpty()) {
      return false;
    }
    database.write(connection -> {
      for (var event : batch.events()) {
        if (webhook.wants(event.kind())) {
          Sql.update(
              connection,
              "insert into webhook_delivery (webhook_id, seq, state, attempts, first_at, next_at)"
                  + " values (?,?,'waiting',0,?,?) on conflict (webhook_id, seq) do nothing",
              webhook.id(),
              event.seq(),
              now.toEpochMilli(),
              now.toEpochMilli());
        }
      }
      feed.done(connection, batch);
      return 0;
    });
    return true;
  }

  /// Whether anything came or is due, which costs two look-ups.
  boolean hasWork(Instant now) {
    return feed.waiting() > 0
        || database.first(
                "select seq from webhook_delivery where webhook_id = ? and state = 'waiting' and"
                    + " next_at <= ? limit 1",
                row -> row.getLong(1),
                webhook.id(),
                now.toEpochMilli())
            != null;
  }

  /// The messages that are due, the oldest events first.
  List<Due> due(Instant now, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select e.*, w.attempts, w.first_at from webhook_delivery w join event e on e.seq ="
                    + " w.seq where w.webhook_id = :id and w.state = 'waiting' and w.next_at <="
                    + " :now order by w.seq limit :most")
            .bind("id", webhook.id())
            .bind("now", now.toEpochMilli())
            .bind("most", most)
            .map((row, _) ->
                new Due(
                    EventLog.read(row),
                    row.getInt("attempts"),
                    Instant.ofEpochMilli(row.getLong("first_at"))))
            .list());
  }

  void delivered(Due due, int status, Instant now) {
    note(due, "delivered", now, now, status, null);
  }

  /// @return whether it is dead now
  boolean failed(Due due, @Nullable Integer status, String error, Instant now) {
    var next = now.plus(rest(due.attempts()));
    var dead = next.isAfter(due.first().plus(LONGEST));
    note(due, dead ? "dead" : "waiting", next, now, status, error);
    return dead;
  }

  /// Twice as long each time, less up to a half, so that what failed together comes back apart.
  private static Duration rest(int attempts) {
    var whole = Math.min(MOST.toMillis(), FIRST.toMillis() << Math.min(attempts, 20));
    return Duration.ofMillis(whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1));
  }

  private void note(
      Due due,
      String state,
      Instant next,
      Instant now,
      @Nullable Integer status,
      @Nullable String error) {
    database.write(connection ->
        Sql.update(
            connection,
            "update webhook_delivery set state = ?, attempts = ?, next_at = ?, answered_at = ?,"
                + " status = ?, error = ? where webhook_id = ? and seq = ? and state = 'waiting'",
            state,
            due.attempts() + 1,
            next.toEpochMilli(),
            now.toEpochMilli(),
            status,
            error,
            webhook.id(),
            due.event().seq()));
  }
}
