package dev.interdict.server.web.pages;

import dev.interdict.server.web.Page;
import java.util.List;
import java.util.Map;

/// `/audit`: who did what, newest first, and whether the log's chain holds.
final class AuditPage implements Page {
  private static final String PATH = "/audit";

  private final Fleet fleet;

  AuditPage(Fleet fleet) {
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
            "audit.jte",
            ask,
            PATH,
            "listAudit",
            "audit",
            fleet.clock(),
            List.of("actor", "action", "object", "request", "from", "to", Listed.ZONE),
            List.of());
    // The whole chain is read, so only when somebody wants to know.
    if (ask.query().text("verify").equals("yes")) {
      list = list.and("verification", ask.api().read("verifyAudit", Map.of()));
    }
    return new Shown(ask.words().text("audit.title"), List.of(), list, 0);
  }
}
