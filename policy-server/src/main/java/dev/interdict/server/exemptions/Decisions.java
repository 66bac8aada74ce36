package dev.interdict.server.exemptions;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONFLICT;
import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.access.Lately;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.exemptions.Cases.Seen;
import dev.interdict.server.exemptions.DecisionOutcome.Done;
import dev.interdict.server.exemptions.DecisionOutcome.NotDone;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes people's decisions. To grant needs two different people, a manager and then security, for
/// it leaves banned software on a workstation; to refuse, to take back and to end need one, for the
/// employee loses nothing without a fresh minimum notice. But what two people granted one person
/// ends only [#ALONE] times within [#WITHIN], by whichever of their programs: to take back more at
/// once lets agents remove on many workstations, and takes a second person.
///
/// Each decision names what its decider has seen. If somebody else decides at the same moment, one
/// wins and the other is told. The entry in the audit log is of the same transaction. Thread-safe.
public final class Decisions {
  /// As many as one person ends within [#WITHIN].
  public static final int ALONE = 300;

  /// Over how long these are counted, or they would be ended slice by slice.
  public static final Duration WITHIN = Duration.ofDays(1);

  private static final String ENDED =
      "select count(*) from audit where action = 'exemption.end' and at > ?" + Lately.BY;

  static final int MOST_TEXT = 500;

  private final Database database;
  private final InstantSource clock;
  private final Limits limits;
  private final Supplier<? extends Collection<RuleId>> published;
  private final CaseLog log;
  private final GrantSteps steps;

  /// @param clock the one that the server signs by
  /// @param published the rules that are published now
  public Decisions(
      Database database,
      Audit audit,
      InstantSource clock,
      Limits limits,
      Supplier<? extends Collection<RuleId>> published) {
    this.database = database;
    this.clock = clock;
    this.limits = limits;
    this.published = published;
    this.log = new CaseLog(audit, clock);
    this.steps = new GrantSteps(limits, log);
  }

  /// Takes the next step towards an exemption: the first where no case waits, the second where one
  /// does.
  ///
  /// @param seen what the decider saw, from [Cases#seen]
  /// @param until its end; null for the end that was asked for, or that the first step agreed to
  /// @param reason shown to the employee
  /// @param written what is written down beside it
  public DecisionOutcome grant(
      Decider by,
      About about,
      Seen seen,
      @Nullable Instant until,
      String reason,
      Particulars.Written written) {
    var known = published();
    return decide(
        about,
        seen,
        reason,
        (connection, last, now) -> {
          GrantSteps.needPublished(known, about.rule());
          return last != null && last.state() == CaseState.CONFIRMED
              ? steps.second(connection, by, last, until, reason, written, now)
              : steps.first(connection, by, about, until, reason, written, now);
        });
  }

  /// The same with nothing new beside it.
  public DecisionOutcome grant(
      Decider by, About about, Seen seen, @Nullable Instant until, String reason) {
    return grant(by, about, seen, until, reason, Particulars.Written.NOTHING_NEW);
  }

  /// How far exemptions from a rule may go.
  public Limits.Limit limit(RuleId rule) {
    return limits.of(rule);
  }

  /// The two steps, for whoever decides on a grant in another way.
  GrantSteps steps() {
    return steps;
  }

  /// Where it is written down what was decided.
  CaseLog log() {
    return log;
  }

  /// The rules that are published now.
  Collection<RuleId> published() {
    return List.copyOf(published.get());
  }

  /// Says no to what waits.
  ///
  /// @param contact whom the employee may ask
  public DecisionOutcome refuse(Decider by, About about, Seen seen, String reason, String contact) {
    return decide(
        about,
        seen,
        reason,
        (connection, last, now) -> {
          by.needToHandle("refuses");
          check("contact", contact);
          return close(connection, by, about, last, CaseState.REFUSED, reason, contact, now);
        });
  }

  /// Takes back what waits, and ends what holds before its time.
  public DecisionOutcome end(Decider by, About about, Seen seen, String reason) {
    return decide(
        about,
        seen,
        reason,
        (connection, last, now) -> {
          by.needToHandle("ends");
          var rows = new CaseRows(connection, about);
          var holding = rows.holding();
          if (holding != null) {
            needToEnd(connection, by, now);
            var ended = rows.end(holding, by.name(), reason, now);
            log.add(connection, by, "exemption.end", ended, Json.object().put("reason", reason));
          }
          var waits =
              last != null && last.state() == CaseState.CONFIRMED
                  || Cases.request(connection, about) != null;
          if (waits) {
            return close(connection, by, about, last, CaseState.WITHDRAWN, reason, null, now);
          }
          if (holding == null) {
            throw new UndecidedException(
                CONTENT, nothing(about, Sentence.of("exemption.holds-or-waits", "holds or waits")));
          }
          return again(connection, holding);
        });
  }

