package dev.interdict.server.access;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import dev.interdict.server.wording.SentenceException;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The tokens of programs that ask the API. Each is made, and ended, by an audited step of a
/// person; a token approves nothing, whatever roles it has. Thread-safe.
public final class ApiTokens {
  /// How long a token is good for at most.
  public static final Duration LONGEST = Duration.ofDays(366);

  /// What a secret begins with, so that one that got somewhere is recognised there.
  static final String PREFIX = "interdict_";

  private static final Pattern SECRET = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");
  private static final Duration TOUCH = Duration.ofMinutes(1);

  private final Database database;
  private final Audit audit;
  private final SecureRandom random;
  private final InstantSource clock;

  public ApiTokens(Database database, Audit audit, SecureRandom random, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.random = random;
    this.clock = clock;
  }

  /// Makes a token; returns its secret, which nobody can show again, or null if there is, or was, a
  /// token of that name: the audit log must mean one.
  ///
  /// @param actor who makes it
  /// @param owner whose it is
  /// @throws IllegalArgumentException if name, roles or validity are not fit
  public @Nullable String create(
      String actor, String owner, String name, Set<Role> roles, Scope scope, Duration validity) {
    Accounts.checkName(name);
    Role.check(roles, scope);
    if (roles.contains(Role.APPROVER)) {
      throw new SentenceException(
          Sentence.of(
              "token.approver",
              "a token never has the role of an approver: approval is a person's"));
    }
    return create(actor, owner, name, ApiToken.Purpose.API, roles, scope, validity);
  }

  /// Makes a token by which the company's directory tells who has come and who has left (SCIM), and
  /// which is good for nothing else; returns as the other does.
  ///
  /// @throws IllegalArgumentException if name or validity are not fit
  public @Nullable String createForScim(
      String actor, String owner, String name, Duration validity) {
    Accounts.checkName(name);
    return create(actor, owner, name, ApiToken.Purpose.SCIM, Set.of(), Scope.WHOLE, validity);
  }

  private @Nullable String create(
      String actor,
      String owner,
      String name,
      ApiToken.Purpose purpose,
      Set<Role> roles,
      Scope scope,
      Duration validity) {
    if (!validity.isPositive() || validity.compareTo(LONGEST) > 0) {
      throw new SentenceException(
          Sentence.of(
              "token.validity",
              "a token is valid for some time, and for %s days at most",
              LONGEST.toDays()));
    }
    var secret = PREFIX + Secrets.fresh(random);
    var now = clock.instant();
    return database.write(connection -> {
      var added =
          Sql.update(
              connection,
              "insert into api_token (name, token_hash, purpose, roles, scope, created_at,"
                  + " created_by, expires_at) values (?,?,?,?,?,?,?,?) on conflict (name) do"
                  + " nothing",
              name,
              Secrets.hash(secret),
              purpose.word(),
              Accounts.text(roles),
              scope.written(),
              now.toEpochMilli(),
              owner,
              now.plus(validity).toEpochMilli());
      if (added == 1) {
        var detail =
            Json.object()
                .put("owner", owner)
                .put("purpose", purpose == ApiToken.Purpose.API ? null : purpose.word())
                .put("roles", Accounts.text(roles))
                .put("scope", Json.texts(scope.named()))
                .build();
        audit.append(connection, actor, "api-token.create", name, detail);
      }
      return added;
    })
            == 1
        ? secret
        : null;
  }

  /// Ends a token at once; false if there is none of that name that lets anybody in.
  public boolean revoke(String actor, String name) {
    return database.write(connection -> {
      var revoked =
          Sql.update(
              connection,
              "update api_token set revoked_at = ? where name = ? and revoked_at is null",
              clock.millis(),
              name);
      if (revoked == 1) {
        audit.append(connection, actor, "api-token.revoke", name, Json.object().build());
      }
      return revoked == 1;
    });
  }

  /// All tokens by name, those that let nobody in any more among them.
  public List<ApiToken> list() {
    return database.read(handle ->
        handle
            .createQuery("select * from api_token order by name")
            .map((row, _) -> token(row))
            .list());
  }

  /// The session of this secret, or null if it lets nobody in to what sessions are for.
  @Nullable Session find(String secret) {
    var token = used(secret, ApiToken.Purpose.API);
    return token == null
        ? null
        : new Session(
            actor(token),
            Session.Kind.TOKEN,
            token.roles(),
            token.scope(),
            "",
            token.expiresAt(),
            clock.instant(),
            "");
  }

  /// Who tells by SCIM with this secret, as the audit log names it; null if it lets nobody do that.
  @Nullable String findForScim(String secret) {
    var token = used(secret, ApiToken.Purpose.SCIM);
    return token == null ? null : actor(token);
  }

  private static String actor(ApiToken token) {
    return "token:" + token.name();
  }

  private @Nullable ApiToken used(String secret, ApiToken.Purpose purpose) {
    if (!SECRET.matcher(secret).matches()) {
      return null;
    }
    var hash = Secrets.hash(secret);
    var now = clock.instant();
    var token =
        database.read(handle ->
            handle
                .createQuery("select * from api_token where token_hash = :hash")
                .bind("hash", hash)
                .map((row, _) -> token(row))
                .findOne()
                .orElse(null));
    if (token == null || token.purpose() != purpose || !token.usable(now)) {
      return null;
    }
    var used = token.lastUsed();
    if (used == null || Duration.between(used, now).compareTo(TOUCH) > 0) {
      database.write(connection ->
          Sql.update(
              connection,
              "update api_token set last_used = ? where name = ?",
              now.toEpochMilli(),
              token.name()));
    }
    return token;
  }

  private static ApiToken token(ResultSet row) throws SQLException {
    return new ApiToken(
        row.getString("name"),
        ApiToken.Purpose.valueOf(row.getString("purpose").toUpperCase(Locale.ROOT)),
        Accounts.roles(row.getString("roles")),
        Scope.read(row.getString("scope")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("created_by"),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        Sql.nullableInstant(row, "revoked_at"),
        Sql.nullableInstant(row, "last_used"));
  }
}
