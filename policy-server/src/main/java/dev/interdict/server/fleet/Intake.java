package dev.interdict.server.fleet;

import dev.interdict.json.JsonException;
import dev.interdict.report.Report;
import dev.interdict.report.ReportJson;
import dev.interdict.report.ReportedRule;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.metrics.Measures;
import dev.interdict.server.store.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Takes reports: proves the sender, holds each device's reports to one unbroken chain, keeps the
/// exact bytes and the projections made of them in one transaction. Thread-safe.
///
/// The chain: a report follows the last one if its sequence is one more and it carries that one's
/// hash. A jump ahead is accepted and the missing ones are counted as lost, for the device's outbox
/// is bounded and this server may have been restored from a backup. The same bytes again are
/// answered the same again. How anything else goes on is told by [Continuity]: nothing that is here
/// is ever overwritten, and what is refused leaves the device in [Doubt].
public final class Intake {
  private final InstantSource clock;
  private final Contacts contacts;
  private final KnownDevices known;
  private final RetiredKeys retired;
  private final Function<Arrived, ReportOutcome> storing;
  private final Predicate<String> published;
  private final Holdings holdings;

  /// One beside which no heartbeats are taken, and to which every rule is on the list.
  ///
  /// @param holdings hears what devices hold of the signed files
  public Intake(Database database, Audit audit, InstantSource clock, Holdings holdings) {
    this(database, audit, clock, holdings, new Contacts(), _ -> true);
  }

  /// @param holdings hears what devices hold of the signed files
  /// @param contacts what heartbeats are held against
  /// @param published whether a rule is on the list
  public Intake(
      Database database,
      Audit audit,
      InstantSource clock,
      Holdings holdings,
      Contacts contacts,
      Predicate<String> published) {
    this.published = published;
    this.holdings = holdings;
    this.clock = clock;
    this.contacts = contacts;
    this.known = new KnownDevices(database, contacts, clock);
    var events = new DeviceEvents(audit);
    this.retired = new RetiredKeys(database, events);
    this.storing = database.together(new Storing(clock, events, holdings));
  }

  /// Stores one report; returns only once it is durable.
  ///
  /// @throws dev.interdict.server.store.BusyException if too many wait; the device tries again
  public ReportOutcome accept(SignedRequest request) {
    var now = clock.instant();
    var outcome =
        switch (known.prove(request, now)) {
          case Proof.Unproven(var why) -> new ReportOutcome.NotProven(why);
          case Proof.Proven proven -> accept(proven, now);
        };
    if (outcome instanceof ReportOutcome.NotProven) {
      retired.look(request, now);
    }
    return outcome;
  }

  private ReportOutcome accept(Proof.Proven proven, Instant now) {
    Report report;
    try {
      report = ReportJson.read(proven.body());
    } catch (JsonException e) {
      return new ReportOutcome.Malformed(String.valueOf(e.getMessage()));
    }
    if (!report.device().id().equals(proven.device())) {
      return new ReportOutcome.Malformed("the report speaks for another device than its signature");
    }
    if (report.sequence() != proven.sequence()) {
      return new ReportOutcome.Malformed("the report's sequence is not that of its header");
    }
    var hash = ReportJson.hash(proven.body());
    var key = HexFormat.of().formatHex(proven.key());
    var told =
        report.rules().stream()
            .map(ReportedRule::rule)
            .filter(published)
            .collect(Collectors.toUnmodifiableSet());
    holdings.coming(Storing.held(report), now);
    var outcome = storing.apply(new Arrived(report, key, proven.body(), hash, told));
    measure(outcome, report, told);
    // What heartbeats are held against is never newer than the database.
    switch (outcome) {
      case ReportOutcome.Accepted _ -> contacts.reported(proven.device(), hash, now);
      case ReportOutcome.Repeated _ -> {}
      default -> contacts.forget(proven.device());
    }
    return outcome;
  }

  private static void measure(ReportOutcome outcome, Report report, Set<String> told) {
    Measures.REPORTS.count(outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    if (outcome instanceof ReportOutcome.Accepted) {
      for (var rule : report.rules()) {
        if (!told.contains(rule.rule())) {
          continue;
        }
        for (var notice : rule.notices()) {
          var channel = notice.channel() == null ? "none" : notice.channel();
          Measures.NOTICES.count(rule.rule(), notice.phase(), channel, notice.outcome());
        }
      }
    }
  }
}
