package dev.interdict.server.webhooks;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Feed;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sealing;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The places that are told of events, and what became of the messages to them. Thread-safe.
public final class Webhooks {
  private static final int MOST = 50;
  private static final int MOST_NAME = 80;

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final SecureRandom random;

  public Webhooks(Database database, Audit audit, InstantSource clock, SecureRandom random) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.random = random;
  }

  /// One that was just made.
  ///
  /// @param secret which receivers check signatures with; kept sealed and never shown again
  public record Made(Webhook webhook, String secret) {}

  /// What became of its messages.
  public record Tally(long waiting, long delivered, long dead, @Nullable String lastError) {}

  /// Makes one, which is told of what happens from now on.
  ///
  /// @param chatSecret with which a chat service has messages signed, or null
  /// @param named hosts that may be inside
  /// @throws IllegalArgumentException if something of it cannot be
  /// @throws Sealing.BrokenException if the key is gone with which secrets are sealed
  public Made add(
      String actor,
      String name,
      String url,
      Set<EventKind> kinds,
      Template template,
      Locale language,
      @Nullable String chatSecret,
      Sealing sealing,
      Set<String> named)
      throws Sealing.BrokenException {
    if (!name.matches("[\\p{L}\\p{N} ._-]{1," + MOST_NAME + "}")) {
      throw new SentenceException(
          Sentence.of(
              "webhook.name",
              "a name has 1 to %s letters, digits, spaces, dots and dashes",
              MOST_NAME));
    }
    var uri = Destination.written(url, named);
    var bytes = new byte[32];
    random.nextBytes(bytes);
    var secret = Signature.secret(bytes);
    var number = new byte[8];
    random.nextBytes(number);
    var id = "wh_" + HexFormat.of().formatHex(number);
    var webhook =
        new Webhook(
            id,
            name,
            kinds,
            template,
            language,
            Destination.host(uri),
            sealing.seal(
                new Address(url, secret, chatSecret).text().getBytes(StandardCharsets.UTF_8), id),
            clock.instant(),
            actor);
    database.write(connection -> {
      var all = Sql.first(connection, "select count(*) from webhook", row -> row.getLong(1));
      if (all != null && all >= MOST) {
        throw new IllegalArgumentException("there are " + MOST + " webhooks; remove one first");
      }
      Sql.update(
          connection,
          "insert into webhook (webhook_id, name, kinds, template, language, host, sealed,"
              + " created_at, created_by) values (?,?,?,?,?,?,?,?,?)",
          id,
          name,
          webhook.kindsText(),
          template.word(),
          language.toLanguageTag(),
          webhook.host(),
          webhook.sealed(),
          webhook.createdAt().toEpochMilli(),
          actor);
      Feed.begin(connection, feed(id));
      return audit.append(
          connection,
          actor,
          "webhook.create",
          id,
          Json.object()
              .put("name", name)
              .put("host", webhook.host())
              .put("kinds", webhook.kindsText())
              .put("template", template.word())
              .build());
    });
    return new Made(webhook, secret);
  }

  static String feed(String id) {
    return "webhook:" + id;
  }

  /// All of them, the oldest first.
  public List<Webhook> list() {
    return database.read(handle ->
        handle
            .createQuery("select * from webhook order by created_at, webhook_id")
            .map((row, _) -> Webhook.read(row))
            .list());
  }

  /// The one of that id.
  public Optional<Webhook> find(String id) {
    return list().stream().filter(webhook -> webhook.id().equals(id)).findAny();
  }

  /// What became of its messages, of those events that are kept.
  public Tally tally(String id) {
    return database.read(handle -> {
      var counts = new long[3];
      handle
          .createQuery(
              "select state, count(*) as n from webhook_delivery where webhook_id = :id group by"
                  + " state")
          .bind("id", id)
          .map((row, _) -> {
            var at = List.of("waiting", "delivered", "dead").indexOf(row.getString("state"));
            counts[at] = row.getLong("n");
            return at;
          })
          .list();
      var error =
          handle
              .createQuery(
                  "select error from webhook_delivery where webhook_id = :id and error is not null"
                      + " order by answered_at desc, seq desc limit 1")
              .bind("id", id)
              .mapTo(String.class)
              .findOne()
              .orElse(null);
      return new Tally(counts[0], counts[1], counts[2], error);
    });
  }

  /// One message and how far it is.
  ///
  /// @param seq the number of its event; the newest has the highest
  /// @param state `waiting`, `delivered` or `dead`
  /// @param next when it is tried again; says nothing unless it waits
  /// @param answered when the receiver, or nobody, answered last; null before the first try
  /// @param status of that answer; null where there was none
  /// @param error why it was no receipt; null where it was
  public record Delivery(
      long seq,
      String event,
      String kind,
      Instant happened,
      String state,
      int attempts,
      Instant next,
      @Nullable Instant answered,
      @Nullable Long status,
      @Nullable String error) {}

  /// At most `most` messages to one, the newest first.
  ///
  /// @param before the number that they are below
  public List<Delivery> deliveries(String id, long before, int most) {
    return database.read(handle ->
        handle
            .createQuery(
                "select d.*, e.event_id, e.kind, e.at from webhook_delivery d join event e on e.seq"
                    + " = d.seq where d.webhook_id = :id and d.seq < :before order by d.seq desc"
                    + " limit :most")
            .bind("id", id)
            .bind("before", before)
            .bind("most", most)
            .map((row, _) ->
                new Delivery(
                    row.getLong("seq"),
                    row.getString("event_id"),
                    row.getString("kind"),
                    Instant.ofEpochMilli(row.getLong("at")),
                    row.getString("state"),
                    row.getInt("attempts"),
                    Instant.ofEpochMilli(row.getLong("next_at")),
                    Sql.nullableInstant(row, "answered_at"),
                    Sql.nullableLong(row, "status"),
                    row.getString("error")))
            .list());
  }

  /// How many messages to one are kept.
  public long deliveryCount(String id) {
    return database.read(handle ->
        handle
            .createQuery(
                "select count(*) from webhook_delivery d join event e on e.seq = d.seq where"
                    + " d.webhook_id = :id")
            .bind("id", id)
            .mapTo(Long.class)
            .one());
  }

  /// Ends one with all its messages.
  ///
  /// @return whether there was one
  public boolean remove(String actor, String id) {
    return database.write(connection -> {
      if (Sql.update(connection, "delete from webhook where webhook_id = ?", id) == 0) {
        return false;
      }
      Sql.update(connection, "delete from webhook_delivery where webhook_id = ?", id);
      Sql.update(connection, "delete from event_feed where feed = ?", feed(id));
      audit.append(connection, actor, "webhook.remove", id, Json.object().build());
      return true;
    });
  }

  /// Lets go the messages of events that are not kept any more.
  public static void prune(Database database) {
    database.write(connection ->
        Sql.update(
            connection,
            "delete from webhook_delivery where seq < (select coalesce(min(e.seq), 0) from event"
                + " e)"));
  }

  /// Has messages sent once more, under the ids that they had: those that are dead, or all since a
  /// moment.
  ///
  /// @param since null for the dead ones
  /// @return how many
  public int replay(String actor, String id, @Nullable Instant since) {
    var now = clock.millis();
    return database.write(connection -> {
      var again =
          since == null
              ? Sql.update(
                  connection,
                  "update webhook_delivery set state = 'waiting', attempts = 0, first_at = ?,"
                      + " next_at = ? where webhook_id = ? and state = 'dead'",
                  now,
                  now,
                  id)
              : Sql.update(
                  connection,
                  "update webhook_delivery set state = 'waiting', attempts = 0, first_at = ?,"
                      + " next_at = ? where webhook_id = ? and seq in (select e.seq from event e"
                      + " where e.at >= ?)",
                  now,
                  now,
                  id,
                  since.toEpochMilli());
      audit.append(
          connection,
          actor,
          "webhook.replay",
          id,
          Json.object()
              .put("messages", again)
              .put("since", since == null ? null : since.toString())
              .build());
      return again;
    });
  }
}
