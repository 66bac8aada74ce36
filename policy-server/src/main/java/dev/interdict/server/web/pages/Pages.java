package dev.interdict.server.web.pages;

import dev.interdict.server.fleet.Looks;
import dev.interdict.server.query.Asked;
import dev.interdict.server.web.Page;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
            new Whole(fleet, AffectedPage::new),
            new Scoped(fleet, seen -> new DevicesPage(seen, looks)),
            new Scoped(fleet, seen -> new ChosenDevicesPage(seen, looks)),
            new Scoped(fleet, seen -> new DevicePage(seen, looks)),
            new Scoped(fleet, ExemptionsPage::new),
            new Scoped(fleet, ChosenExemptionsPage::new),
            new Whole(fleet, ExemptionPage::new),
            new Whole(fleet, SoftwarePage::new),
            new Whole(fleet, SoftwareDevicesPage::new),
            new Whole(fleet, MePage::new),
            new Whole(fleet, QueuePage::new),
            new Whole(fleet, QueueItemPage::new),
            new Whole(fleet, AuditPage::new),
            new Whole(fleet, EventsPage::new),
            new Whole(fleet, EnrolmentPage::new),
            new Whole(fleet, ReleasesPage::new),
            new Whole(fleet, SigningPage::new),
            new Whole(fleet, ReleasePage::new),
            new Whole(fleet, RingsPage::new),
            new Whole(fleet, ReportsPage::new),
            new Whole(fleet, IntegrationsPage::new),
            new Whole(fleet, WebhookPage::new),
            new Whole(fleet, SettingsPage::new),
            new Whole(fleet, AccountsPage::new),
            new Whole(fleet, RisksPage::new),
            new Whole(fleet, RiskPage::new),
            new Whole(fleet, DraftsPage::new),
            new Whole(fleet, NewDraftPage::new),
            new Whole(fleet, DraftPage::new),
            new Whole(fleet, ProposalsPage::new),
            new Whole(fleet, ProposalPage::new),
            new Whole(fleet, VersionPage::new),
            new Whole(fleet, DiffPage::new));
    pages.forEach(page -> paths.add(page.path()));
    return pages;
  }

  /// A page that has all it tells of the fleet from the API, which knows who asks.
  private record Whole(Fleet whole, Function<Fleet, Page> page) implements Page {
    @Override
    public String path() {
      return page.apply(whole).path();
    }

    @Override
    public Outcome show(Ask ask) {
      return shown(whole, page, ask);
    }
  }

  /// Every page tells the time in the zone that the address names.
  private static Page.Outcome shown(Fleet seen, Function<Fleet, Page> page, Page.Ask ask) {
    @Nullable ZoneId zone;
    try {
      zone = new Asked(ask.query().values()).zone();
    } catch (IllegalArgumentException e) {
      return new Page.Senseless(e);
    }
    return page.apply(seen.in(zone)).show(ask);
  }

  /// A page over what whoever asks may see of the fleet, so that no page can show more.
  private record Scoped(Fleet whole, Function<Fleet, Page> page) implements Page {
    @Override
    public String path() {
      return page.apply(whole).path();
    }

    @Override
    public Outcome show(Ask ask) {
      return shown(whole.within(ask.session().scope()), page, ask);
    }
  }
}
