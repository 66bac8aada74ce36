package dev.interdict.server.risk;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.time.Instant;
import java.time.InstantSource;

/// Which of the software that devices told of somebody looked at, and what they thought of it, so
/// that what is new can be told from what is known. A review is of an identity, whatever source
/// found it, and changes nothing else. Each deed is in the audit log. Thread-safe.
public final class SoftwareReviews {
  /// Longest note, in characters.
  public static final int LONGEST = 1000;

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  public SoftwareReviews(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// Writes down that somebody looked; in place of whoever looked before.
  ///
  /// @param note may be empty
  /// @return when
  public Instant review(String who, String identity, String note) {
    var now = clock.instant().toEpochMilli();
    return database.write(connection -> {
      Sql.update(
          connection,
          "insert into software_review (identity, at, who, note) values (?,?,?,?) on conflict"
              + " (identity) do update set at = excluded.at, who = excluded.who, note ="
              + " excluded.note",
          identity,
          now,
          who,
          note.strip());
      audit.append(
          connection,
          who,
          "software.review",
          identity,
          Json.object().put("note", note.strip()).build());
      return Instant.ofEpochMilli(now);
    });
  }

  /// Takes a review back.
  ///
  /// @return whether there was one
  public boolean takeBack(String who, String identity) {
    return database.write(connection -> {
      var gone = Sql.update(connection, "delete from software_review where identity = ?", identity);
      if (gone > 0) {
        audit.append(connection, who, "software.unreview", identity, Json.object().build());
      }
      return gone > 0;
    });
  }
}
