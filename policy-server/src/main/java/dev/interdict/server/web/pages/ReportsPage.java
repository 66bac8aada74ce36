package dev.interdict.server.web.pages;

import dev.interdict.server.web.Page;
import java.util.List;

/// `/reports`: whole lists as files, and the evidence of a period.
final class ReportsPage implements Page {
  private static final String PATH = "/reports";

  private final Fleet fleet;

  ReportsPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var answers =
        new Answered(ask)
            .with("rules", "getRings");
    return new Shown(
        ask.words().text("reports.title"), List.of(), answers.shown("reports.jte", fleet), 0);
  }
}
