package dev.interdict.server.exemptions;

import static dev.interdict.server.publish.PublishOutcome.Reason.CONFLICT;
import static dev.interdict.server.publish.PublishOutcome.Reason.CONTENT;

import dev.interdict.json.Json;
import dev.interdict.offline.Challenge;
import dev.interdict.offline.CodeKey;
import dev.interdict.offline.OneTimeCode;
import dev.interdict.offline.SharedSecret;
import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import dev.interdict.server.exemptions.Cases.Seen;
import dev.interdict.server.fleet.Doubt;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Answers the challenge that an employee reads out, by a one-time code. The code carries a granted
/// exemption to a device that cannot be reached, and grants nothing by itself: where none holds,
/// the same two steps by two people lead to it as everywhere. Thread-safe.
public final class CodeDesk {
  /// No code reaches further; agents cut there as well.
  public static final Duration LONGEST = Duration.ofDays(7);

  /// Nor one that a single person gave in an emergency.
  public static final Duration ALONE = Duration.ofDays(1);

  private final Database database;
  private final Decisions decisions;
  private final CodeKey key;

  /// @param key of which devices were told
  public CodeDesk(Database database, Decisions decisions, CodeKey key) {
    this.database = database;
    this.decisions = decisions;
    this.key = key;
  }

  /// What came of a call.
  public sealed interface Outcome {
    /// To be read out once; it is stored nowhere.
    ///
    /// @param until when the code ends, which is not after the case does
    record Given(ExemptionCase one, String name, OneTimeCode code, Instant until)
        implements Outcome {}

    /// The first of two steps was taken. Somebody else answers the same challenge.
    record Begun(ExemptionCase one) implements Outcome {}

    /// Nothing was changed.
    record NotGiven(DecisionOutcome.NotDone why) implements Outcome {}
  }

  /// A call at the helpdesk.
  ///
  /// @param longest how long the tool may stay, from now
  /// @param reason shown to the employee
  /// @param alone why one person alone must do; null where two do
  public record Call(
      Challenge challenge, Duration longest, String reason, @Nullable String alone) {}

  /// The devices that the challenge may come from; at most a few.
  public static List<Cases.Named> devices(Database database, Challenge challenge) {
    return database.read(handle ->
        handle
            .createQuery(
                "select device_id, host from device where device_id >= :from and device_id <= :to"
                    + " order by device_id limit 5")
            .bind("from", challenge.device() + "0".repeat(22))
            .bind("to", challenge.device() + "f".repeat(22))
            .map((row, _) -> new Cases.Named(row.getString(1), row.getString(2)))
            .list());
  }

  /// The rules that the challenge may be for.
  public static List<RuleId> rules(Collection<RuleId> published, Challenge challenge) {
    return published.stream().filter(challenge::isFor).sorted().toList();
  }

  /// Answers a call.
  ///
  /// @param about whom and what the challenge is of
  /// @param seen what the decider saw, from [Cases#seen]
  public Outcome answer(Decider by, About about, Seen seen, Call call) {
    var known = decisions.published();
    var given = new @Nullable OneTimeCode[1];
    var name = Challenge.name(call.challenge().nonce());
    var outcome =
        decisions.decide(
            about,
            seen,
            call.reason(),
            (connection, last, now) -> {
              // The work of a transaction may run again; a code of a run that was undone is none.
              given[0] = null;
              by.needToHandle("reads out a code");
              var secret = secret(connection, about, now);
              if (IssuedCodes.isIssued(connection, about.device(), name)) {
                throw new UndecidedException(
                    CONFLICT,
                    Sentence.of(
                        "code.used",
                        "a code was read out for this challenge already; have a new one shown with"
                            + " interdict-agent exemption-code %s --fresh",
                        about.rule()));
              }
              var end = end(call, now);
              var rows = new CaseRows(connection, about);
              var holding = rows.holding();
              var granted =
                  holding != null
                      ? holding
                      : grant(connection, by, about, known, last, call, end, now);
              if (granted.state() != CaseState.GRANTED) {
                return granted;
              }
              var agreed = Objects.requireNonNull(granted.until());
              var until = OneTimeCode.whole(agreed.isBefore(end) ? agreed : end);
              if (!until.isAfter(now)) {
                throw new UndecidedException(
                    CONTENT,
                    Sentence.of(
                        "code.ends",
                        "%s ends at %s, within the hour: nothing is left for a code; grant a longer"
                            + " one",
                        granted.id(),
                        agreed));
              }
              var device = new DeviceId(about.device());
              given[0] = secret.code(device, about.rule(), call.challenge().nonce(), until);
              IssuedCodes.add(connection, granted, name, until, by.name(), now);
              decisions
                  .log()
                  .add(
                      connection,
                      by,
                      "exemption.code",
                      granted,
                      Json.object()
                          .put("code", name)
                          .put("until", until.toString())
                          .put("reason", call.reason()));
              return granted;
            });
    return switch (outcome) {
      case DecisionOutcome.NotDone no -> new Outcome.NotGiven(no);
      case DecisionOutcome.Done(var one) ->
          given[0] == null
              ? new Outcome.Begun(one)
              : new Outcome.Given(one, name, given[0], given[0].until());
    };
  }

