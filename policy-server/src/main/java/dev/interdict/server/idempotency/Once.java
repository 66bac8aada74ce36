package dev.interdict.server.idempotency;

import dev.interdict.json.Json;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.store.BusyException;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Does what is asked under an `Idempotency-Key` once. The key is taken in the database before
/// anything is done, so that of two requests at once, at whichever node, one does it. A request
/// whose node fell before it could answer is not done again: nobody knows how far it came.
/// Thread-safe.
public final class Once {
  /// How long an answer is kept.
  public static final Duration KEPT = Duration.ofHours(24);

  private static final int LEAST = 8;
  private static final int MOST = 100;

  /// What an answer may have to be kept, in bytes. A longer one is told once; its key stays taken.
  static final int LONGEST = 256 << 10;

  /// How many keys an account may have within [#KEPT].
  static final int OF_ACCOUNT = 10_000;

  private final Database database;
  private final InstantSource clock;

  public Once(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /// What is known of a key.
  ///
  /// @param status null while it is being done
  private record Known(
      String request,
      @Nullable Long status,
      @Nullable String type,
      @Nullable String tag,
      @Nullable String location,
      @Nullable String body) {
    static Known read(ResultSet row) throws SQLException {
      return new Known(
          row.getString("request_hash"),
          Sql.nullableLong(row, "status"),
          row.getString("media_type"),
          row.getString("etag"),
          row.getString("location"),
          row.getString("body"));
    }
  }

  /// The answer to a request: of `work` the first time, and the same from then on.
  ///
  /// @param account whose key it is; the keys of others do not meet it
  /// @param secret whether the answer is not to be kept
  public HttpResponse run(
      String account,
      String key,
      HttpRequest request,
      boolean secret,
      Supplier<HttpResponse> work) {
    if (key.length() < LEAST || key.length() > MOST) {
      return problem(
          400,
          "idempotency-key",
          "an Idempotency-Key has " + LEAST + " to " + MOST + " characters");
    }
    var name = Secrets.hash(key);
    var hash = hash(request);
    var known = take(account, name, hash);
    if (known != null) {
      return again(known, hash);
    }
    HttpResponse answer;
    try {
      answer = work.get();
    } catch (RefusedException | BusyException e) {
      // Nothing was done, so it may be sent again. Of any other failure nobody knows that.
      release(account, name);
      throw e;
    }
    if (answer.status() >= 300) {
      release(account, name);
    } else {
      keep(account, name, secret, answer);
    }
    return answer;
  }

  /// Takes the key; returns what is known of it if it was taken before.
  private @Nullable Known take(String account, String name, String hash) {
    var now = clock.millis();
    return database.write(connection -> {
      Sql.update(connection, "delete from idempotency_key where at <= ?", now - KEPT.toMillis());
      var many =
          Sql.first(
              connection,
              "select count(*) from idempotency_key where account = ?",
              row -> row.getLong(1),
              account);
      if (many != null && many >= OF_ACCOUNT) {
        throw new RefusedException(
            problem(429, "too-many", "an account has " + OF_ACCOUNT + " keys a day; send without")
                .with("Retry-After", "3600"));
      }
      var taken =
          Sql.update(
              connection,
              "insert into idempotency_key (account, key_hash, request_hash, at) values (?,?,?,?)"
                  + " on conflict (account, key_hash) do nothing",
              account,
              name,
              hash,
              now);
      return taken == 1
          ? null
          : Sql.first(
              connection,
              "select * from idempotency_key where account = ? and key_hash = ?",
              Known::read,
              account,
              name);
    });
  }

  private void release(String account, String name) {
    database.write(connection ->
        Sql.update(
            connection,
            "delete from idempotency_key where account = ? and key_hash = ? and status is null",
            account,
            name));
  }

  private void keep(String account, String name, boolean secret, HttpResponse answer) {
    database.write(connection ->
        Sql.update(
            connection,
            "update idempotency_key set status = ?, media_type = ?, etag = ?, location = ?, body ="
                + " ? where account = ? and key_hash = ?",
            answer.status(),
            header(answer, "Content-Type"),
            header(answer, "ETag"),
            header(answer, "Location"),
            secret || answer.body().length > LONGEST
                ? null
                : Base64.getEncoder().encodeToString(answer.body()),
            account,
            name));
  }

  private static @Nullable String header(HttpResponse answer, String name) {
    return answer.headers().stream()
        .filter(header -> header.name().equals(name))
        .map(HttpResponse.Header::value)
        .findFirst()
        .orElse(null);
  }

  private static HttpResponse again(Known known, String hash) {
    if (!known.request().equals(hash)) {
      return problem(
          422, "idempotency-key", "this key was used for another request; take a fresh one");
    }
    var status = known.status();
    if (status == null) {
      return problem(
              409,
              "in-progress",
              "the same request is being done, or its server stopped meanwhile; if it stays so,"
                  + " look what became of it and use another key")
          .with("Retry-After", "1");
    }
    if (known.body() == null) {
      return problem(
          409,
          "answered",
          "this was done; its answer held a secret, or was long, and is given once. Read what"
              + " became of it, or take the thing back and make another with a fresh key");
    }
    var type = known.type();
    var answer =
        new HttpResponse(
            Math.toIntExact(status),
            type == null ? List.of() : List.of(new HttpResponse.Header("Content-Type", type)),
            Base64.getDecoder().decode(known.body()));
    answer =
        known.tag() == null ? answer : answer.with("ETag", Objects.requireNonNull(known.tag()));
    return known.location() == null
        ? answer
        : answer.with("Location", Objects.requireNonNull(known.location()));
  }

  /// Names a request by all that decides what it does.
  private static String hash(HttpRequest request) {
    var all = new ByteArrayOutputStream();
    for (var part :
        List.of(
            request.method(),
            request.path(),
            String.valueOf(request.query()),
            String.valueOf(request.header("if-match")))) {
      all.writeBytes(part.getBytes(StandardCharsets.UTF_8));
      all.write('\n');
    }
    all.writeBytes(request.body());
    return Secrets.hash(all.toByteArray());
  }

  private static HttpResponse problem(int status, String kind, String detail) {
    return HttpResponse.problem(
        status,
        kind,
        "The Idempotency-Key stands in the way.",
        Json.object().put("detail", detail).build());
  }
}
