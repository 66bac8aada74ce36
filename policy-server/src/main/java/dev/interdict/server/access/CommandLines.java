package dev.interdict.server.access;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Signs people in at a command line without a password typed there (after RFC 8628): it shows a
/// short code, the person types that into the console where they are signed in, reads what is asked
/// and from where, and confirms. The session goes to whoever holds the long secret of that code,
/// once, and counts as proved by nobody: what matters asks for a password or a code first, so that
/// a person who was tricked into confirming has given away no signature of theirs.
///
/// All is in the database, so any node goes on. Thread-safe.
public final class CommandLines {
  /// How long a code is good for.
  public static final Duration LIFETIME = Duration.ofMinutes(10);

  /// How long a command line waits between two questions.
  public static final Duration INTERVAL = Duration.ofSeconds(2);

  /// How many may wait at once, from anywhere.
  static final int MOST_WAITING = 1_000;

  // Consonants alone: no words, and nothing that looks like something else (RFC 8628, 6.1).
  private static final String LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
  private static final int LENGTH = 8;

  private final Database database;
  private final Sessions sessions;
  private final Accounts accounts;
  private final Audit audit;
  private final SecureRandom random;
  private final InstantSource clock;
  private final FailureLimit begun = new FailureLimit(20, LIFETIME);
  private final FailureLimit wrong = new FailureLimit(10, LIFETIME);

  public CommandLines(
      Database database,
      Sessions sessions,
      Accounts accounts,
      Audit audit,
      SecureRandom random,
      InstantSource clock) {
    this.database = database;
    this.sessions = sessions;
    this.accounts = accounts;
    this.audit = audit;
    this.random = random;
    this.clock = clock;
  }

  /// A sign-in that was begun.
  ///
  /// @param secret what the command line asks with
  /// @param code what a person types, such as `BCDF-GHJK`
  public record Begun(String secret, String code, Instant expires) {}

  /// What somebody is asked to confirm.
  ///
  /// @param client what the command line says of itself
  /// @param address where it asked from
  public record Waiting(String client, String address, Instant asked, Instant expires) {}

  /// What a command line is told that asks whether somebody confirmed.
  public sealed interface Answer {
    /// Nobody has decided.
    record Wait() implements Answer {}

    /// It asks too often.
    record Slower() implements Answer {}

    /// Somebody said no.
    record Refused() implements Answer {}

    /// There is no such sign-in, or no more.
    record Gone() implements Answer {}

    /// Somebody said yes.
    record SignedIn(String id, Session session) implements Answer {}
  }

  /// Begins a sign-in, or returns null where that address, or everybody, begins too many.
  public @Nullable Begun begin(String client, String address) {
    var now = clock.instant();
    var network = Address.counted(address);
    if (begun.wait(network, now).isPositive()) {
      return null;
    }
    begun.failed(network, now);
    var secret = Secrets.fresh(random);
    var code = code();
    var expires = now.plus(LIFETIME);
    var added =
        database.write(connection -> {
          Sql.update(
              connection,
              "delete from command_line_sign_in where expires_at <= ?",
              now.toEpochMilli());
          return Sql.update(
              connection,
              "insert into command_line_sign_in (secret_hash, code_hash, client, address,"
                  + " asked_at, expires_at) select ?,?,?,?,?,? where (select count(*) from"
                  + " command_line_sign_in) < ?",
              Secrets.hash(secret),
              Secrets.hash(code),
              client,
              address,
              now.toEpochMilli(),
              expires.toEpochMilli(),
              MOST_WAITING);
        });
    return added == 1
        ? new Begun(secret, code.substring(0, 4) + "-" + code.substring(4), expires)
        : null;
  }

  private String code() {
    var code = new StringBuilder(LENGTH);
    for (var i = 0; i < LENGTH; i++) {
      code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.toString();
  }

  /// As it was shown, whatever case and dashes somebody typed.
  private static String hash(String typed) {
    return Secrets.hash(typed.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", ""));
  }

  /// What waits under a code that `by` typed; null where nothing does, or they guess too often.
  public @Nullable Waiting waiting(Session by, String code) {
    var now = clock.instant();
    if (wrong.wait(by.account(), now).isPositive()) {
      return null;
    }
    var found =
        database.read(handle ->
            handle
                .createQuery(
                    "select client, address, asked_at, expires_at from command_line_sign_in where"
                        + " code_hash = :code and agreed is null and expires_at > :now")
                .bind("code", hash(code))
                .bind("now", now.toEpochMilli())
                .map((row, _) ->
                    new Waiting(
                        row.getString("client"),
                        row.getString("address"),
                        Instant.ofEpochMilli(row.getLong("asked_at")),
                        Instant.ofEpochMilli(row.getLong("expires_at"))))
                .findOne()
                .orElse(null));
    if (found == null) {
      wrong.failed(by.account(), now);
    }
    return found;
  }

  /// Confirms or refuses what waits under a code; false where nothing does any more. Only a person
  /// of an own account confirms.
  public boolean decide(Session by, String code, boolean agreed) {
    var waiting = waiting(by, code);
    if (waiting == null || agreed && by.kind() != Session.Kind.PERSON) {
      return false;
    }
    return database.write(connection -> {
      var decided =
          Sql.update(
              connection,
              "update command_line_sign_in set decided_by = ?, agreed = ? where code_hash = ? and"
                  + " agreed is null",
              by.account(),
              agreed ? 1L : 0L,
              hash(code));
      if (decided == 1) {
        audit.append(
            connection,
            by.account(),
            agreed ? "command-line.confirm" : "command-line.refuse",
            by.account(),
            Json.object()
                .put("client", waiting.client())
                .put("address", waiting.address())
                .build());
      }
      return decided == 1;
    });
  }

  private record Row(
      long expires, @Nullable Instant polled, @Nullable String by, @Nullable Long agreed) {}

  /// Whether somebody confirmed, for the command line that holds the secret. Its session is given
  /// out once.
  public Answer redeem(String secret, String address) {
    var now = clock.instant();
    var hash = Secrets.hash(secret);
    var row =
        database.write(connection -> {
          var found =
              Sql.first(
                  connection,
                  "select expires_at, polled_at, decided_by, agreed from command_line_sign_in"
                      + " where secret_hash = ?",
                  each ->
                      new Row(
                          each.getLong("expires_at"),
                          Sql.nullableInstant(each, "polled_at"),
                          each.getString("decided_by"),
                          Sql.nullableLong(each, "agreed")),
                  hash);
          if (found != null && found.agreed() == null) {
            Sql.update(
                connection,
                "update command_line_sign_in set polled_at = ? where secret_hash = ?",
                now.toEpochMilli(),
                hash);
          } else if (found != null) {
            // Of two who ask at once with one secret, one deletes it.
            var taken =
                Sql.update(
                    connection, "delete from command_line_sign_in where secret_hash = ?", hash);
            return taken == 1 ? found : null;
          }
          return found;
        });
    if (row == null || row.expires() <= now.toEpochMilli()) {
      return new Answer.Gone();
    }
    if (row.agreed() == null) {
      var polled = row.polled();
      return polled != null && Duration.between(polled, now).compareTo(INTERVAL.dividedBy(2)) < 0
          ? new Answer.Slower()
          : new Answer.Wait();
    }
    if (row.agreed() == 0) {
      return new Answer.Refused();
    }
    var account = accounts.usable(Objects.requireNonNull(row.by()));
    if (account == null) {
      return new Answer.Refused();
    }
    var opened = sessions.open(account, address, Instant.EPOCH);
    return new Answer.SignedIn(opened.id(), opened.session());
  }
}
