package dev.interdict.server.exemptions;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONFLICT;
import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.exemptions.Cases.Seen;
import dev.interdict.server.exemptions.DecisionOutcome.Done;
import dev.interdict.server.exemptions.DecisionOutcome.NotDone;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes people's decisions. To grant needs two different people, a manager and then security, for
/// it leaves banned software on a workstation; to refuse, to take back and to end need one, for the
/// employee loses nothing without a fresh minimum notice.
///
/// Each decision names what its decider has seen. If somebody else decides at the same moment, one
/// wins and the other is told. The entry in the audit log is of the same transaction. Thread-safe.
public final class Decisions {
  private static final int MOST_TEXT = 500;

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final Limits limits;
  private final Supplier<? extends Collection<RuleId>> published;

  /// @param clock the one that the server signs by
  /// @param published the rules that are published now
  public Decisions(
      Database database,
      Audit audit,
      InstantSource clock,
      Limits limits,
      Supplier<? extends Collection<RuleId>> published) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.limits = limits;
    this.published = published;
  }

  /// Takes the next step towards an exemption: the first where no case waits, the second where one
  /// does.
  ///
  /// @param seen what the decider saw, from [Cases#seen]
  /// @param until its end; null for the end that was asked for, or that the first step agreed to
  /// @param reason shown to the employee
  public DecisionOutcome grant(
      Decider by, About about, Seen seen, @Nullable Instant until, String reason) {
    var known = published();
    return decide(
        about,
        seen,
        reason,
        (connection, last, now) -> {
          needPublished(known, about.rule());
          return last != null && last.state() == CaseState.CONFIRMED
              ? second(connection, by, last, until, reason, now)
              : first(connection, by, about, until, reason, now);
        });
  }

  /// How far exemptions from a rule may go.
  public Limits.Limit limit(RuleId rule) {
    return limits.of(rule);
  }

  /// The rules that are published now.
  Collection<RuleId> published() {
    return List.copyOf(published.get());
  }

  static void needPublished(Collection<RuleId> known, RuleId rule) {
    if (!known.contains(rule)) {
      throw new UndecidedException(
          CONTENT, "no rule " + rule + " is published: there is nothing to exempt from");
    }
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
          need(by.mayHandle(), by, "refuses");
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
          need(by.mayHandle(), by, "ends");
          var rows = new CaseRows(connection, about);
          var holding = rows.holding();
          if (holding != null) {
            rows.end(holding, by.name(), reason, now);
            audit(connection, by, "exemption.end", holding, Json.object().put("reason", reason));
          }
          var waits =
              last != null && last.state() == CaseState.CONFIRMED
                  || Cases.request(connection, about) != null;
          if (waits) {
            return close(connection, by, about, last, CaseState.WITHDRAWN, reason, null, now);
          }
          if (holding == null) {
            throw new UndecidedException(CONTENT, nothing(about, "holds or waits"));
          }
          return again(connection, holding);
        });
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
              throw new UndecidedException(CONTENT, "no device " + about.device() + " is enrolled");
            }
            var last = Cases.last(connection, about);
            if (!Seen.of(last).equals(seen)) {
              throw new UndecidedException(CONFLICT, overtaken(last));
            }
            return work.run(connection, last, now);
          }));
    } catch (UndecidedException e) {
      return new NotDone(e.kind(), String.valueOf(e.getMessage()));
    }
  }

  private static boolean isEnrolled(Connection connection, String device) throws SQLException {
    return Sql.first(
            connection, "select 1 from device where device_id = ?", row -> row.getInt(1), device)
        != null;
  }

  /// The first of two steps.
  ExemptionCase first(
      Connection connection,
      Decider by,
      About about,
      @Nullable Instant until,
      String reason,
      Instant now)
      throws SQLException {
    need(by.mayHandle(), by, "takes the first step");
    var request = Cases.request(connection, about);
    var end = until != null ? until : request == null ? null : request.until();
    if (end == null) {
      throw new UndecidedException(
          CONTENT, "no end was asked for: say until when; no exemption is open-ended");
    }
    var longest = limits.of(about.rule()).longest();
    if (!end.isAfter(now) || end.isAfter(now.plus(longest))) {
      throw new UndecidedException(
          CONTENT,
          "an exemption from "
              + about.rule()
              + " ends after now and within "
              + longest
              + ", so not at "
              + end
              + "; say another end, or change exemptions in server.yaml");
    }
    checkRoom(connection, about, now);
    var opened =
        new CaseRows(connection, about)
            .open(request == null ? null : request.id(), end, reason, by.name(), now);
    audit(
        connection,
        by,
        "exemption.confirm",
        opened,
        Json.object().put("until", end.toString()).put("reason", reason));
    return opened;
  }

  private ExemptionCase second(
      Connection connection,
      Decider by,
      ExemptionCase waiting,
      @Nullable Instant until,
      String reason,
      Instant now)
      throws SQLException {
    return second(connection, by, waiting, until, reason, now, false);
  }

  /// The second of two steps.
  ///
  /// @param alone whether the one who took the first may take it, which is to be written down
  ExemptionCase second(
      Connection connection,
      Decider by,
      ExemptionCase waiting,
      @Nullable Instant until,
      String reason,
      Instant now,
      boolean alone)
      throws SQLException {
    need(by.mayGrant(), by, "takes the second step");
    if (!alone && waiting.opened().by().equals(by.name())) {
      throw new UndecidedException(
          CONTENT,
          by.name()
              + " took the first step of "
              + waiting.id()
              + "; somebody else must take the second");
    }
    var agreed = Objects.requireNonNull(waiting.until(), "the first step agrees to an end");
    var end = until == null ? agreed : until;
    if (!end.isAfter(now) || end.isAfter(agreed)) {
      throw new UndecidedException(
          CONTENT,
          waiting.opened().by()
              + " agreed to "
              + agreed
              + ": the end is after now and not after that, so not at "
              + end);
    }
    checkRoom(connection, waiting.about(), now);
    var rows = new CaseRows(connection, waiting.about());
    var before = rows.holding();
    if (before != null) {
      rows.end(before, by.name(), "followed by " + waiting.id(), now);
    }
    var granted = rows.grant(waiting, end, reason, by.name(), now);
    audit(
        connection,
        by,
        "exemption.grant",
        granted,
        Json.object()
            .put("until", end.toString())
            .put("reason", reason)
            .put("first", waiting.opened().by())
            .put("followed", before == null ? null : before.id()));
    return granted;
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
        throw new UndecidedException(CONTENT, nothing(about, "waits"));
      }
      waiting = rows.open(request.id(), request.until(), reason, by.name(), now);
    }
    var closed = rows.close(waiting, state, reason, contact, by.name(), now);
    var action = state == CaseState.REFUSED ? "exemption.refuse" : "exemption.withdraw";
    audit(
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

  /// By the rows of this very transaction: two who grant at once cannot both take the last place.
  private void checkRoom(Connection connection, About about, Instant now) throws SQLException {
    var limit = limits.of(about.rule()).atOnce();
    var others =
        Sql.first(
            connection,
            "select count(distinct device_id) from exemption where in_force = 1 and state ="
                + " 'granted' and rule_id = ? and until_at > ? and device_id <> ?",
            row -> row.getLong(1),
            about.rule().value(),
            now.toEpochMilli(),
            about.device());
    if (others != null && others >= limit) {
      throw new UndecidedException(
          CONTENT,
          "%d other devices are exempt from %s, and the limit is %d at once; end one, or change exemptions in server.yaml"
              .formatted(others, about.rule(), limit));
    }
  }

  static void need(boolean may, Decider by, String does) {
    if (!may) {
      throw new UndecidedException(
          CONTENT,
          by.name()
              + " may not decide this: whoever "
              + does
              + " has the role "
              + (does.endsWith("second step") ? "approver" : "helpdesk or approver"));
    }
  }

  /// It stands in a signed document and on the employee's screen.
  private static void check(String what, String text) {
    if (text.isBlank() || text.length() > MOST_TEXT) {
      throw new UndecidedException(
          CONTENT,
          "the " + what + " is shown to the employee: write 1 to " + MOST_TEXT + " characters");
    }
    if (!Printable.of(text).equals(text)) {
      throw new UndecidedException(
          CONTENT,
          "the "
              + what
              + " holds characters that nobody sees: \""
              + Printable.of(text, 80)
              + "\"; write it in one line without them");
    }
  }

  private static String nothing(About about, String state) {
    return "nothing of " + about.rule() + " " + state + " for device " + about.device();
  }

  private static String overtaken(@Nullable ExemptionCase last) {
    if (last == null) {
      return "the case is not there any more; look again";
    }
    var by = last.ended() != null ? last.ended().by() : null;
    var decider = last.decided() != null ? last.decided().by() : last.opened().by();
    return "somebody else decided at the same moment: "
        + last.id()
        + " is "
        + last.state().written()
        + " by "
        + (by != null ? by : decider)
        + "; look again";
  }

  void audit(
      Connection connection, Decider by, String action, ExemptionCase on, Json.Builder detail)
      throws SQLException {
    CaseRows.told(connection, action, on, by.name(), clock.instant());
    audit.append(connection, by.name(), action, on.id(), CaseRows.named(on, detail));
  }
}
