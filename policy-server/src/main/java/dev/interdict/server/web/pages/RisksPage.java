package dev.interdict.server.web.pages;

import dev.interdict.policy.RuleId;
import dev.interdict.server.web.Page;
import java.util.List;

/// `/risks`: what the company thinks of each product and family, the next to be reviewed first, and
/// the rules that stand on nothing.
final class RisksPage implements Page {
  static final String PATH = "/risks";

  private static final String ENTRY = "entry";

  private final Fleet fleet;

  RisksPage(Fleet fleet) {
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
            "risks.jte",
            ask,
            PATH,
            "listRisks",
            "risks",
            fleet.clock(),
            List.of("overdue"),
            List.of());
    return new Shown(
        ask.words().text("risks.title"),
        List.of(),
        new RisksView(list, RiskStanding.of(ask.api(), fleet.rules(), ""), wanted(ask)),
        0);
  }

  /// The id of an entry that somebody wants to write; empty for none.
  private static String wanted(Ask ask) {
    var id = ask.query().text(ENTRY);
    return isId(id) ? id : "";
  }

  /// Whether an entry may have that id.
  static boolean isId(String id) {
    try {
      return new RuleId(id).value().equals(id);
    } catch (IllegalArgumentException e) {
      // The field of the page says how one is written.
      return false;
    }
  }
}
