package dev.interdict.server.publish;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Secrets;
import dev.interdict.server.store.Sql;
import dev.interdict.trust.metadata.SignedFile;
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
  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  Withdrawals(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// Takes all files of a draft back.
  public void withdraw(String actor, SigningDraft draft, String reason) {
    database.write(connection -> {
      for (var sha256 : digests(draft.next().values())) {
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

  /// Who took one of these files back, when and why, in words; null where nobody did.
  public @Nullable String of(Collection<SignedFile> files) {
    for (var sha256 : digests(files)) {
      var words =
          database.first(
              "select at, actor, reason from withdrawn_file where sha256 = ?",
              row ->
                  row.getString("actor")
                      + " withdrew it on "
                      + Instant.ofEpochMilli(row.getLong("at"))
                      + ": "
                      + row.getString("reason"),
              sha256);
      if (words != null) {
        return words;
      }
    }
    return null;
  }

  private static List<String> digests(Collection<SignedFile> files) {
    return files.stream().map(file -> Secrets.hash(file.payload())).toList();
  }
}
