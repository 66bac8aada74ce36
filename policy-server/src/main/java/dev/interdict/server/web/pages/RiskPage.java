package dev.interdict.server.web.pages;

import dev.interdict.server.http.RefusedException;
import dev.interdict.server.web.Asking.Tagged;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    var there = answer.row().has("entry");
    // A new entry begins with what the published rule says of its product, if there is one.
    var entry =
        there ? answer.row().row("entry") : fleet.rule(id).map(RiskView::of).orElse(Row.NONE);
    return new Shown(
        entry.has("name") ? entry.text("name") : id,
        List.of(new Crumb(ask.words().text("risks.title"), RisksPage.PATH)),
        new RiskView(
            id,
            answer.row(),
            answer.tag(),
            entry,
            RiskStanding.of(ask.api(), fleet.rules(), id).on(id),
            fleet.clock()),
        0);
  }

  private static @Nullable Tagged answer(Ask ask, String id) {
    try {
      return ask.api().tagged("getRisk", "entry", id);
    } catch (RefusedException e) {
      if (e.response().status() != 404) {
        throw e;
      }
      return ask.api().may("putRisk") && RisksPage.isId(id)
          ? new Tagged(Row.NONE, RisksView.NEW)
          : null;
    }
  }
}
