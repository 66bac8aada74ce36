package dev.interdict.server.exemptions;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The two steps to an exemption, each within the transaction of a decision: who may take it, how
/// far it may go, and for how many devices at once. A step that may not be taken ends that
/// transaction. Thread-safe.
final class GrantSteps {
  private final Limits limits;
  private final CaseLog log;

  GrantSteps(Limits limits, CaseLog log) {
    this.limits = limits;
    this.log = log;
  }

  static void needPublished(Collection<RuleId> known, RuleId rule) {
    if (!known.contains(rule)) {
      throw new UndecidedException(
          CONTENT,
          Sentence.of(
              "exemption.no-rule",
              "no rule %s is published: there is nothing to exempt from",
              rule));
    }
  }

  /// The first of two steps.
  ExemptionCase first(
      Connection connection,
      Decider by,
      About about,
      @Nullable Instant until,
      String reason,
      Particulars.Written written,
      Instant now)
      throws SQLException {
    by.needToHandle("takes the first step");
    FiledRequests.needAnother(connection, by.name(), about);
    var particulars = written.over(Particulars.NONE);
    var request = Cases.request(connection, about);
    var end = until != null ? until : request == null ? null : request.until();
    if (end == null) {
      throw new UndecidedException(
          CONTENT,
          Sentence.of(
              "exemption.no-end",
              "no end was asked for: say until when; no exemption is open-ended"));
    }
    var longest = limits.of(about.rule()).longest();
    if (!end.isAfter(now) || end.isAfter(now.plus(longest))) {
      throw new UndecidedException(
          CONTENT,
          Sentence.of(
              "exemption.end",
              "an exemption from %s ends after now and within %s, so not at %s; say another end, or"
                  + " change exemptions in server.yaml",
              about.rule(),
              longest,
              end));
    }
    checkRoom(connection, about, now);
    var opened =
        new CaseRows(connection, about)
            .open(request == null ? null : request.id(), end, reason, particulars, by.name(), now);
    log.add(
        connection,
        by,
        "exemption.confirm",
        opened,
        CaseRows.beside(
            particulars, Json.object().put("until", end.toString()).put("reason", reason)));
    return opened;
  }

  /// The second of two steps, by somebody else than the first.
  ExemptionCase second(
      Connection connection,
      Decider by,
      ExemptionCase waiting,
      @Nullable Instant until,
      String reason,
      Particulars.Written written,
      Instant now)
      throws SQLException {
    return second(connection, by, waiting, until, reason, written, now, false);
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
      Particulars.Written written,
      Instant now,
      boolean alone)
      throws SQLException {
    by.needToGrant("takes the second step");
    FiledRequests.needAnother(connection, by.name(), waiting.about());
    var particulars = written.over(waiting.particulars());
    if (!alone && waiting.opened().by().equals(by.name())) {
      throw new UndecidedException(
          CONTENT,
          Sentence.of(
              "exemption.first-step",
              "%s took the first step of %s; somebody else must take the second",
              by.name(),
              waiting.id()));
    }
    var agreed = Objects.requireNonNull(waiting.until(), "the first step agrees to an end");
    var end = until == null ? agreed : until;
    if (!end.isAfter(now) || end.isAfter(agreed)) {
      throw new UndecidedException(
          CONTENT,
          Sentence.of(
              "exemption.agreed-end",
              "%s agreed to %s: the end is after now and not after that, so not at %s",
              waiting.opened().by(),
              agreed,
              end));
    }
    checkRoom(connection, waiting.about(), now);
    var rows = new CaseRows(connection, waiting.about());
    var before = rows.holding();
    if (before != null) {
      rows.end(before, by.name(), "followed by " + waiting.id(), now);
    }
    var granted = rows.grant(waiting, end, reason, particulars, by.name(), now);
    log.add(
        connection,
        by,
        "exemption.grant",
        granted,
        CaseRows.beside(
            particulars,
            Json.object()
                .put("until", end.toString())
                .put("reason", reason)
                .put("first", waiting.opened().by())
                .put("followed", before == null ? null : before.id())));
    return granted;
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
          Sentence.of(
              "exemption.room",
              "%s other devices are exempt from %s, and the limit is %s at once; end one, or change"
                  + " exemptions in server.yaml",
              others,
              about.rule(),
              limit));
    }
  }
}
