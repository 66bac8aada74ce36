package dev.interdict.server.web.pages;

import dev.interdict.server.web.Page;
import java.util.List;

/// `/reports`: pages that are kept by name, summaries that go out by mail, the evidence of a
/// period, and whole lists as files.
final class ReportsPage implements Page {
  private static final String PATH = "/reports";
  private static final String MOST = "200";

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
            .with("rules", "getRings")
            .with("views", "listViews", "size", MOST)
            .with("schedules", "listReportSchedules", "size", MOST);
    return new Shown(
        ask.words().text("reports.title"), List.of(), answers.shown("reports.jte", fleet), 0);
  }
}
