package dev.interdict.server.web.pages;

import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import java.util.List;

/// `/releases/signing`: what people sign on machines of their own: fetched here, and brought back;
/// shown as this server verifies it before anything is published.
final class SigningPage implements Page {
  static final String PATH = ReleasesPage.PATH + "/signing";

  private final Fleet fleet;

  SigningPage(Fleet fleet) {
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
            .orWhy("keys", "listKeys")
            .with("drafts", "listDrafts", "signable", "true", "size", "50")
            .shown("signing.jte", fleet);
    return new Shown(
        ask.words().text("signing.title"),
        List.of(new Crumb(ask.words().text("releases.title"), ReleasesPage.PATH)),
        answers,
        0);
  }
}