  private static void needToEnd(Connection connection, Decider by, Instant now)
      throws SQLException {
    if (Lately.count(connection, ENDED, by.name(), now.minus(WITHIN)) >= ALONE) {
      throw new UndecidedException(
          CONTENT,
          Sentence.of(
              "exemption.ended-enough",
              "%s ended %s exemptions within a day, and two people granted each of them: somebody"
                  + " else ends the next, or wait a day",
              Lately.person(connection, by.name()),
              ALONE));
    }
  }

  /// What is done within the transaction.
  @FunctionalInterface
  interface Work {
    ExemptionCase run(Connection connection, @Nullable ExemptionCase last, Instant now)
        throws SQLException;
  }

  /// Takes a decision: what `work` does is one transaction, or nothing.
  DecisionOutcome decide(About about, Seen seen, String reason, Work work) {
    var now = clock.instant();
    try {
      check("reason", reason);
      return new Done(
          database.write(connection -> {
            if (!isEnrolled(connection, about.device())) {
              throw new UndecidedException(
                  CONTENT,
                  Sentence.of("device.not-enrolled", "no device %s is enrolled", about.device()));
            }
            var last = Cases.last(connection, about);
            if (!Seen.of(last).equals(seen)) {
              throw new UndecidedException(CONFLICT, overtaken(last));
            }
            return work.run(connection, last, now);
          }));
    } catch (UndecidedException e) {
      return new NotDone(e.kind(), e.why());
    }
  }

  private static boolean isEnrolled(Connection connection, String device) throws SQLException {
    return Sql.first(
            connection, "select 1 from device where device_id = ?", row -> row.getInt(1), device)
        != null;
  }

  private ExemptionCase close(
      Connection connection,
      Decider by,
      About about,
      @Nullable ExemptionCase last,
      CaseState state,
      String reason,
      @Nullable String contact,
      Instant now)
      throws SQLException {
    var rows = new CaseRows(connection, about);
    var waiting = last;
    if (waiting == null || waiting.state() != CaseState.CONFIRMED) {
      var request = Cases.request(connection, about);
      if (request == null) {
        throw new UndecidedException(
            CONTENT, nothing(about, Sentence.of("exemption.waits", "waits")));
      }
      waiting = rows.open(request.id(), request.until(), reason, Particulars.NONE, by.name(), now);
    }
    var closed = rows.close(waiting, state, reason, contact, by.name(), now);
    var action = state == CaseState.REFUSED ? "exemption.refuse" : "exemption.withdraw";
    log.add(
        connection,
        by,
        action,
        closed,
        Json.object().put("reason", reason).put("contact", contact));
    return closed;
  }

  private static ExemptionCase again(Connection connection, ExemptionCase one) throws SQLException {
    return Objects.requireNonNull(Cases.one(connection, one.about(), one.number()));
  }

  /// It stands in a signed document and on the employee's screen.
  private static void check(String what, String text) {
    if (text.isBlank() || text.length() > MOST_TEXT) {
      throw content(
          Sentence.of(
              "exemption.text-length",
              "the %s is shown to the employee: write 1 to %s characters",
              Sentence.word("what", what),
              MOST_TEXT));
    }
    check(what, text, MOST_TEXT);
  }

  /// That a decision says something that cannot be.
  static UndecidedException content(Sentence why) {
    return new UndecidedException(CONTENT, why);
  }

  /// It stands on people's screens.
  static void check(String what, String text, int most) {
    if (text.length() > most) {
      throw content(
          Sentence.of(
              "exemption.text-long",
              "the %s is too long: write at most %s characters",
              Sentence.word("what", what),
              most));
    }
    if (!Printable.of(text).equals(text)) {
      throw new UndecidedException(
          CONTENT,
          Sentence.of(
              "exemption.text-invisible",
              "the %s holds characters that nobody sees: \"%s\"; write it in one line without them",
              Sentence.word("what", what),
              Printable.of(text, 80)));
    }
  }

  private static Sentence nothing(About about, Sentence state) {
    return Sentence.of(
        "exemption.nothing", "nothing of %s %s for device %s", about.rule(), state, about.device());
  }

  private static Sentence overtaken(@Nullable ExemptionCase last) {
    if (last == null) {
      return Sentence.of("exemption.gone", "the case is not there any more; look again");
    }
    var by = last.ended() != null ? last.ended().by() : null;
    var decider = last.decided() != null ? last.decided().by() : last.opened().by();
    return Sentence.of(
        "exemption.overtaken",
        "somebody else decided at the same moment: %s is %s by %s; look again",
        last.id(),
        Sentence.word("case", last.state().written()),
        (by != null ? by : decider));
  }
}
