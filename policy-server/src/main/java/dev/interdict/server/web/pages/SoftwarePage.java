package dev.interdict.server.web.pages;

import dev.interdict.server.web.Page;
import java.util.List;

/// `/software`: everything that devices told that they have, on how many of them, and where a rule
/// about it begins.
final class SoftwarePage implements Page {
  static final String PATH = "/software";

  private final Fleet fleet;

  SoftwarePage(Fleet fleet) {
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
            "software.jte",
            ask,
            PATH,
            "listSoftware",
            "software",
            fleet.clock(),
            List.of("q", "detector", "reviewed"),
            List.of());
    return new Shown(
        ask.words().text("software.title"),
        List.of(),
        list.and("reported", fleet.reportedRow()),
        0);
  }
}
