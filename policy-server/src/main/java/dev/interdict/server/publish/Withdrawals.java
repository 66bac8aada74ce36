package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import dev.interdict.trust.metadata.SignedFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Files to be signed that people took back: this server publishes none of them any more, however
/// many have signed it and wherever copies lie. Known by what is signed, so no other signature
/// makes another file of it. It is never undone; the same change drafted anew is another file.
/// Thread-safe.
public final class Withdrawals {
  /// After this a publication that began and told nothing since was cut short.
  static final Duration PUBLISHING = Duration.ofMinutes(1);

  private static final String WITHDRAWN =
      "select at, actor, reason from withdrawn_file where sha256 = ?";

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  Withdrawals(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// Takes all files of a draft back, unless they are published.
  ///
  /// @return why they cannot be taken back, or null if they were
  public @Nullable String withdraw(String actor, SigningDraft draft, String reason) {
    return database.write(connection -> {
      var digests = digests(draft.next().values());
      for (var sha256 : digests) {
        var late = late(connection, sha256, draft.kind());
        if (late != null) {
          return late;
        }
      }
      for (var sha256 : digests) {
        var taken =
            Sql.update(
                connection,
                "insert into withdrawn_file (sha256, at, actor, reason) values (?,?,?,?) on"
                    + " conflict (sha256) do nothing",
                sha256,
                clock.millis(),
                actor,
                reason);
        if (taken == 1) {
          audit.append(
              connection,
              actor,
              "signing.withdraw",
              sha256,
              Json.object().put("reason", reason).build());
        }
      }
      return null;
    });
  }

  private @Nullable String late(Connection connection, String sha256, Kind kind)
      throws SQLException {
    var recent = clock.millis() - PUBLISHING.toMillis();
    return Sql.first(
        connection,
        "select published_at from published_file where sha256 = ? and (published_at is not null or"
            + " begun_at > ?)",
        row -> {
          if (Sql.nullableLong(row, "published_at") == null) {
            return "it is being published at this moment; see what came of it, then try again";
          }
          return kind == Kind.BLOCKLIST
              ? "it is published already; pause or withdraw the rule"
              : "it is published already; only another change of keys takes it back";
        },
        sha256,
        recent);
  }

  /// Begins to publish files: from now on nobody takes them back, until [#ended].
  ///
  /// @return who took one of them back, as [#of] says it, or null if nobody did
  @Nullable String begin(Collection<SignedFile> files) {
    return database.write(connection -> {
      for (var sha256 : digests(files)) {
        var words = Sql.first(connection, WITHDRAWN, Withdrawals::words, sha256);
        if (words != null) {
          return words;
        }
      }
      for (var sha256 : digests(files)) {
        Sql.update(
            connection,
            "insert into published_file (sha256, begun_at) values (?,?) on conflict (sha256) do"
                + " update set begun_at = excluded.begun_at",
            sha256,
            clock.millis());
      }
      return null;
    });
  }

  /// Notes what came of files whose publication began.
  void ended(Collection<SignedFile> files, boolean published) {
    database.write(connection -> {
      for (var sha256 : digests(files)) {
        if (published) {
          Sql.update(
              connection,
              "update published_file set published_at = ? where sha256 = ?",
              clock.millis(),
              sha256);
        } else {
          Sql.update(
              connection,
              "delete from published_file where sha256 = ? and published_at is null",
              sha256);
        }
      }
      return null;
    });
  }

  /// Who took one of these files back, when and why, in words; null where nobody did.
  public @Nullable String of(Collection<SignedFile> files) {
    for (var sha256 : digests(files)) {
      var words = database.first(WITHDRAWN, Withdrawals::words, sha256);
      if (words != null) {
        return words;
      }
    }
    return null;
  }

  private static String words(ResultSet row) throws SQLException {
    return row.getString("actor")
        + " withdrew it on "
        + Instant.ofEpochMilli(row.getLong("at"))
        + ": "
        + row.getString("reason");
  }

  private static List<String> digests(Collection<SignedFile> files) {
    return files.stream().map(file -> Secrets.hash(file.payload())).toList();
  }
}
