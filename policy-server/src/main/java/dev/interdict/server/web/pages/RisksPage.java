package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleId;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// `/risks`: what the company thinks of each product and family, the next to be reviewed first, and
/// the rules that stand on nothing.
final class RisksPage implements Page {
  static final String PATH = "/risks";

  private static final String MOST = "1000";
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
    var known =
        ask.api().read("listRisks", Map.of("size", List.of(MOST))).rows("risks").stream()
            .map(each -> each.row(ENTRY).text("id"))
            .collect(Collectors.toSet());
    var standing = new LinkedHashMap<String, List<Rule>>();
    var bare = new ArrayList<Rule>();
    for (var rule : fleet.rules()) {
      var family = rule.tool().family();
      if (known.contains(rule.id().value())) {
        standing.computeIfAbsent(rule.id().value(), _ -> new ArrayList<>()).add(rule);
      } else if (family != null && known.contains(family)) {
        standing.computeIfAbsent(family, _ -> new ArrayList<>()).add(rule);
      } else {
        bare.add(rule);
      }
    }
    return new Shown(
        ask.words().text("risks.title"),
        List.of(),
        new RisksView(list, standing, bare, wanted(ask), today(fleet)),
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

  /// The day by which a review is judged overdue, as lint judges it.
  static LocalDate today(Fleet fleet) {
    return fleet.now().atZone(ZoneOffset.UTC).toLocalDate();
  }

  /// What a new entry begins with: what the published rule says of its product, if there is one.
  static Row begun(Fleet fleet, String id) {
    return fleet.rule(id).map(RiskView::of).orElse(Row.NONE);
  }
}
