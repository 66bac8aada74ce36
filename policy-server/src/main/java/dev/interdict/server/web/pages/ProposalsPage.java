package dev.interdict.server.web.pages;

import dev.interdict.server.web.Page;
import java.util.List;
import java.util.Map;

/// `/proposals`: what two people decide on besides rules, what is held, and what the circuit
/// breaker held.
public final class ProposalsPage implements Page {
  public static final String PATH = "/proposals";

  private final Fleet fleet;

  ProposalsPage(Fleet fleet) {
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
            "proposals.jte",
            ask,
            PATH,
            "listProposals",
            "proposals",
            fleet.clock(),
            List.of(),
            List.of());
    var hold = ask.api().read("getHold", Map.of());
    var trips = ask.api().read("listTrips", "size", "20");
    return new Shown(
        ask.words().text("proposals.title"),
        List.of(),
        list.and("hold", hold).and("trips", trips),
        0);
  }
}
