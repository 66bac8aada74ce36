package dev.interdict.server.web.pages;

import dev.interdict.server.fleet.Looks;
import dev.interdict.server.web.Page;
import java.util.List;

/// The list of pages: what stands here is served, signed-in only, and smoke-tested.
public final class Pages {
  private Pages() {}

  /// All pages, over one fleet.
  ///
  /// @param looks where it is kept who looked at which device
  public static List<Page> of(Fleet fleet, Looks looks) {
    return List.of(
        new OverviewPage(fleet),
        new RulesPage(fleet),
        new RulePage(fleet),
        new DevicesPage(fleet),
        new DevicePage(fleet, looks));
  }
}
