package dev.interdict.server.rings;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.json.Json;
import dev.interdict.server.direction.Direction;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.Graver;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.review.Person;
import dev.interdict.server.rings.RingRegister.Registered;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Describes rings. For a ring that workstations are in, one person makes bounds narrower and says
/// what it is for. A bound that is raised or taken away lets removals go on for longer, and another
/// order could take workstations into an earlier place that nobody moves alone: both take another
/// person's agreement. Thread-safe.
public final class RingChanges {
  private final Database database;
  private final RingRegister register;
  private final Proposals proposals;

  public RingChanges(Database database, RingRegister register, Proposals proposals) {
    this.database = database;
    this.register = register;
    this.proposals = proposals;
  }

  /// What came of it.
  public sealed interface Outcome {
    record Done(Registered now) implements Outcome {}

    /// There is another version by now.
    record Outdated() implements Outcome {}

    record Not(Refused why) implements Outcome {}
  }

  /// Writes a ring down as its next version. It is judged, an agreement to it used up and written
  /// in one transaction: what somebody else changes at the same moment comes before all of it or
  /// after.
  ///
  /// @param seen the version that the change was made from; 0 for none
  public Outcome put(Person by, Ring ring, long seen) {
    return database.write(connection -> {
      var found = RingRegister.find(connection, ring.name());
      if ((found == null ? 0 : found.version()) != seen) {
        return new Outcome.Outdated();
      }
      var change = change(connection, found, ring);
      var refused =
          change.direction().isSafe()
              ? null
              : proposals.use(connection, by.name(), change, alone(change));
      if (refused != null) {
        return new Outcome.Not(refused);
      }
      return new Outcome.Done(register.put(connection, by.name(), ring, found));
    });
  }

  /// Writes a description down for somebody else to agree to; whoever describes the ring then says
  /// the same again.
  public Proposals.Outcome propose(Person by, Ring ring, @Nullable String note) {
    var change =
        database.write(
            connection -> change(connection, RingRegister.find(connection, ring.name()), ring));
    return proposals.propose(by, change, note);
  }

  private static Refused alone(Graver change) {
    return new Refused(
        CONTENT,
        Sentence.of(
            "ring.second-person",
            "%s: this needs a second person. Propose the same description, and write it again once"
                + " somebody agreed",
            change.words()));
  }

  private static Graver change(Connection connection, @Nullable Registered found, Ring ring)
      throws SQLException {
    var before = found == null ? null : found.ring();
    var direction =
        isPopulated(connection, ring.name())
            ? Direction.ofRingDescription(
                passed(connection, before, ring),
                bound(before, before == null ? null : before.failures()),
                bound(before, ring.failures()),
                bound(before, before == null ? null : before.percent()),
                bound(before, ring.percent()))
            : Direction.ofRingDescription(List.of(), null, null, null, null);
    return new Graver(
        Graver.About.RING, null, before == null ? null : named(before), named(ring), direction);
  }

  /// A ring that is described for the first time had no bound that could be raised.
  private static @Nullable Long bound(@Nullable Ring before, @Nullable Long bound) {
    return before == null ? null : bound;
  }

  /// The rings with workstations that the ring is not on the same side of any more.
  private static List<String> passed(Connection connection, @Nullable Ring before, Ring ring)
      throws SQLException {
    // One that nobody described comes last.
    var old = before == null ? Ring.LAST + 1 : before.place();
    return Sql.list(
        connection,
        "select name from ring r where name <> ? and (case when place < ? then 1 when place > ?"
            + " then -1 else 0 end) <> (case when place < ? then 1 when place > ? then -1 else 0"
            + " end) and exists (select 1 from device d where d.ring = r.name and d.standing in"
            + " ('active', 'waiting')) order by place, name",
        row -> row.getString(1),
        ring.name(),
        old,
        old,
        ring.place(),
        ring.place());
  }

  private static boolean isPopulated(Connection connection, String ring) throws SQLException {
    return Sql.first(
            connection,
            "select 1 from device where ring = ? and standing in ('active', 'waiting') limit 1",
            row -> 1,
            ring)
        != null;
  }

  private static Json named(Ring ring) {
    return Json.object().put("ring", ring.name()).put("is", RingRegister.json(ring)).build();
  }
}