  private static Instant end(Call call, Instant now) {
    var most = call.alone() == null ? LONGEST : ALONE;
    if (call.longest().isNegative()
        || call.longest().isZero()
        || call.longest().compareTo(most) > 0) {
      throw new UndecidedException(
          CONTENT,
          call.alone() == null
              ? Sentence.of("code.reaches", "a code reaches %s days at most", LONGEST.toDays())
              : Sentence.of(
                  "code.reaches-alone",
                  "a code that one person gives alone reaches %s day at most",
                  ALONE.toDays()));
    }
    return OneTimeCode.whole(now.plus(call.longest()));
  }

  /// The next of two steps, or in an emergency both.
  private ExemptionCase grant(
      Connection connection,
      Decider by,
      About about,
      Collection<RuleId> known,
      @Nullable ExemptionCase last,
      Call call,
      Instant end,
      Instant now)
      throws SQLException {
    GrantSteps.needPublished(known, about.rule());
    var steps = decisions.steps();
    var waits = last != null && last.state() == CaseState.CONFIRMED ? last : null;
    var nothing = Particulars.Written.NOTHING_NEW;
    if (call.alone() == null) {
      return waits == null
          ? steps.first(connection, by, about, end, call.reason(), nothing, now)
          : steps.second(connection, by, waits, earlier(waits, end), call.reason(), nothing, now);
    }
    var first =
        waits != null
            ? waits
            : steps.first(connection, by, about, end, call.reason(), nothing, now);
    decisions
        .log()
        .add(
            connection,
            by,
            "break-glass",
            first,
            Json.object().put("reason", call.alone()).put("change", "an exemption by one person"));
    return steps.second(
        connection, by, first, earlier(first, end), call.reason(), nothing, now, true);
  }

  private static Instant earlier(ExemptionCase waits, Instant end) {
    var agreed = waits.until();
    return agreed != null && agreed.isBefore(end) ? agreed : end;
  }

  /// What the server and this device know, where the device is one to be trusted with a code.
  private SharedSecret secret(Connection connection, About about, Instant now) throws SQLException {
    var device = new DeviceId(about.device());
    var standing =
        Sql.first(
            connection,
            "select standing from device where device_id = ?",
            row -> row.getString(1),
            about.device());
    if (!"active".equals(standing)) {
      throw new UndecidedException(
          CONTENT,
          Sentence.of(
              "code.standing",
              "this workstation is %s, and no part of the fleet",
              Sentence.word("state.standing", String.valueOf(standing))));
    }
    if (Doubt.isCloned(connection, device, now)) {
      throw new UndecidedException(
          CONTENT,
          Sentence.of(
              "code.cloned",
              "two machines are taken to have this workstation's key, and a code would work on"
                  + " both; settle that first: interdict device show %s",
              about.device().substring(0, 8)));
    }
    var publicKey =
        Sql.first(
            connection,
            "select public_key from device where device_id = ?",
            row -> row.getString(1),
            about.device());
    return SharedSecret.ofServer(key, Objects.requireNonNull(publicKey));
  }
}
