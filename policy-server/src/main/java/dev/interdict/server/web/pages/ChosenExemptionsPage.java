package dev.interdict.server.web.pages;

import dev.interdict.policy.RuleId;
import dev.interdict.report.DeviceId;
import dev.interdict.server.compliance.Evidence;
import dev.interdict.server.compliance.Evidence.On;
import dev.interdict.server.http.LocalPath;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.Sent;
import dev.interdict.server.web.pages.ChosenExemptionsView.Line;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// `/exemptions/chosen`: several requests and exemptions with what was found, and the forms that
/// decide on all of them alike. What is sent names each with what was seen of it here, so that
/// nothing is decided that nobody looked at. After a decision that failed for some these are left,
/// with what was typed.
final class ChosenExemptionsPage implements Page {
  static final String PATH = ExemptionsPage.PATH + "/chosen";

  /// In an address: the list that they were chosen in.
  static final String LIST = "of";

  /// In an address: a device and a rule, with a colon between.
  static final String ROW = "row";

  private final Fleet fleet;

  ChosenExemptionsPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var list = list(ask.query());
    var chosen = chosen(ask);
    if (list == null || chosen == null || chosen.size() > ExemptionsPage.ROWS) {
      return new Senseless();
    }
    var words = ask.words();
    var evidence = fleet.compliance().evidence(chosen);
    var standing = standing(ask, chosen);
    var lines = new ArrayList<Line>();
    for (var on : chosen) {
      var row = standing.get(on);
      // Who left the fleet, or the part of it that they see: there is nothing to decide.
      if (row != null) {
        lines.add(line(ask, on, row, evidence.get(on)));
      }
    }
    var view =
        new ChosenExemptionsView(
            new Href(list),
            lines,
            chosen.size() - lines.size(),
            zone(lines, ask.sent()),
            ask.session().account(),
            fleet.clock());
    return new Shown(
        words.text("chosen-exemptions.title"),
        List.of(new Crumb(words.text("exemptions.title"), list)),
        view,
        0);
  }

  private static @Nullable String list(Query query) {
    var list = query.values().getOrDefault(LIST, List.of(ExemptionsPage.PATH)).getFirst();
    return LocalPath.is(list)
            && (list.equals(ExemptionsPage.PATH) || list.startsWith(ExemptionsPage.PATH + "?"))
        ? list
        : null;
  }

  /// Those that the address names, or that just failed; null where it makes no sense.
  private static @Nullable Set<On> chosen(Ask ask) {
    var sent = ask.sent();
    var failed = sent == null ? List.<Row>of() : sent.failed();
    var chosen = new LinkedHashSet<On>();
    failed.forEach(row -> chosen.add(new On(row.text("device"), row.text("rule"))));
    if (failed.isEmpty()) {
      for (var row : ask.query().values(ROW)) {
        var colon = Math.max(0, row.indexOf(':'));
        chosen.add(
            new On(row.substring(0, colon), row.substring(Math.min(row.length(), colon + 1))));
      }
    }
    try {
      for (var on : chosen) {
        var _ = new DeviceId(on.device());
        var _ = new RuleId(on.rule());
      }
      return chosen;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// What there is to decide of each.
  private static Map<On, Row> standing(Ask ask, Set<On> chosen) {
    var standing = new HashMap<On, Row>();
    if (!chosen.isEmpty()) {
      var names = chosen.stream().map(on -> on.device() + ':' + on.rule()).toList();
      for (var row :
          ask.api().read("listStandingExemptions", Map.of("of", names)).rows("standing")) {
        standing.put(new On(row.text("device"), row.text("rule")), row);
      }
    }
    return standing;
  }

  private Line line(Ask ask, On on, Row row, @Nullable Evidence evidence) {
    var waiting = row.row("waiting");
    return new Line(
        on.device(),
        row.text("host").isEmpty() ? on.device() : row.text("host"),
        Href.to(Href.to(ExemptionsPage.PATH, on.device()).address(), on.rule()),
        on.rule(),
        fleet.name(on.rule()),
        row.text("seen"),
        row.row("request"),
        waiting,
        row.row("holding"),
        ExemptionPage.barred(row, waiting, ask, ask.words()),
        fleet.shown(on.rule()),
        evidence);
  }

  /// In which an end is typed: the rules' where it is one, else the page's own. What was typed
  /// stays in the one that it was typed in, though fewer rules are left.
  private ZoneId zone(List<Line> lines, @Nullable Sent sent) {
    if (sent != null && !sent.value("_zone").isEmpty()) {
      try {
        return ZoneId.of(sent.value("_zone"));
      } catch (DateTimeException e) {
        // As if nothing had been typed.
      }
    }
    var zones = new TreeSet<String>();
    lines.forEach(line -> zones.add(line.zone().getId()));
    return zones.size() == 1 ? ZoneId.of(zones.first()) : fleet.shown();
  }
}
