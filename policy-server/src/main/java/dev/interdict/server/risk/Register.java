package dev.interdict.server.risk;

import dev.interdict.json.Fault;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Rule;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The entries, of which every version is kept. Thread-safe.
public final class Register {
  private static final String NEWEST =
      "select r.* from risk_entry r where r.version = (select max(n.version) from risk_entry n"
          + " where n.entry_id = r.entry_id)";

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  public Register(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// Writes an entry down as its next version.
  ///
  /// @param seen the version that its author had before their eyes; 0 for none
  /// @return empty if somebody else wrote one meanwhile; nothing is lost
  public Optional<Registered> put(String by, Entry entry, long seen) {
    var now = clock.instant();
    return database.write(connection -> {
      var document = new String(JsonWriter.canonical(entry.json()), StandardCharsets.UTF_8);
      var last =
          Sql.first(
              connection,
              "select max(version) from risk_entry where entry_id = ?",
              row -> row.getLong(1),
              entry.id());
      if ((last == null ? 0 : last) != seen) {
        return Optional.empty();
      }
      var written =
          Sql.update(
              connection,
              "insert into risk_entry (entry_id, version, document, review_at, at, actor) values"
                  + " (?,?,?,?,?,?) on conflict (entry_id, version) do nothing",
              entry.id(),
              seen + 1,
              document,
              entry.review().atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli(),
              now.toEpochMilli(),
              by);
      if (written == 0) {
        return Optional.empty();
      }
      audit.append(connection, by, "risk.put", "risk " + entry.id(), entry.json());
      return Optional.of(new Registered(entry, seen + 1, now, by));
    });
  }

  /// All entries as they are now, the next to be reviewed first.
  public List<Registered> list() {
    return database.read(handle ->
        handle
            .createQuery(NEWEST + " order by r.review_at, r.entry_id")
            .map((row, _) -> read(row))
            .list());
  }

  /// The entry of that id.
  public Optional<Registered> find(String id) {
    return database.read(handle ->
        handle
            .createQuery(NEWEST + " and r.entry_id = :id")
            .bind("id", id)
            .map((row, _) -> read(row))
            .findOne());
  }

  /// The ids of the entries that a rule may stand on, its own and that of the family it names: it
  /// stands on the first of them that is there.
  public static List<String> candidates(Rule rule) {
    return Stream.of(rule.id().value(), rule.tool().family()).filter(Objects::nonNull).toList();
  }

  /// The entry that a rule stands on.
  public Optional<Registered> of(Rule rule) {
    return candidates(rule).stream().map(this::find).flatMap(Optional::stream).findFirst();
  }

  /// Whether an entry was to be reviewed before now.
  public static boolean isOverdue(Registered one, Instant now) {
    return one.entry().review().isBefore(now.atZone(ZoneOffset.UTC).toLocalDate());
  }

  private static Registered read(ResultSet row) throws SQLException {
    try {
      var bytes = row.getString("document").getBytes(StandardCharsets.UTF_8);
      var faults = new ArrayList<Fault>();
      var entry = Entry.read(JsonReader.read(bytes, JsonLimits.OWN), faults);
      // What a newer server of this database wrote may say more.
      faults.removeIf(fault -> fault.kind() == Fault.Kind.UNKNOWN_FIELD);
      if (faults.isEmpty()) {
        return new Registered(
            entry,
            row.getLong("version"),
            Instant.ofEpochMilli(row.getLong("at")),
            row.getString("actor"));
      }
      throw new IllegalStateException("an entry of the risk register: " + faults.getFirst());
    } catch (JsonException e) {
      throw new IllegalStateException("an entry of the risk register cannot be read", e);
    }
  }
}
