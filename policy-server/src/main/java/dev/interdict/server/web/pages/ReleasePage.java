package dev.interdict.server.web.pages;

import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import java.util.List;

/// `/releases/{serial}`: one list: what it made different, its digests, who signed it, how to
/// verify it by hand.
final class ReleasePage implements Page {
  private final Fleet fleet;

  ReleasePage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return ReleasesPage.PATH + "/{serial}";
  }

  @Override
  public Outcome show(Ask ask) {
    var serial = ask.place("serial");
    var answers =
        new Answered(ask)
            .with("release", "describePolicy", "serial", serial)
            .with("rollout", "getRollout")
            .with("server", "getServer")
            .shown("release.jte", fleet);
    return new Shown(
        ask.words().text("releases.serial", answers.of("release").number("serial")),
        List.of(new Crumb(ask.words().text("releases.title"), ReleasesPage.PATH)),
        answers,
        0);
  }
}
