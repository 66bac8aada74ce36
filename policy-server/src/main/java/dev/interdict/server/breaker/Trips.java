package dev.interdict.server.breaker;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rows of trips. Thread-safe.
public final class Trips {
  /// Who trips, in the audit log.
  public static final String BREAKER = "circuit-breaker";

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;

  public Trips(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
  }

  /// The rules that the breaker holds.
  public Set<RuleId> held() {
    return list().stream().filter(Trip::isOpen).map(Trip::rule).collect(Collectors.toSet());
  }

  /// All trips, the newest first.
  public List<Trip> list() {
    return database.read(handle ->
        handle
            .createQuery("select * from breaker_trip order by tripped_at desc, rule_id")
            .map((row, _) -> Trip.read(row))
            .list());
  }

  /// The trip that holds a rule now.
  public Optional<Trip> open(String rule) {
    return database.read(handle ->
        handle
            .createQuery("select * from breaker_trip where rule_id = :rule and resumed_at is null")
            .bind("rule", rule)
            .map((row, _) -> Trip.read(row))
            .findFirst());
  }

  /// When each rule was let go last; what happened before counts no more.
  Map<RuleId, Instant> resumed() {
    return list().stream()
        .filter(trip -> trip.resumedAt() != null)
        .collect(
            Collectors.toMap(
                Trip::rule,
                trip -> java.util.Objects.requireNonNull(trip.resumedAt()),
                (one, other) -> one.isAfter(other) ? one : other));
  }

  /// Writes a trip down, unless the rule is held already: of two servers that see the same, one
  /// does.
  boolean trip(RuleId rule, Cause cause, String words) {
    return database.write(connection -> {
      var open =
          Sql.first(
              connection,
              "select tripped_at from breaker_trip where rule_id = ? and resumed_at is null",
              row -> row.getLong(1),
              rule.value());
      if (open != null) {
        return false;
      }
      Sql.update(
          connection,
          "insert into breaker_trip (rule_id, tripped_at, cause, words) values (?,?,?,?) on"
              + " conflict (rule_id, tripped_at) do nothing",
          rule.value(),
          clock.millis(),
          cause.written(),
          words);
      Events.add(
          connection,
          EventKind.RING_BREAKER_TRIPPED,
          clock.instant(),
          BREAKER,
          null,
          rule.value(),
          Json.object().put("cause", cause.written()).put("words", words).build());
      audit.append(
          connection,
          BREAKER,
          "breaker.trip",
          rule.value(),
          Json.object().put("cause", cause.written()).put("words", words).build());
      return true;
    });
  }

  /// A person lets go.
  ///
  /// @param rules empty for all
  /// @return those that were held and are no more
  public List<RuleId> resume(String person, Set<RuleId> rules, @Nullable String note) {
    return database.write(connection -> {
      var open =
          Sql.list(
                  connection,
                  "select * from breaker_trip where resumed_at is null order by rule_id",
                  Trip::read)
              .stream()
              .filter(trip -> rules.isEmpty() || rules.contains(trip.rule()))
              .toList();
      for (var trip : open) {
        Sql.update(
            connection,
            "update breaker_trip set resumed_at = ?, resumed_by = ?, resumed_note = ? where rule_id"
                + " = ? and tripped_at = ?",
            clock.millis(),
            person,
            note,
            trip.rule().value(),
            trip.at().toEpochMilli());
        audit.append(
            connection,
            person,
            "breaker.resume",
            trip.rule().value(),
            Json.object().put("cause", trip.cause().written()).put("note", note).build());
      }
      return open.stream().map(Trip::rule).toList();
    });
  }
}
