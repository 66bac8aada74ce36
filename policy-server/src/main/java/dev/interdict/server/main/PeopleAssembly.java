package dev.interdict.server.main;

import dev.interdict.server.access.AccountDesk;
import dev.interdict.server.api.Pace;
import dev.interdict.server.api.PeopleApi;
import dev.interdict.server.compliance.Daily;
import dev.interdict.server.events.Links;
import dev.interdict.server.evidence.AuditPack;
import dev.interdict.server.exemptions.RequestDesk;
import dev.interdict.server.failures.FailureDesk;
import dev.interdict.server.failures.FailureQueue;
import dev.interdict.server.fleet.Rescans;
import dev.interdict.server.fleet.expected.Departures;
import dev.interdict.server.fleet.expected.Erasure;
import dev.interdict.server.fleet.expected.OwnDevices;
import dev.interdict.server.idempotency.Once;
import dev.interdict.server.proposal.Proposals;
import dev.interdict.server.publish.InForce;
import dev.interdict.server.retirement.Retirements;
import dev.interdict.server.review.SampleHosts;
import dev.interdict.server.risk.SoftwareReviews;
import dev.interdict.server.scim.Directory;
import dev.interdict.server.views.SavedViews;
import dev.interdict.server.views.Schedules;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/// Puts together the API for people out of the slices that a server runs on.
public final class PeopleAssembly {
  private PeopleAssembly() {}

  /// The API for people over these parts.
  ///
  /// @param governance by which they decide over it; null if nothing is decided
  public static PeopleApi of(Parts parts, Daily daily, @Nullable Governance governance) {
    var database = parts.database();
    var proposals = new Proposals(database, parts.audit(), parts.clock());
    var retirements =
        new Retirements(
            database, new Departures(parts.audit(), parts.clock()), proposals, parts.clock());
    var links = governance == null ? new Links("") : governance.links();
    var once = new Once(database, parts.clock());
    var api =
        new PeopleApi(
                parts.gate(), once, Pace.standard(parts.clock()), parts.apiTokens(), parts.looks())
            .sessions(parts.accounts(), parts.sessions(), parts.factors(), parts.commandLines())
            .own(parts.accounts(), new OwnDevices(database), parts.looks())
            .reading(database, parts.audit(), parts.compliance(), daily, links)
            .fleet(
                parts.expected(),
                parts.admissions(),
                new Erasure(parts.database(), parts.audit(), SampleHosts::forget, parts.clock()),
                parts.tokens(),
                new Rescans(database, parts.audit(), parts.clock()))
            .retirement(retirements, proposals, parts.clock())
            .accounts(
                parts.accounts(),
                new AccountDesk(database, parts.audit(), parts.clock()),
                parts.factors(),
                parts.apiTokens(),
                parts.clock())
            .directory(
                new Directory(database, parts.audit(), parts.clock()),
                parts.apiTokens(),
                links,
                parts.clock())
            .queue(
                database,
                parts.audit(),
                new FailureQueue(database),
                new FailureDesk(database, parts.audit(), parts.clock()),
                parts.accounts());
    if (governance != null) {
      api.governing()
          .rules(
              governance.drafts(),
              governance.examiner(),
              governance.previews(),
              governance.reviews(),
              governance.releases(),
              governance.publisher())
          .published(
              database,
              parts.audit(),
              governance.publications(),
              parts.signed(),
              parts.compliance(),
              governance.publisher(),
              governance.trips(),
              governance.register(),
              proposals,
              retirements,
              parts.clock())
          .exemptions(
              database,
              parts.audit(),
              governance.clock(),
              governance.cases(),
              governance.decisions(),
              governance.exemptionFiles(),
              governance.examiner().published(),
              governance.keys(),
              parts.compliance())
          .requests(
              database,
              parts.accounts(),
              new OwnDevices(database),
              new RequestDesk(
                  database,
                  parts.audit(),
                  governance.clock(),
                  governance.decisions(),
                  new InForce(governance.publications())))
          .offline(
              database,
              governance.drafts(),
              governance.releases(),
              governance.publisher(),
              governance.publications(),
              parts.compliance(),
              proposals,
              governance.clock())
          .installed(
              database,
              new SoftwareReviews(database, parts.audit(), parts.clock()),
              new InForce(governance.publications()))
          .rings(
              database,
              parts.audit(),
              new InForce(governance.publications()),
              proposals,
              retirements,
              parts.clock())
          .evidence(
              database,
              parts.audit(),
              new AuditPack(
                  database, governance.publications(), parts.signed(), daily, parts.clock()),
              daily.zone())
          .views(
              database,
              new SavedViews(database, parts.audit(), parts.clock(), new SecureRandom()),
              new Schedules(database, parts.audit(), parts.clock(), new SecureRandom()),
              new InForce(governance.publications()),
              governance.mail()::checked,
              parts.clock())
          .webhooks(governance.webhooks())
          .outlets(governance.mail(), governance.syslog());
    }
    return api;
  }
}
