package dev.interdict.server.proposal;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONFLICT;
import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.publish.Consent;
import dev.interdict.server.publish.Graver;
import dev.interdict.server.publish.Graver.About;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.server.publish.StopChange;
import dev.interdict.server.publish.Stops;
import dev.interdict.server.review.Person;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Two people agree to what makes agents do more and is no rule. Whoever proposes it cannot be the
/// second. The agreement is to one change of what was in force when it was proposed, for
/// [Kind#holds], once. Thread-safe.
public final class Proposals {
  private static final int MOST_TEXT = 1000;
  private static final String ALL = "select * from proposal order by proposal_id desc";
  private static final String ONE = "select * from proposal where proposal_id = ?";

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final Stops stops;

  public Proposals(Database database, Audit audit, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.stops = new Stops(database, audit, clock);
  }

  /// What came of it.
  public sealed interface Outcome {
    record Done(Proposal now) implements Outcome {}

    record Not(Refused why) implements Outcome {}
  }

  /// All, the newest first.
  public List<Proposal> list() {
    return database.read(
        handle -> handle.createQuery(ALL).map((row, _) -> Proposal.read(row)).list());
  }

  public Optional<Proposal> find(long number) {
    return database.read(handle ->
        handle
            .createQuery("select * from proposal where proposal_id = :number")
            .bind("number", number)
            .map((row, _) -> Proposal.read(row))
            .findOne());
  }

  /// Writes a change down for somebody else to decide on.
  public Outcome propose(Person by, Graver change, @Nullable String note) {
    if (!isLine(note)) {
      return not(
          Sentence.of("note.line", "a note is one line of at most %s characters", MOST_TEXT));
    }
    var kind = Kind.of(change.about());
    if (kind == null) {
      return not(Sentence.of("proposal.rule", "a rule is a draft: interdict draft new --help"));
    }
    if (!kind.mayPropose(by)) {
      return not(
          Sentence.of(
              "proposal.role",
              "%s is no %s, and only these propose it",
              by.name(),
              Sentence.word("role", kind.proposers())));
    }
    if (change.direction().isSafe()) {
      return not(
          Sentence.of(
              "proposal.needs-nobody",
              "it makes agents do no more than now, so it needs nobody else: leave --propose out"));
    }
    var base = base(change);
    return new Outcome.Done(
        database.write(connection -> {
          var last =
              Sql.first(connection, "select max(proposal_id) from proposal", row -> row.getLong(1));
          var number = (last == null ? 0 : last) + 1;
          Sql.update(
              connection,
              "insert into proposal (proposal_id, kind, wanted, base, words, proposed_at,"
                  + " proposed_by, note) values (?,?,?,?,?,?,?,?)",
              number,
              kind.written(),
              canonical(change.next()),
              base,
              change.words(),
              clock.millis(),
              by.name(),
              note);
          noted(connection, by, "proposal.create", number, change.words(), note);
          return need(connection, number);
        }));
  }

  /// Agrees to a proposal of somebody else, or refuses it.
  public Outcome decide(Person by, Proposal seen, boolean agreed, @Nullable String note) {
    if (!by.mayApprove()) {
      return not(
          Sentence.of("proposal.approver", "%s is no approver, and only these decide", by.name()));
    }
    if (!isLine(note)) {
      return not(
          Sentence.of("note.line", "a note is one line of at most %s characters", MOST_TEXT));
    }
    if (agreed && seen.proposed().by().equals(by.name())) {
      return not(
          Sentence.of("proposal.own", "%s proposed it; somebody else agrees to it", by.name()));
    }
    if (seen.decided() == null && !seen.isOpen(clock.instant())) {
      return not(
          Sentence.of(
              "proposal.waited",
              "it waited for more than %s days; propose it anew",
              Kind.WAITS.toDays()));
    }
    return database.write(connection -> {
      var changed =
          Sql.update(
              connection,
              "update proposal set agreed = ?, decided_at = ?, decided_by = ?, decided_note = ?"
                  + " where proposal_id = ? and decided_at is null",
              agreed ? 1 : 0,
              clock.millis(),
              by.name(),
              note,
              seen.number());
      var now = need(connection, seen.number());
      if (changed != 1) {
        var decided = Objects.requireNonNull(now.decided());
        return new Outcome.Not(
            new Refused(
                CONFLICT,
                now.agreed()
                    ? Sentence.of(
                        "proposal.agreed", "%s agreed to it already; propose it anew", decided.by())
                    : Sentence.of(
                        "proposal.refused",
                        "%s refused it already; propose it anew",
                        decided.by())));
      }
      var deed = agreed ? "proposal.agree" : "proposal.refuse";
      noted(connection, by, deed, seen.number(), seen.words(), note);
      return new Outcome.Done(now);
    });
  }

