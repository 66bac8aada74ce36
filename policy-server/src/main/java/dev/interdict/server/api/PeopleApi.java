package dev.interdict.server.api;

import dev.interdict.server.about.About;
import dev.interdict.server.access.AccountDesk;
import dev.interdict.server.access.Accounts;
import dev.interdict.server.access.ApiTokens;
import dev.interdict.server.access.CommandLines;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.Role;
import dev.interdict.server.access.SecondFactors;
import dev.interdict.server.access.Sessions;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.audit.AuditLog;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Daily;
import dev.interdict.server.compliance.DeviceRecords;
import dev.interdict.server.compliance.Findings;
import dev.interdict.server.events.EventLog;
import dev.interdict.server.events.Links;
import dev.interdict.server.failures.FailureDesk;
import dev.interdict.server.failures.FailureQueue;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Looks;
import dev.interdict.server.fleet.Rescans;
import dev.interdict.server.fleet.expected.Admissions;
import dev.interdict.server.fleet.expected.Erasure;
import dev.interdict.server.fleet.expected.ExpectedFleet;
import dev.interdict.server.fleet.expected.OwnDevices;
import dev.interdict.server.http.Router;
import dev.interdict.server.idempotency.Once;
import dev.interdict.server.ocsf.Ocsf;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.retirement.Retirements;
import dev.interdict.server.scim.Directory;
import dev.interdict.server.store.Database;
import dev.interdict.server.web.Api;
import dev.interdict.trust.repository.RepositoryFiles;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// The API for people and their programs, put together from the slices that it speaks for.
public final class PeopleApi {
  private final Operations operations;

  private final Owners owners;

  private final Viewing viewing;

  private final ExportPlaces places = new ExportPlaces();

  /// @param tokens know who made them
  /// @param looks are kept of who was shown which device
  public PeopleApi(Gate gate, Once once, Pace pace, ApiTokens tokens, Looks looks) {
    viewing = new Viewing(looks);
    operations = new Operations(gate, once, pace);
    owners = new Owners(tokens);
  }

  /// Signing in and out, and who is signed in.
  public PeopleApi sessions(
      Accounts accounts, Sessions sessions, SecondFactors factors, CommandLines commandLines) {
    operations
        .add(new MeApi(accounts, sessions, factors))
        .add(new SessionApi(sessions, factors))
        .add(new CommandLinesApi(commandLines));
    return this;
  }

  /// What belongs to whoever asks.
  public PeopleApi own(Accounts accounts, OwnDevices own, Looks looks) {
    operations.add(new MyDevicesApi(new Owning(accounts, own), looks, viewing));
    return this;
  }

  /// Who complies, what was found, who did what; and all of it as files.
  public PeopleApi reading(
      Database database, Audit audit, Compliance compliance, Daily daily, Links links) {
    var devices = new DevicesApi(compliance, viewing);
    var affected = new AffectedApi(compliance, viewing);
    var findings = new FindingsApi(new Findings(database), viewing);
    var log = new AuditApi(audit, new AuditLog(database));
    var events = new EventsApi(new EventLog(database), links, viewing);
    var viewer = List.of(Role.VIEWER);
    var auditor = List.of(Role.AUDITOR);
    var ocsf = Ocsf.ours();
    var exports =
        List.of(
            new ExportsApi.Export(
                new OverviewRows(compliance).list(), null, "exportOverview", Reach.WITHIN, viewer),
            new ExportsApi.Export(devices.list(), null, "exportDevices", Reach.WITHIN, viewer),
            new ExportsApi.Export(affected.list(), null, "exportPeople", Reach.WITHIN, viewer),
            new ExportsApi.Export(
                findings.list(), findings.ocsf(ocsf), "exportFindings", Reach.WITHIN, viewer),
            new ExportsApi.Export(
                events.list(), events.ocsf(ocsf), "exportEvents", Reach.WHOLE, auditor),
            new ExportsApi.Export(log.list(), null, "exportAudit", Reach.WHOLE, auditor));
    operations
        .add(new RulesApi(compliance))
        .add(affected)
        .add(new StatsApi(compliance, daily))
        .add(new RingStatesApi(compliance))
        .add(devices)
        .add(findings)
        .add(
            new DeviceRecordsApi(compliance, viewing, new DeviceRecords(database), findings, links))
        .add(events)
        .add(log)
        .add(new ExportsApi(database, audit, places, exports));
    return this;
  }

  /// Which workstations count.
  public PeopleApi fleet(
      ExpectedFleet expected,
      Admissions admissions,
      Erasure erasure,
      EnrolmentTokens tokens,
      Rescans rescans) {
    operations
        .add(new FleetApi(expected, admissions, erasure))
        .add(new RescansApi(rescans))
        .add(new FleetListApi(expected))
        .add(new TokensApi(tokens));
    return this;
  }

  /// Which workstations count no more.
  public PeopleApi retirement(Retirements retirements, Proposals proposals, InstantSource clock) {
    operations.add(
        new RetirementsApi(retirements, new ProposalsApi(proposals, retirements, owners, clock)));
    return this;
  }

  /// Who may sign in, and which programs.
  public PeopleApi accounts(
      Accounts accounts,
      AccountDesk desk,
      SecondFactors factors,
      ApiTokens tokens,
      InstantSource clock) {
    operations
        .add(new AccountsApi(accounts, desk, factors, new SecureRandom()))
        .add(new ApiTokensApi(tokens, clock));
    return this;
  }

  /// Whether the company's directory tells who has left.
  public PeopleApi directory(
      Directory directory, ApiTokens tokens, Links links, InstantSource clock) {
    operations.add(new DirectoryApi(directory, tokens, links, clock));
    return this;
  }

  /// What this server is set up as.
  public PeopleApi server(About about, RepositoryFiles signed) {
    operations.add(new ServerApi(about, signed));
    return this;
  }

  /// Removals that need hands.
  public PeopleApi queue(
      Database database, Audit audit, FailureQueue queue, FailureDesk desk, Accounts accounts) {
    var items = new QueueApi(queue, desk, accounts, viewing);
    operations
        .add(items)
        .add(ExportsApi.toViewers(database, audit, places, items.list(), "exportQueueItems"));
    return this;
  }

  /// The same for what is decided over the fleet.
  public GoverningApi governing() {
    return new GoverningApi(operations, owners, viewing, places);
  }

  /// Adds the routes.
  public void addTo(Router router) {
    operations.addTo(router);
  }

  /// The same operations for the console's pages.
  public Api forPages() {
    return new ForPages(operations);
  }

  Operations operations() {
    return operations;
  }
}
