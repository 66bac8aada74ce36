package dev.interdict.server.api;

import dev.interdict.policy.Blocklist;
import dev.interdict.server.access.Accounts;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.breaker.Trips;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.DeviceRecords;
import dev.interdict.server.compliance.Installed;
import dev.interdict.server.evidence.AuditPack;
import dev.interdict.server.exemptions.CaseList;
import dev.interdict.server.exemptions.Cases;
import dev.interdict.server.exemptions.Decisions;
import dev.interdict.server.exemptions.ExemptionFiles;
import dev.interdict.server.exemptions.FiledRequests;
import dev.interdict.server.exemptions.IssuedCodes;
import dev.interdict.server.exemptions.RequestDesk;
import dev.interdict.server.fleet.expected.OwnDevices;
import dev.interdict.server.mail.Deliveries;
import dev.interdict.server.mail.MailDesk;
import dev.interdict.server.proposal.LettingGo;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.HandedOut;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.publish.Offline;
import dev.interdict.server.publish.PolicyBundle;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.PublishedRules;
import dev.interdict.server.publish.Publisher;
import dev.interdict.server.publish.Recognition;
import dev.interdict.server.publish.RuleVersions;
import dev.interdict.server.retirement.Retirements;
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
import dev.interdict.server.syslog.SyslogDesk;
import dev.interdict.server.views.SavedViews;
import dev.interdict.server.views.Schedules;
import dev.interdict.server.webhooks.WebhookDesk;
import dev.interdict.trust.repository.RepositoryFiles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/// What people decide over the fleet, put together from the slices that it speaks for: rules and
/// their lists, exemptions, rings, reports.
public final class GoverningApi {
  private final Operations operations;
  private final Owners owners;
  private final Viewing viewing;
  private final ExportPlaces places;

  /// @param operations to which they are added
  GoverningApi(Operations operations, Owners owners, Viewing viewing, ExportPlaces places) {
    this.operations = operations;
    this.owners = owners;
    this.viewing = viewing;
    this.places = places;
  }

  /// Rules, from their draft on.
  public GoverningApi rules(
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
  public GoverningApi published(
      Database database,
      Audit audit,
      Publications publications,
      RepositoryFiles signed,
      Compliance compliance,
      Supplier<Publisher> publisher,
      Trips trips,
      Register register,
      Proposals proposals,
      Retirements retirements,
      InstantSource clock) {
    var proposing = new ProposalsApi(proposals, retirements, owners, clock);
    var bundles = new PolicyBundle(publications, signed);
    var versions = new RuleVersions(publications);
    var rules = new PublishedRulesApi(new InForce(publications), compliance, register);
    operations
        .add(new PoliciesApi(publications, bundles))
        .add(new ReleasesApi(publications, bundles, versions, compliance))
        .add(new VersionsApi(versions))
        .add(rules)
        .add(ExportsApi.toViewers(database, audit, places, rules.list(), "exportPublishedRules"))
        .add(new OutlookApi(compliance, new InForce(publications)))
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
  public GoverningApi offline(
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
  public GoverningApi installed(
      Database database, SoftwareReviews reviews, Supplier<Blocklist> inForce) {
    operations.add(new SoftwareApi(new Installed(database), reviews, inForce, viewing));
    return this;
  }

  /// Which workstations are in which ring.
  public GoverningApi rings(
      Database database,
      Audit audit,
      Supplier<Blocklist> inForce,
      Proposals proposals,
      Retirements retirements,
      InstantSource clock) {
    var register = new RingRegister(database, audit, clock);
    var proposing = new ProposalsApi(proposals, retirements, owners, clock);
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
  public GoverningApi evidence(Database database, Audit audit, AuditPack pack, ZoneId zone) {
    operations.add(new AuditPackApi(database, audit, pack, places, viewing, zone));
    return this;
  }

  /// Pages that people keep, and what is told by mail and when.
  public GoverningApi views(
      Database database,
      SavedViews views,
      Schedules schedules,
      Supplier<Blocklist> inForce,
      UnaryOperator<String> recipient,
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
                recipient,
                clock));
    return this;
  }

  /// The places that are told of events.
  public GoverningApi webhooks(WebhookDesk desk) {
    operations.add(new WebhooksApi(desk));
    return this;
  }

  /// Tests of the other systems that `server.yaml` names.
  public GoverningApi outlets(MailDesk mail, SyslogDesk syslog) {
    operations.add(new OutletsApi(mail, syslog));
    return this;
  }

  /// Exemptions.
  ///
  /// @param clock the one that the server signs by
  /// @param keys the folder of the server's keys
  public GoverningApi exemptions(
      Database database,
      Audit audit,
      InstantSource clock,
      Cases cases,
      Decisions decisions,
      ExemptionFiles files,
      PublishedRules published,
      Path keys,
      Compliance compliance) {
    var lists =
        new ExemptionListsApi(cases, new CaseList(database), published, compliance, clock, viewing);
    var deciding = new Deciding(cases, new FiledRequests(database), decisions, owners, compliance);
    operations
        .add(lists)
        .add(ExportsApi.toViewers(database, audit, places, lists.list(), "exportExemptions"))
        .add(new ExemptionsApi(new IssuedCodes(database), deciding, files, published, viewing))
        .add(new StandingExemptionsApi(cases, published, viewing))
        .add(new SeveralExemptionsApi(deciding, files, viewing))
        .add(
            new CodesApi(
                database, cases, decisions, files, published, keys, compliance, owners, viewing));
    return this;
  }

  /// What employees ask for, of devices of their own.
  public GoverningApi requests(
      Database database, Accounts accounts, OwnDevices own, RequestDesk desk) {
    operations.add(new MyRequestsApi(new Owning(accounts, own), desk, new FiledRequests(database)));
    return this;
  }
}
