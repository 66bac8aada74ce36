package dev.interdict.server.fleet;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.fleet.expected.Arrival;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The secrets that admit devices: 256 bits, stored as a hash, expiring, limited in uses,
/// revocable. Ending one changes nothing for devices that are enrolled. Thread-safe.
public final class EnrolmentTokens {
  /// No more devices enrol by one token in an hour.
  public static final long MOST_PER_HOUR = 100_000;

  private static final String COLUMNS =
      "token_id, created_at, created_by, expires_at, uses_left, used, department, ring, tags,"
          + " group_names, approval, replace_silent, per_hour, revoked_at";

  private final Database database;
  private final Audit audit;
  private final SecureRandom random;
  private final InstantSource clock;

  public EnrolmentTokens(Database database, Audit audit, SecureRandom random, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.random = random;
    this.clock = clock;
  }

  /// A new token and its secret, which is shown this once.
  ///
  /// @param secret to be put into a root-only file on devices; never into a URL or an argument
  public record Created(EnrolmentToken token, String secret) {
    @Override
    public String toString() {
      return "Created[" + token + "]";
    }
  }

  /// Creates a token whose devices count at once.
  ///
  /// @param actor who did, for the audit log
  public Created create(String actor, Placement placement, Duration validity, long uses) {
    return create(
        actor, placement, validity, uses, new Arrival.Allowed(false, false), MOST_PER_HOUR);
  }

  /// Creates a token.
  ///
  /// @param actor who did, for the audit log
  /// @param allowed what becomes of the devices that it admits
  /// @param perHour how many it admits in any hour at most: whoever gets hold of the secret has
  ///   done little before somebody notices
  public Created create(
      String actor,
      Placement placement,
      Duration validity,
      long uses,
      Arrival.Allowed allowed,
      long perHour) {
    if (perHour < 1 || perHour > MOST_PER_HOUR) {
      throw new SentenceException(
          Sentence.of("enrolment.hour", "a token admits 1 to %s devices an hour", MOST_PER_HOUR));
    }
    if (uses < 1 || uses > 10_000_000 || validity.isNegative() || validity.isZero()) {
      throw new SentenceException(
          Sentence.of(
              "enrolment.uses", "a token admits 1 to 10000000 devices and is valid for some time"));
    }
    var now = clock.instant();
    var secret = Secrets.fresh(random);
    var id = Secrets.hash(secret).substring(0, 12);
    var expires = now.plus(validity);
    database.write(connection -> {
      Sql.update(
          connection,
          "insert into enrolment_token (token_id, secret_hash, created_at, created_by,"
              + " expires_at, uses_left, used, department, ring, tags, group_names,"
              + " approval, replace_silent, per_hour) values (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
          id,
          Secrets.hash(secret),
          now.toEpochMilli(),
          actor,
          expires.toEpochMilli(),
          uses,
          0L,
          placement.department(),
          placement.ring(),
          placement.tagsText(),
          placement.groupsText(),
          allowed.approval() ? 1 : 0,
          allowed.replace() ? 1 : 0,
          perHour);
      var detail =
          Json.object()
              .put("uses", uses)
              .put("expires", expires.toString())
              .put("groups", Json.texts(List.copyOf(placement.groups())))
              .put("approval", allowed.approval())
              .put("replace-silent", allowed.replace())
              .put("per-hour", perHour)
              .build();
      return audit.append(connection, actor, "enrolment-token.create", id, detail);
    });
    var token =
        new EnrolmentToken(id, now, actor, expires, uses, 0, placement, allowed, perHour, null);
    return new Created(token, secret);
  }

  /// Ends a token at once; false if there is none of that id, or it was ended before.
  public boolean revoke(String actor, String id) {
    return database.write(connection -> {
      var changed =
          Sql.update(
              connection,
              "update enrolment_token set revoked_at = ? where token_id = ? and revoked_at is"
                  + " null",
              clock.millis(),
              id);
      if (changed == 1) {
        audit.append(connection, actor, "enrolment-token.revoke", id, Json.object().build());
      }
      return changed == 1;
    });
  }

  /// All tokens, newest first.
  public List<EnrolmentToken> list() {
    return database.read(handle ->
        handle
            .createQuery(
                "select " + COLUMNS + " from enrolment_token order by created_at desc, token_id")
            .map((row, _) -> token(row))
            .list());
  }

  /// The usable token of this secret, or null.
  static @Nullable EnrolmentToken find(Connection connection, String secret, Instant now)
      throws SQLException {
    var token =
        Sql.first(
            connection,
            "select " + COLUMNS + " from enrolment_token where secret_hash = ?",
            EnrolmentTokens::token,
            Secrets.hash(secret));
    return token != null && token.usable(now) ? token : null;
  }

  /// Whether the token has admitted as many in the last hour as it may.
  static boolean exhausted(Connection connection, EnrolmentToken token, Instant now)
      throws SQLException {
    var lately =
        Sql.list(
                connection,
                "select count(*) from device where token_id = ? and enrolled_at > ?",
                row -> row.getLong(1),
                token.id(),
                now.minus(Duration.ofHours(1)).toEpochMilli())
            .getFirst();
    return lately >= token.perHour();
  }

  /// Takes one use of a token found usable in the same transaction.
  static void use(Connection connection, EnrolmentToken token) throws SQLException {
    Sql.update(
        connection,
        "update enrolment_token set uses_left = uses_left - 1, used = used + 1 where token_id = ?",
        token.id());
  }

  private static EnrolmentToken token(ResultSet row) throws SQLException {
    var revoked = Sql.nullableLong(row, "revoked_at");
    return new EnrolmentToken(
        row.getString("token_id"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("created_by"),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getLong("uses_left"),
        row.getLong("used"),
        new Placement(
            row.getString("department"),
            row.getString("ring"),
            Placement.tags(row.getString("tags")),
            Placement.groups(row.getString("group_names"))),
        new Arrival.Allowed(row.getInt("approval") == 1, row.getInt("replace_silent") == 1),
        row.getLong("per_hour"),
        revoked == null ? null : Instant.ofEpochMilli(revoked));
  }
}
