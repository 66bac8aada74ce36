package dev.interdict.server.api;

import dev.interdict.server.access.Accounts;
import dev.interdict.server.access.ApiTokens;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.SecondFactors;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.audit.AuditLog;
import dev.interdict.server.breaker.Trips;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Daily;
import dev.interdict.server.compliance.Findings;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.Decisions;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.failures.FailureDesk;
import dev.interdict.server.failures.FailureQueue;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Looks;
import dev.interdict.server.fleet.expected.Admissions;
import dev.interdict.server.fleet.expected.ExpectedFleet;
import dev.interdict.server.http.Router;
import dev.interdict.server.idempotency.Once;
import dev.interdict.server.proposal.LettingGo;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.review.Drafts;
import dev.interdict.server.review.Examiner;
import dev.interdict.server.review.Previews;
import dev.interdict.server.review.Releases;
import dev.interdict.server.review.Reviews;
import dev.interdict.server.risk.Register;
import dev.interdict.server.store.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/// The API for people and their programs, put together from the slices that it speaks for.
public final class PeopleApi {
  private final Operations operations;

  private final Owners owners;

  private final Viewing viewing;

  /// @param tokens know who made them
  /// @param looks are kept of who was shown which device
  public PeopleApi(Gate gate, Once once, Pace pace, ApiTokens tokens, Looks looks) {
    viewing = new Viewing(looks);
    operations = new Operations(gate, once, pace).add(new MeApi());
    owners = new Owners(tokens);
  }

  /// Signing in and out.
  public PeopleApi sessions(Sessions sessions, SecondFactors factors) {
    operations.add(new SessionApi(sessions, factors));
    return this;
  }

  /// Who complies, what was found, who did what; and all of it as files.
  public PeopleApi reading(Database database, Audit audit, Compliance compliance, Daily daily) {
    var devices = new DevicesApi(compliance, viewing);
    var findings = new FindingsApi(new Findings(database), viewing);
    var log = new AuditApi(audit, new AuditLog(database));
    var exports =
        List.of(
            new ExportsApi.Export(
                devices.list(), "exportDevices", Reach.WITHIN, List.of(Role.VIEWER)),
            new ExportsApi.Export(
                findings.list(), "exportFindings", Reach.WITHIN, List.of(Role.VIEWER)),
            new ExportsApi.Export(log.list(), "exportAudit", Reach.WHOLE, List.of(Role.AUDITOR)));
    operations
        .add(new RulesApi(compliance))
        .add(new StatsApi(compliance, daily))
        .add(devices)
        .add(findings)
        .add(log)
        .add(new ExportsApi(database, audit, exports));
    return this;
  }

  /// Which workstations count.
  public PeopleApi fleet(ExpectedFleet expected, Admissions admissions, EnrolmentTokens tokens) {
    operations.add(new FleetApi(expected, admissions)).add(new TokensApi(tokens));
    return this;
  }

  /// Removals that need hands.
  public PeopleApi queue(FailureQueue queue, FailureDesk desk, Accounts accounts) {
    operations.add(new QueueApi(queue, desk, accounts, viewing));
    return this;
  }

  /// Rules, from their draft on.
  public PeopleApi rules(
      Drafts drafts,
      Examiner examiner,
      Previews previews,
      Reviews reviews,
      Releases releases,
      Supplier<Publisher> publisher) {
    operations
        .add(new DraftsApi(drafts, examiner, previews, reviews, releases, publisher))
        .add(new ReviewsApi(drafts, reviews, owners));
    return this;
  }

  /// What is published and held, and why.
  public PeopleApi published(
      Publications publications,
      Supplier<Publisher> publisher,
      Trips trips,
      Register register,
      Proposals proposals,
      InstantSource clock) {
    var proposing = new ProposalsApi(proposals, owners, clock);
    operations
        .add(new PoliciesApi(publications))
        .add(proposing)
        .add(
            new HoldsApi(
                publisher,
                new PublishedRules(publications),
                trips,
                brake -> new LettingGo(brake, trips, publications, proposals, clock),
                proposing))
        .add(new RiskApi(register));
    return this;
  }

  /// Exemptions.
  public PeopleApi exemptions(
      Cases cases,
      Decisions decisions,
      ExemptionFiles files,
      PublishedRules published,
      Compliance compliance) {
    operations.add(
        new ExemptionsApi(cases, decisions, files, published, compliance, owners, viewing));
    return this;
  }

  /// Adds the routes.
  public void addTo(Router router) {
    operations.addTo(router);
  }

  Operations operations() {
    return operations;
  }
}
