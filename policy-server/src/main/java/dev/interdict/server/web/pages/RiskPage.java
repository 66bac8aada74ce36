package dev.interdict.server.web.pages;

import dev.interdict.server.http.RefusedException;
import dev.interdict.server.web.Asking.Tagged;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import java.util.List;

/// `/risks/{entry}`: one entry of the risk register, and the rules that stand on it; or the form
/// for one that is not there yet, for whoever may write it.
final class RiskPage implements Page {
  private final Fleet fleet;

  RiskPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return RisksPage.PATH + "/{entry}";
  }

  @Override
  public Outcome show(Ask ask) {
    var id = ask.place("entry");
    var answer = answer(ask, id);
    if (answer == null) {
      return new Missing();
    }
    var entry = answer.row().row("entry");
    var rules =
        fleet.rules().stream()
            .filter(rule -> rule.id().value().equals(id) || id.equals(rule.tool().family()))
            .toList();
    var title = entry.has("name") ? entry.text("name") : id;
    return new Shown(
        title,
        List.of(new Crumb(ask.words().text("risks.title"), RisksPage.PATH)),
        new RiskView(
            id,
            answer.row(),
            answer.tag(),
            answer.tag().equals(RisksView.NEW) ? RisksPage.begun(fleet, id) : entry,
            rules,
            RisksPage.today(fleet),
            fleet.clock()),
        0);
  }

  private static @org.jspecify.annotations.Nullable Tagged answer(Ask ask, String id) {
    try {
      return ask.api().tagged("getRisk", "entry", id);
    } catch (RefusedException e) {
      var begins = e.response().status() == 404 && ask.api().may("putRisk") && RisksPage.isId(id);
      if (e.response().status() != 404) {
        throw e;
      }
      return begins ? new Tagged(Row.NONE, RisksView.NEW) : null;
    }
  }
}
