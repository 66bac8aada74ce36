package dev.interdict.server.web.pages;

import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import java.util.List;

/// `/settings/accounts`: who may sign in, and which programs.
final class AccountsPage implements Page {
  private static final String MOST = "200";

  private final Fleet fleet;

  AccountsPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return SettingsPage.PATH + "/accounts";
  }

  @Override
  public Outcome show(Ask ask) {
    var accounts = ask.api().read("listAccounts", "size", MOST);
    var answers = new Answered(ask).with("tokens", "listApiTokens", "size", MOST);
    answers.answers().put("accounts", accounts);
    return new Shown(
        ask.words().text("settings.accounts"),
        List.of(new Crumb(ask.words().text("settings.title"), SettingsPage.PATH)),
        answers.shown("accounts.jte", fleet),
        0);
  }
}
