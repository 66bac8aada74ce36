package dev.interdict.server.audit;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.OnBehalf;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import dev.interdict.trust.metadata.LogHead;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The audit log. An entry exists exactly when the change it records does, because both are one
/// transaction. Thread-safe.
public final class Audit {
  private static final String FIRST = "0".repeat(64);
  private static final int PAGE = 1_000;

  /// The member of a detail that names the request by which a change came, as problems name it.
  private static final String REQUEST = "request-id";

  private final Database database;
  private final InstantSource clock;

  public Audit(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// Adds an entry within the transaction of `connection`. The request by which it came, where
  /// there is one, is a member of its detail and so of what is hashed; entries from before have
  /// none, and hash as they did.
  ///
  /// @param actor an account's name, or `command-line`
  /// @param action such as `enrolment-token.create`
  /// @param object what it was done to
  public AuditEntry append(
      Connection connection, String actor, String action, String object, Json.Obj detail)
      throws SQLException {
    var last =
        Sql.first(
            connection,
            "select * from audit where seq = (select max(seq) from audit)",
            Audit::entry);
    var request = OnBehalf.request();
    var entry =
        chained(
            last == null ? 1 : last.seq() + 1,
            clock.millis(),
            actor,
            action,
            object,
            new String(JsonWriter.canonical(with(detail, request)), StandardCharsets.UTF_8),
            last == null ? FIRST : last.hash());
    Sql.update(
        connection,
        "insert into audit (seq, at, actor, action, object, detail, previous_hash, hash,"
            + " request_id) values (?,?,?,?,?,?,?,?,?)",
        entry.seq(),
        entry.at().toEpochMilli(),
        entry.actor(),
        entry.action(),
        entry.object(),
        entry.detail(),
        entry.previousHash(),
        entry.hash(),
        request);
    return entry;
  }

  private static Json.Obj with(Json.Obj detail, @Nullable String request) {
    if (request == null) {
      return detail;
    }
    var members = new LinkedHashMap<>(detail.members());
    members.put(REQUEST, new Json.Text(request));
    return new Json.Obj(members);
  }

  /// At most `most` entries before `before`, newest first.
  public List<AuditEntry> newest(long before, int most) {
    return database.read(handle ->
        handle
            .createQuery("select * from audit where seq < :before order by seq desc limit :most")
            .bind("before", before)
            .bind("most", most)
            .map((row, _) -> entry(row))
            .list());
  }

  /// How far the log is, for whoever keeps it elsewhere; empty before the first entry.
  public Optional<LogHead> head() {
    return newest(Long.MAX_VALUE, 1).stream()
        .findFirst()
        .map(entry -> new LogHead(entry.seq(), entry.hash()));
  }

  /// Follows the chain from its first entry.
  public Verification verify() {
    var previous = FIRST;
    var expected = 1L;
    while (true) {
      var from = expected;
      var page =
          database.read(handle ->
              handle
                  .createQuery("select * from audit where seq >= :from order by seq limit :most")
                  .bind("from", from)
                  .bind("most", PAGE)
                  .map((row, _) -> new Found(entry(row), row.getString("request_id")))
                  .list());
      for (var found : page) {
        var entry = found.entry();
        if (entry.seq() != expected) {
          return new Verification.Broken(expected, "the entry is missing");
        }
        if (!entry.previousHash().equals(previous)) {
          return new Verification.Broken(expected, "does not follow the entry before");
        }
        if (!entry.equals(again(entry))) {
          return new Verification.Broken(expected, "was changed after it was written");
        }
        if (!found.isFoundByItsRequest()) {
          return new Verification.Broken(
              expected, "is found by another request than the one it was written for");
        }
        previous = entry.hash();
        expected++;
      }
      if (page.size() < PAGE) {
        return new Verification.Intact(expected - 1, previous);
      }
    }
  }

  /// An entry, and the request by which it is found: a copy of what its detail says, which is not
  /// hashed.
  private record Found(AuditEntry entry, @Nullable String request) {
    boolean isFoundByItsRequest() {
      return Objects.equals(request, entry.request());
    }
  }

  /// Whether the log still goes on from a head that was told before.
  public boolean holds(LogHead head) {
    var entry = newest(head.length() + 1, 1);
    return !entry.isEmpty()
        && entry.getFirst().seq() == head.length()
        && entry.getFirst().hash().equals(head.sha256());
  }

  /// The same, and that the log still holds what each of `heads` stood for, which were kept
  /// elsewhere.
  public Verification verify(List<LogHead> heads) {
    var verified = verify();
    if (!(verified instanceof Verification.Intact(var length, _))) {
      return verified;
    }
    for (var head : heads) {
      if (length < head.length()) {
        return new Verification.Broken(
            length + 1, "the tail is missing, up to entry " + head.length() + " of a head kept");
      }
      var entry = newest(head.length() + 1, 1);
      if (entry.isEmpty() || !entry.getFirst().hash().equals(head.sha256())) {
        return new Verification.Broken(
            head.length(), "is not the one of a head kept: the log was written anew");
      }
    }
    return verified;
  }

  private static AuditEntry again(AuditEntry entry) {
    return chained(
        entry.seq(),
        entry.at().toEpochMilli(),
        entry.actor(),
        entry.action(),
        entry.object(),
        entry.detail(),
        entry.previousHash());
  }

  private static AuditEntry chained(
      long seq,
      long at,
      String actor,
      String action,
      String object,
      String detail,
      String previous) {
    return new AuditEntry(
        seq,
        Instant.ofEpochMilli(at),
        actor,
        action,
        object,
        detail,
        previous,
        Secrets.hash(hashed(seq, at, actor, action, object, detail, previous)));
  }

  /// What an entry's hash is over, byte for byte.
  public static byte[] hashed(AuditEntry entry) {
    return hashed(
        entry.seq(),
        entry.at().toEpochMilli(),
        entry.actor(),
        entry.action(),
        entry.object(),
        entry.detail(),
        entry.previousHash());
  }

  private static byte[] hashed(
      long seq,
      long at,
      String actor,
      String action,
      String object,
      String detail,
      String previous) {
    return JsonWriter.canonical(
        Json.object()
            .put("seq", seq)
            .put("at", at)
            .put("actor", actor)
            .put("action", action)
            .put("object", object)
            .put("detail", detail)
            .put("previous", previous)
            .build());
  }

  static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        row.getLong("seq"),
        Instant.ofEpochMilli(row.getLong("at")),
        row.getString("actor"),
        row.getString("action"),
        row.getString("object"),
        row.getString("detail"),
        row.getString("previous_hash"),
        row.getString("hash"));
  }
}
