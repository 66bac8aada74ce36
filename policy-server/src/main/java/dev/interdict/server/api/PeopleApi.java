package dev.interdict.server.api;

import dev.interdict.policy.Blocklist;
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
import dev.interdict.server.breaker.Trips;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.Daily;
import dev.interdict.server.compliance.DeviceRecords;
import dev.interdict.server.compliance.Findings;
import dev.interdict.server.compliance.Installed;
import dev.interdict.server.events.EventLog;
import dev.interdict.server.events.Links;
import dev.interdict.server.evidence.AuditPack;
import dev.interdict.server.exemptions.CaseList;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.Decisions;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.exemptions.IssuedCodes;
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
import dev.interdict.server.mail.Deliveries;
import dev.interdict.server.ocsf.Ocsf;
import dev.interdict.server.proposal.LettingGo;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.HandedOut;
import dev.interdict.server.publish.Offline;
import dev.interdict.server.publish.PolicyBundle;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.publish.Recognition;
import dev.interdict.server.publish.RuleVersions;
import dev.interdict.server.review.Drafts;
import dev.interdict.server.review.Examiner;
import dev.interdict.server.review.Previews;
import dev.interdict.server.review.Releases;
import dev.interdict.server.review.Reviews;
import dev.interdict.server.review.SignersCount;
import dev.interdict.server.rings.RingChanges;
import dev.interdict.server.rings.RingMoves;
import dev.interdict.server.rings.RingRegister;
import dev.interdict.server.risk.Register;
import dev.interdict.server.risk.SoftwareReviews;
import dev.interdict.server.store.Database;
import dev.interdict.server.views.SavedViews;
import dev.interdict.server.views.Schedules;
import dev.interdict.server.web.Api;
import dev.interdict.server.webhooks.WebhookDesk;
import dev.interdict.trust.repository.RepositoryFiles;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

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
    operations.add(new MyDevicesApi(accounts, own, looks, viewing));
    return this;
  }

  /// Who complies, what was found, who did what; and all of it as files.
  public PeopleApi reading(
      Database database, Audit audit, Compliance compliance, Daily daily, Links links) {
    var devices = new DevicesApi(compliance, viewing);
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
            new ExportsApi.Export(
                findings.list(), findings.ocsf(ocsf), "exportFindings", Reach.WITHIN, viewer),
            new ExportsApi.Export(
                events.list(), events.ocsf(ocsf), "exportEvents", Reach.WHOLE, auditor),
            new ExportsApi.Export(log.list(), null, "exportAudit", Reach.WHOLE, auditor));
    operations
        .add(new RulesApi(compliance))
        .add(new AffectedApi(compliance, viewing))
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
        .add(new ManyDevicesApi(expected, rescans))
        .add(new FleetListApi(expected))
        .add(new TokensApi(tokens));
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

  /// What this server is set up as.
  public PeopleApi server(About about, RepositoryFiles signed) {
    operations.add(new ServerApi(about, signed));
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
    var writing = new DraftsApi(drafts, examiner, previews, reviews, releases);
    operations
        .add(writing)
        .add(new NewDraftsApi(drafts, examiner, writing))
        .add(new DraftPublishingApi(drafts, releases, publisher))
        .add(new DraftFieldsApi(writing))
        .add(new CatalogueApi())
        .add(new PreviewsApi(previews))
        .add(new ReviewsApi(drafts, reviews, owners));
    return this;
  }

  /// What is published and held, and why.
  public PeopleApi published(
      Publications publications,
      RepositoryFiles signed,
      Compliance compliance,
      Supplier<Publisher> publisher,
      Trips trips,
      Register register,
      Proposals proposals,
      InstantSource clock) {
    var proposing = new ProposalsApi(proposals, owners, clock);
    var bundles = new PolicyBundle(publications, signed);
    var versions = new RuleVersions(publications);
    operations
        .add(new PoliciesApi(publications, bundles))
        .add(new ReleasesApi(publications, bundles, versions, compliance))
        .add(new VersionsApi(versions))
        .add(new KeysApi(signed))
        .add(proposing)
        .add(
            new HoldsApi(
                publisher,
                new PublishedRules(publications),
                trips,
                brake -> new LettingGo(brake, trips, publications.stops(), proposals, clock),
                proposing))
        .add(new RiskApi(register, clock));
    return this;
  }

  /// What people sign on machines of their own.
  ///
  /// @param clock the one that the server signs by
  public PeopleApi offline(
      Database database,
      Drafts drafts,
      Releases releases,
      Supplier<Publisher> publisher,
      Publications publications,
      Compliance compliance,
      Proposals proposals,
      InstantSource clock) {
    Supplier<Offline> offline = () -> publisher.get().offline(clock);
    var reaching = new SignersCount(compliance, new Recognition(publications));
    operations
        .add(new HandingOutApi(drafts, releases, offline, reaching, new HandedOut(database, clock)))
        .add(new SignedDraftsApi(offline, releases, proposals));
    return this;
  }

  /// What is installed, and who looked at it.
  public PeopleApi installed(
      Database database, SoftwareReviews reviews, Supplier<Blocklist> inForce) {
    operations.add(new SoftwareApi(new Installed(database), reviews, inForce, viewing));
    return this;
  }

  /// Which workstations are in which ring.
  public PeopleApi rings(
      Database database,
      Audit audit,
      Supplier<Blocklist> inForce,
      Proposals proposals,
      InstantSource clock) {
    var register = new RingRegister(database, audit, clock);
    var proposing = new ProposalsApi(proposals, owners, clock);
    operations
        .add(
            new RingsApi(
                new DeviceRecords(database),
                register,
                new RingChanges(database, register, proposals),
                proposing,
                inForce))
        .add(new RingMovesApi(new RingMoves(database, audit, proposals), register, proposing));
    return this;
  }

  /// What an auditor takes home.
  public PeopleApi evidence(Database database, Audit audit, AuditPack pack, ZoneId zone) {
    operations.add(new AuditPackApi(database, audit, pack, places, viewing, zone));
    return this;
  }

  /// Pages that people keep, and what is told by mail and when.
  public PeopleApi views(
      Database database,
      SavedViews views,
      Schedules schedules,
      Supplier<Blocklist> inForce,
      InstantSource clock) {
    operations
        .add(new ViewsApi(views))
        .add(
            new SchedulesApi(
                schedules,
                views,
                new Deliveries(database),
                () ->
                    inForce.get().rules().stream()
                        .map(rule -> rule.id().value())
                        .collect(Collectors.toUnmodifiableSet()),
                clock));
    return this;
  }

  /// The places that are told of events.
  public PeopleApi webhooks(WebhookDesk desk) {
    operations.add(new WebhooksApi(desk));
    return this;
  }

  /// Exemptions.
  ///
  /// @param clock the one that the server signs by
  /// @param keys the folder of the server's keys
  public PeopleApi exemptions(
      Database database,
      InstantSource clock,
      Cases cases,
      Decisions decisions,
      ExemptionFiles files,
      PublishedRules published,
      Path keys,
      Compliance compliance) {
    operations
        .add(
            new ExemptionListsApi(
                cases, new CaseList(database), published, compliance, clock, viewing))
        .add(
            new ExemptionsApi(
                cases,
                new IssuedCodes(database),
                decisions,
                files,
                published,
                compliance,
                owners,
                viewing))
        .add(
            new CodesApi(
                database, cases, decisions, files, published, keys, compliance, owners, viewing));
    return this;
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