  /// What agrees where two people did, and to nothing else. What it agreed to is used up, before
  /// anything is signed: where that fails it is proposed anew.
  ///
  /// @param by who brings it into force
  public Consent consent(String by) {
    return consent(by, Instant.MIN);
  }

  /// @param since what was proposed before does not count
  Consent consent(String by, Instant since) {
    return changes -> {
      for (var change : changes) {
        var asked = new Asked(change, base(change), since, clock.instant());
        var refused =
            database.write(
                connection -> use(connection, by, asked, all(connection), alone(change)));
        if (refused != null) {
          return refused;
        }
      }
      return null;
    };
  }

  /// Agrees to a list that goes to people who sign it; nothing is used up.
  public Consent glance() {
    return changes -> {
      var all = list();
      for (var change : changes) {
        var asked = new Asked(change, base(change), Instant.MIN, clock.instant());
        if (asked.agreed(all).isEmpty()) {
          return asked.why(all, alone(change));
        }
      }
      return null;
    };
  }

  private static Refused alone(Graver change) {
    return Objects.requireNonNull(
        Consent.NOBODY.refusal(List.of(change)), "it never lets anything pass");
  }

  /// Uses up an agreement in the transaction of what it agreed to, which is of no signed list
  /// ([About#RING], [About#FLEET]): whoever uses it has done that, and who fails has it still.
  ///
  /// @param by who does it
  /// @param change as it was judged in this transaction
  /// @param alone what to say where nobody ever agreed
  /// @return null where two people agreed to it, else why it is refused, and nothing is changed
  public @Nullable Refused use(Connection connection, String by, Graver change, Refused alone)
      throws SQLException {
    return use(connection, by, now(change), all(connection), alone);
  }

  /// The same of one agreement and no other, though another says the same.
  ///
  /// @param number of the proposal
  public @Nullable Refused use(
      Connection connection, String by, long number, Graver change, Refused alone)
      throws SQLException {
    var one = Sql.first(connection, ONE, Proposal::read, number);
    return use(connection, by, now(change), one == null ? List.of() : List.of(one), alone);
  }

  private @Nullable Refused use(
      Connection connection, String by, Asked asked, List<Proposal> all, Refused alone)
      throws SQLException {
    var agreed = asked.agreed(all);
    if (agreed.isEmpty()) {
      return asked.why(all, alone);
    }
    var number = agreed.get().number();
    var used =
        Sql.update(
            connection,
            "update proposal set used_at = ?, used_by = ? where proposal_id = ? and used_at is"
                + " null",
            clock.millis(),
            by,
            number);
    return used == 1
        ? null
        : new Refused(
            CONFLICT, Sentence.of("proposal.done", "proposal %s was carried out already", number));
  }

  private Asked now(Graver change) {
    return new Asked(change, canonical(change.before()), Instant.MIN, clock.instant());
  }

  /// What is held can come back to what it was, and an agreement to let go of it is not to the next
  /// time: so every change of it counts.
  private String base(Graver change) {
    var before = canonical(change.before());
    return change.about() == About.STOP
        ? stops.last().map(StopChange::number).orElse(0L) + " " + before
        : before;
  }

  static String canonical(@Nullable Json json) {
    return json == null ? "none" : new String(JsonWriter.canonical(json), StandardCharsets.UTF_8);
  }

  private void noted(
      Connection connection,
      Person by,
      String action,
      long number,
      String words,
      @Nullable String note)
      throws SQLException {
    audit.append(
        connection,
        by.name(),
        action,
        "proposal " + number,
        Json.object().put("change", words).put("note", note).build());
  }

  private static Proposal need(Connection connection, long number) throws SQLException {
    return Objects.requireNonNull(
        Sql.first(connection, ONE, Proposal::read, number), "proposals are never deleted");
  }

  private static List<Proposal> all(Connection connection) throws SQLException {
    return Sql.list(connection, ALL, Proposal::read);
  }

  private static boolean isLine(@Nullable String text) {
    return text == null || (text.length() <= MOST_TEXT && Printable.of(text).equals(text));
  }

  private static Outcome not(Sentence reason) {
    return new Outcome.Not(new Refused(CONTENT, reason));
  }
}
