package dev.interdict.server.web.pages;

import dev.interdict.server.web.Page;
import java.util.List;
import java.util.Map;

/// `/settings`: what this server is set up as; who changes it does so in its file.
final class SettingsPage implements Page {
  static final String PATH = "/settings";

  private final Fleet fleet;

  SettingsPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var server = ask.api().read("getServer", Map.of());
    var answers = new Answered(ask).with("software", "listSoftware", "size", "1");
    answers.answers().put("server", server);
    return new Shown(
        ask.words().text("settings.title"), List.of(), answers.shown("settings.jte", fleet), 0);
  }
}
