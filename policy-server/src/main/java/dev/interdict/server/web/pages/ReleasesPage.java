package dev.interdict.server.web.pages;

import dev.interdict.server.web.Page;
import java.util.List;

/// `/releases`: every list that was published, how far the newest has come, and who may sign.
final class ReleasesPage implements Page {
  static final String PATH = "/releases";

  private static final int REFRESH = 30;

  private final Fleet fleet;

  ReleasesPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var list =
        Listed.of(
            "releases.jte",
            ask,
            PATH,
            "listPolicies",
            "policies",
            fleet.clock(),
            List.of(),
            List.of());
    var beside =
        new Answered(ask)
            .with("rollout", "getRollout")
            .orWhy("keys", "listKeys")
            .with("drafts", "listDrafts", "state", "approved", "size", "50");
    for (var each : beside.answers().entrySet()) {
      list = list.and(each.getKey(), each.getValue());
    }
    var view = list.and("reported", fleet.reportedRow());
    return new Shown(ask.words().text("releases.title"), List.of(), view, REFRESH);
  }
}
