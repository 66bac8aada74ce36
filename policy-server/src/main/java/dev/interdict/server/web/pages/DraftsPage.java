package dev.interdict.server.web.pages;

import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import java.util.List;
import java.util.Map;

/// `/drafts`: what is being written, what waits for a second person, and what else two people
/// decide on.
final class DraftsPage implements Page {
  static final String PATH = "/drafts";

  private final Fleet fleet;

  DraftsPage(Fleet fleet) {
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
            "drafts.jte",
            ask,
            PATH,
            "listDrafts",
            "drafts",
            fleet.clock(),
            List.of("state", "closed"),
            List.of());
    if (ask.api().may("listProposals")) {
      list = list.and("proposals", ask.api().read("listProposals", Map.of()));
    }
    return new Shown(ask.words().text("nav.drafts"), List.of(), list, 0);
  }

  /// Proposals that somebody has to decide on.
  static List<Row> waiting(Row proposals) {
    return proposals.rows("proposals").stream()
        .filter(each -> each.text("state").equals("open"))
        .toList();
  }
}
