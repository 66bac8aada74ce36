package dev.interdict.server.rings;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.json.Json;
import dev.interdict.report.DeviceId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.direction.Direction;
import dev.interdict.server.fleet.Counted;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.Graver;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.review.Person;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Puts workstations into another ring, all that are named or none. One person moves a few of them
/// later; many at once, and any into an earlier ring, take another person's agreement. Thread-safe.
public final class RingMoves {
  /// As many as one person moves at once.
  public static final int ALONE = 300;

  private static final int TENTH = 10;

  private final Database database;
  private final Audit audit;
  private final Proposals proposals;

  public RingMoves(Database database, Audit audit, Proposals proposals) {
    this.database = database;
    this.audit = audit;
    this.proposals = proposals;
  }

  /// What came of it.
  public sealed interface Outcome {
    /// @param moved the others were there already
    record Done(long moved) implements Outcome {}

    record Not(Refused why) implements Outcome {}
  }

  /// What is to be moved, as it stands.
  ///
  /// @param from the ring that each is in; without those that are there already
  private record Plan(String ring, Map<String, String> from, Direction direction) {
    Graver change() {
      var before = Json.object();
      from.forEach(before::put);
      var next =
          Json.object()
              .put("ring", ring)
              .put("devices", Json.texts(List.copyOf(from.keySet())))
              .build();
      return new Graver(Graver.About.RING, null, before.build(), next, direction);
    }
  }

  private static final class RefusedMove extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Refused why;

    RefusedMove(Refused why) {
      super(why.reason(), null, false, false);
      this.why = why;
    }
  }

  /// Moves them. It is judged, an agreement to it used up and done in one transaction.
  ///
  /// @param scope the departments that `by` sees; what is outside is not there
  /// @param ring one that is registered
  public Outcome move(Person by, Scope scope, String ring, Set<DeviceId> devices) {
    try {
      return database.write(connection -> {
        var plan = plan(connection, scope, ring, devices);
        if (plan.from().isEmpty()) {
          return new Outcome.Done(0);
        }
        var refused =
            plan.direction().isSafe()
                ? null
                : proposals.use(connection, by.name(), plan.change(), alone(plan));
        if (refused != null) {
          return new Outcome.Not(refused);
        }
        apply(connection, by, plan);
        return new Outcome.Done(plan.from().size());
      });
    } catch (RefusedMove e) {
      return new Outcome.Not(e.why);
    }
  }

  /// Writes a move down for somebody else to agree to; whoever moves them then says the same again.
  public Proposals.Outcome propose(
      Person by, Scope scope, String ring, Set<DeviceId> devices, @Nullable String note) {
    try {
      var plan = database.write(connection -> plan(connection, scope, ring, devices));
      return plan.from().isEmpty()
          ? new Proposals.Outcome.Not(
              new Refused(
                  CONTENT, Sentence.of("ring.already", "all of them are in %s already", ring)))
          : proposals.propose(by, plan.change(), note);
    } catch (RefusedMove e) {
      return new Proposals.Outcome.Not(e.why);
    }
  }

  private static Refused alone(Plan plan) {
    return new Refused(
        CONTENT,
        Sentence.of(
            "ring.move-second-person",
            "%s: this needs a second person. Propose the same move, and make it again once somebody"
                + " agreed",
            plan.change().words()));
  }

  private static Plan plan(Connection connection, Scope scope, String ring, Set<DeviceId> devices)
      throws SQLException {
    var rings = new HashMap<String, Ring>();
    RingRegister.all(connection).forEach(one -> rings.put(one.name(), one));
    var to = rings.get(ring);
    if (to == null) {
      throw new RefusedMove(
          new Refused(
              CONTENT,
              Sentence.of(
                  "ring.not-described", "no ring \"%s\" is described; describe it first", ring)));
    }
    var from = new TreeMap<String, String>();
    var leaving = new HashMap<String, Long>();
    var earlier = 0L;
    var looser = 0L;
    for (var device : devices) {
      var now =
          Sql.first(
              connection,
              "select ring, department from device where device_id = ? and standing in ('active',"
                  + " 'waiting')",
              row -> new String[] {row.getString(1), row.getString(2)},
              device.value());
      if (now == null || !scope.includes(now[1])) {
        throw new RefusedMove(
            new Refused(
                CONTENT,
                Sentence.of(
                    "device.nothing-moved",
                    "no device %s is enrolled; nothing was moved",
                    device)));
      }
      if (!now[0].equals(ring)) {
        from.put(device.value(), now[0]);
        leaving.merge(now[0], 1L, Long::sum);
        // One that nobody described comes last.
        var before = rings.get(now[0]);
        earlier += to.place() < (before == null ? Ring.LAST + 1 : before.place()) ? 1 : 0;
        looser += before != null && to.isLooserThan(before) ? 1 : 0;
      }
    }
    return new Plan(
        ring,
        from,
        Direction.ofRing(from.size(), earlier, looser, many(connection, from, leaving)));
  }

  /// A single one never is many, however small its ring.
  private static boolean many(
      Connection connection, Map<String, String> from, Map<String, Long> leaving)
      throws SQLException {
    if (from.size() <= 1) {
      return false;
    }
    for (var each : leaving.entrySet()) {
      var all =
          Sql.first(
              connection,
              "select count(*) from device where ring = ? and standing in ('active', 'waiting')",
              row -> row.getLong(1),
              each.getKey());
      if (each.getValue() * TENTH > Objects.requireNonNull(all)) {
        return true;
      }
    }
    return from.size() > ALONE;
  }

  private static void put(Connection connection, String ring, DeviceId device) throws SQLException {
    Sql.update(connection, "update device set ring = ? where device_id = ?", ring, device.value());
    // Or the next import of a list that does not name rings would put it back.
    Sql.update(
        connection,
        "update expected_device set ring = ? where device_id = ? and ring is not null",
        ring,
        device.value());
  }

  private void apply(Connection connection, Person by, Plan plan) throws SQLException {
    var devices = plan.from().keySet().stream().map(DeviceId::new).toList();
    Counted.recounted(
        connection,
        devices,
        () -> {
          for (var device : devices) {
            put(connection, plan.ring(), device);
          }
        });
    var before = Json.object();
    plan.from().forEach(before::put);
    audit.append(
        connection,
        by.name(),
        "ring.move",
        "ring " + plan.ring(),
        Json.object().put("devices", plan.from().size()).put("from", before.build()).build());
  }
}
