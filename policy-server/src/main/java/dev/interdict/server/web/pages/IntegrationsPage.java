package dev.interdict.server.web.pages;

import dev.interdict.server.web.Page;
import java.util.List;

/// `/integrations`: the systems that are told of events, whether they listen, and whether the
/// company's directory tells who has left.
final class IntegrationsPage implements Page {
  static final String PATH = "/integrations";

  private final Fleet fleet;

  IntegrationsPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var webhooks = ask.api().read("listWebhooks", "size", "100");
    var answers = new Answered(ask).with("server", "getServer").with("directory", "getDirectory");
    answers.answers().put("webhooks", webhooks);
    return new Shown(
        ask.words().text("integrations.title"),
        List.of(),
        answers.shown("integrations.jte", fleet),
        0);
  }
}
