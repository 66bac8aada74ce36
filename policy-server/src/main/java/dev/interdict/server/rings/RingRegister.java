package dev.interdict.server.rings;

import dev.interdict.json.Json;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The rings that people described. A ring that devices are in need not be here. Thread-safe.
public final class RingRegister {
  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  public RingRegister(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// A ring with the number of its version, which goes up with each change.
  public record Registered(Ring ring, long version) {}

  /// All, the first one first.
  public List<Registered> list() {
    return database.write(connection ->
        Sql.list(connection, "select * from ring order by place, name", RingRegister::row));
  }

  /// The ring of that name.
  public Optional<Registered> find(String name) {
    return database.write(connection -> Optional.ofNullable(find(connection, name)));
  }

  /// Writes a ring down as its next version. Whether one person may is [RingChanges]'s to say.
  ///
  /// @param before as it stands in this transaction; null where nobody described it
  Registered put(Connection connection, String by, Ring ring, @Nullable Registered before)
      throws SQLException {
    if (before == null) {
      Sql.update(
          connection,
          "insert into ring (name, place, description, failures, percent, version, changed_at,"
              + " changed_by) values (?,?,?,?,?,1,?,?)",
          ring.name(),
          ring.place(),
          ring.description(),
          ring.failures(),
          ring.percent(),
          clock.millis(),
          by);
    } else {
      Sql.update(
          connection,
          "update ring set place = ?, description = ?, failures = ?, percent = ?, version ="
              + " version + 1, changed_at = ?, changed_by = ? where name = ?",
          ring.place(),
          ring.description(),
          ring.failures(),
          ring.percent(),
          clock.millis(),
          by,
          ring.name());
    }
    audit.append(
        connection,
        by,
        "ring.put",
        "ring " + ring.name(),
        Json.object()
            .put("before", before == null ? null : json(before.ring()))
            .put("after", json(ring))
            .build());
    return new Registered(ring, before == null ? 1 : before.version() + 1);
  }

  /// Takes an empty ring out.
  ///
  /// @param seen as it was read
  /// @return why it was not, or null
  public @Nullable Sentence remove(String by, Registered seen) {
    var ring = seen.ring();
    return database.write(connection -> {
      if (!seen.equals(find(connection, ring.name()))) {
        return Sentence.of("changed-meanwhile", "somebody else changed it at the same moment");
      }
      var used = used(connection, ring.name());
      if (used != null) {
        return Sentence.of("ring.in-use", "%s; move them first, or revoke it", used);
      }
      Sql.update(connection, "delete from ring where name = ?", ring.name());
      audit.append(
          connection,
          by,
          "ring.remove",
          "ring " + ring.name(),
          Json.object().put("before", json(ring)).build());
      return null;
    });
  }

  private @Nullable Sentence used(Connection connection, String name) throws SQLException {
    if (Sql.first(connection, "select 1 from device where ring = ? limit 1", row -> 1, name)
        != null) {
      return Sentence.of("ring.has-devices", "workstations are in it, also retired ones count");
    }
    if (Sql.first(
            connection,
            "select 1 from expected_device where ring = ? and retired_at is null limit 1",
            row -> 1,
            name)
        != null) {
      return Sentence.of("ring.in-list", "the company's list puts workstations into it");
    }
    return Sql.first(
                connection,
                "select 1 from enrolment_token where ring = ? and revoked_at is null and uses_left"
                    + " > 0 and expires_at > ? limit 1",
                row -> 1,
                name,
                clock.millis())
            == null
        ? null
        : Sentence.of("ring.in-token", "an enrolment token puts workstations into it");
  }

  static @Nullable Registered find(Connection connection, String name) throws SQLException {
    return Sql.first(connection, "select * from ring where name = ?", RingRegister::row, name);
  }

  static List<Ring> all(Connection connection) throws SQLException {
    return Sql.list(connection, "select * from ring", row -> row(row).ring());
  }

  private static Registered row(ResultSet row) throws SQLException {
    return new Registered(
        new Ring(
            row.getString("name"),
            row.getLong("place"),
            row.getString("description"),
            Sql.nullableLong(row, "failures"),
            Sql.nullableLong(row, "percent")),
        row.getLong("version"));
  }

  static Json json(Ring ring) {
    return Json.object()
        .put("place", ring.place())
        .put("description", ring.description())
        .put("failures", ring.failures() == null ? null : new Json.Int(ring.failures()))
        .put("percent", ring.percent() == null ? null : new Json.Int(ring.percent()))
        .build();
  }
}
