package dev.interdict.server.web.pages;

import dev.interdict.server.fleet.Looks;
import dev.interdict.server.web.Page;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/// The list of pages: what stands here is served, signed-in only, and smoke-tested.
public final class Pages {
  private Pages() {}

  /// All pages, over one fleet.
  ///
  /// @param looks where it is kept who looked at which device
  public static List<Page> of(Fleet fleet, Looks looks) {
    var paths = new HashSet<String>();
    var pages =
        List.<Page>of(
            new Scoped(fleet, seen -> new OverviewPage(seen, paths::contains)),
            new Scoped(fleet, RulesPage::new),
            new Scoped(fleet, RulePage::new),
            new AffectedPage(fleet),
            new Scoped(fleet, seen -> new DevicesPage(seen, looks)),
            new Scoped(fleet, seen -> new ChosenDevicesPage(seen, looks)),
            new Scoped(fleet, seen -> new DevicePage(seen, looks)),
            new Scoped(fleet, ExemptionsPage::new),
            new Scoped(fleet, ChosenExemptionsPage::new),
            new ExemptionPage(fleet),
            new SoftwarePage(fleet),
            new SoftwareDevicesPage(fleet),
            new MePage(fleet),
            new QueuePage(fleet),
            new QueueItemPage(fleet),
            new AuditPage(fleet),
            new EventsPage(fleet),
            new EnrolmentPage(fleet),
            new ReleasesPage(fleet),
            new SigningPage(fleet),
            new ReleasePage(fleet),
            new RingsPage(fleet),
            new ReportsPage(fleet),
            new IntegrationsPage(fleet),
            new WebhookPage(fleet),
            new SettingsPage(fleet),
            new AccountsPage(fleet),
            new RisksPage(fleet),
            new RiskPage(fleet),
            new DraftsPage(fleet),
            new NewDraftPage(fleet),
            new DraftPage(fleet),
            new ProposalsPage(fleet),
            new ProposalPage(fleet),
            new VersionPage(fleet),
            new DiffPage(fleet));
    pages.forEach(page -> paths.add(page.path()));
    return pages;
  }

  /// A page over what whoever asks may see of the fleet, so that no page can show more.
  private record Scoped(Fleet whole, Function<Fleet, Page> page) implements Page {
    @Override
    public String path() {
      return page.apply(whole).path();
    }

    @Override
    public Outcome show(Ask ask) {
      return page.apply(whole.within(ask.session().scope())).show(ask);
    }
  }
}
