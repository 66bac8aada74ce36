package dev.interdict.server.exemptions;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.Events;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.wording.Sentence;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes requests for exemptions that employees file at the console, for a workstation of theirs,
/// within the bounds of those that are made on the workstation. It decides nothing, and no device
/// learns of it: what is planned for one goes on at its date until people have decided.
///
/// Whose the workstation is says whoever calls. Thread-safe.
public final class RequestDesk {
  /// How often one person asks for one device and rule, until the rule has another date.
  public static final int MOST = 5;

  private static final int MOST_TEXT = 500;

  /// As on workstations: whoever has it, and whoever lost it and needs it back.
  private static final String FOUND =
      "select d.host, d.os from rule_state s join device d on d.device_id = s.device_id where"
          + " s.device_id = ? and s.rule_id = ? and s.state in ('present', 'removing', 'failed',"
          + " 'removed')";

  private final Database database;
  private final Audit audit;
  private final InstantSource clock;
  private final Decisions decisions;
  private final Supplier<Blocklist> published;
  private final SecureRandom random = new SecureRandom();

  /// @param clock the one that the server signs by
  /// @param decisions know how far exemptions may go
  /// @param published the blocklist in force
  public RequestDesk(
      Database database,
      Audit audit,
      InstantSource clock,
      Decisions decisions,
      Supplier<Blocklist> published) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.decisions = decisions;
    this.published = published;
  }

  /// The latest day that may be asked for.
  ///
  /// @param zone in which days of the rule are counted
  public record Latest(LocalDate day, ZoneId zone) {}

  /// What is asked for.
  ///
  /// @param account of whoever asks
  /// @param day the last one of the exemption
  public record Wanted(String account, About about, LocalDate day, String reason) {}

  /// What came of it.
  public sealed interface Outcome {
    /// It waits for people to decide.
    ///
    /// @param already whether the very same was asked before, here or on the workstation
    record Taken(FiledRequest one, boolean already) implements Outcome {}

    /// Nothing was changed.
    record NotTaken(Why why, Sentence reason) implements Outcome {}
  }

  /// Why a request is not taken.
  public enum Why {
    /// The day is over, or too far.
    DAY,
    /// There are no words that can be read.
    REASON,
    /// Nothing of such a rule is or was on the device.
    NOT_FOUND,
    /// They asked often enough.
    ENOUGH,
    /// The first of two people has agreed to another request.
    BEGUN
  }

  /// The rules that may be asked for, each with the latest day: those of which people are told.
  public SequencedMap<RuleId, Latest> open() {
    var now = clock.instant();
    var open = new TreeMap<RuleId, Latest>();
    for (var rule : published.get().rules()) {
      if (isOpen(rule, now)) {
        open.put(rule.id(), latest(rule, now));
      }
    }
    return open;
  }

  private static boolean isOpen(Rule rule, Instant now) {
    return rule.enforcement() != Enforcement.OBSERVE && !now.isBefore(rule.timeline().announceAt());
  }

  /// The last whole day that could be granted; where not even one could, today.
  private Latest latest(Rule rule, Instant now) {
    var zone = rule.timeline().zone();
    var day =
        LocalDate.ofInstant(now.plus(decisions.limit(rule.id()).longest()), zone).minusDays(1);
    var today = LocalDate.ofInstant(now, zone);
    return new Latest(day.isBefore(today) ? today : day, zone);
  }

  /// Takes a request, or says why not.
  public Outcome file(Wanted wanted) {
    var now = clock.instant();
    var rule = rule(wanted.about().rule(), now);
    if (rule.isEmpty()) {
      return new Outcome.NotTaken(
          Why.NOT_FOUND,
          Sentence.of(
              "request.no-rule",
              "no rule %s is in force of which people are told",
              wanted.about().rule()));
    }
    var latest = latest(rule.get(), now);
    if (wanted.day().isBefore(LocalDate.ofInstant(now, latest.zone()))
        || wanted.day().isAfter(latest.day())) {
      return new Outcome.NotTaken(
          Why.DAY,
          Sentence.of(
              "request.day", "choose a day from today to %s, not %s", latest.day(), wanted.day()));
    }
    var reason = oneLine(wanted.reason());
    if (reason.isEmpty() || reason.length() > MOST_TEXT || !Printable.of(reason).equals(reason)) {
      return new Outcome.NotTaken(
          Why.REASON,
          Sentence.of(
              "request.reason",
              "say why in 1 to %s characters, none of which is invisible",
              MOST_TEXT));
    }
    var until = wanted.day().plusDays(1).atStartOfDay(latest.zone()).toInstant();
    var name = name();
    var term = rule.get().timeline().term();
    return database.write(connection -> {
      var there =
          Sql.first(
              connection,
              FOUND,
              row -> host(row.getString(1), row.getString(2)),
              wanted.about().device(),
              wanted.about().rule().value());
      if (there == null) {
        return new Outcome.NotTaken(
            Why.NOT_FOUND,
            Sentence.of(
                "request.nothing",
                "nothing of %s was found on this device",
                wanted.about().rule()));
      }
      var one = new FiledRequest(name, wanted.about(), now, until, reason);
      var before = before(connection, one);
      if (before != null) {
        return before;
      }
      if (FiledRequests.given(connection, wanted.account(), wanted.about(), term) >= MOST) {
        return new Outcome.NotTaken(
            Why.ENOUGH,
            Sentence.of(
                "request.enough",
                "you asked %s times for %s on this device; wait for the answer, or speak to IT",
                MOST,
                wanted.about().rule()));
      }
      FiledRequests.add(connection, wanted.account(), one, term);
      told(connection, wanted.account(), one, there);
      return new Outcome.Taken(one, false);
    });
  }

  private Optional<Rule> rule(RuleId id, Instant now) {
    for (var rule : published.get().rules()) {
      if (rule.id().equals(id) && isOpen(rule, now)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /// What waits already and is the same, or stands in the way; null where nothing does.
  private static @Nullable Outcome before(Connection connection, FiledRequest one)
      throws SQLException {
    var about = one.about();
    var last = Cases.last(connection, about);
    if (last != null && last.state() == CaseState.CONFIRMED) {
      var asked = last.request() == null ? null : Cases.asked(connection, about, last.request());
      return asked != null && isSame(one, asked.until(), asked.reason())
          ? new Outcome.Taken(
              new FiledRequest(asked.id(), about, asked.at(), asked.until(), asked.reason()), true)
          : new Outcome.NotTaken(
              Why.BEGUN,
              Sentence.of(
                  "request.begun",
                  "the first of two people has agreed to an exemption already; wait for the"
                      + " second"));
    }
    var waits = Cases.request(connection, about);
    return waits != null && isSame(one, waits.until(), waits.reason())
        ? new Outcome.Taken(
            new FiledRequest(waits.id(), about, waits.heard(), waits.until(), waits.reason()), true)
        : null;
  }

  private static boolean isSame(
      FiledRequest one, @Nullable Instant until, @Nullable String reason) {
    return Objects.equals(one.until(), until)
        && reason != null
        && oneLine(reason).equals(one.reason());
  }

  /// In the audit log, where the words are not, since it forgets nothing; and for other systems.
  private void told(Connection connection, String account, FiledRequest one, Json.Obj host)
      throws SQLException {
    var about = one.about();
    var detail = Json.object().put("request", one.id()).put("until", String.valueOf(one.until()));
    audit.append(
        connection,
        account,
        "exemption.request",
        one.id(),
        Json.object()
            .put("device", about.device())
            .put("rule", about.rule().value())
            .put("until", String.valueOf(one.until()))
            .build());
    host.members().forEach(detail::put);
    Events.add(
        connection,
        EventKind.EXEMPTION_REQUESTED,
        one.at(),
        account,
        about.device(),
        about.rule().value(),
        detail.build());
  }

  private static Json.Obj host(String host, String os) {
    return Json.object().put("host", host).put("os", os).build();
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /// No device makes up such a name by itself.
  private String name() {
    var bytes = new byte[5];
    random.nextBytes(bytes);
    return "W-" + HexFormat.of().formatHex(bytes);
  }
}
