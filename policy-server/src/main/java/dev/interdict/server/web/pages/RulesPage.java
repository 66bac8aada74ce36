package dev.interdict.server.web.pages;

import dev.interdict.policy.Rule;
import dev.interdict.server.compliance.Total;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Terms;
import dev.interdict.server.risk.Entry;
import dev.interdict.server.risk.OwnedRule;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Query;
import dev.interdict.server.web.View;
import dev.interdict.server.web.View.Choice;
import dev.interdict.server.web.View.Clock;
import dev.interdict.server.web.View.RuleHead;
import dev.interdict.server.web.Words;
import dev.interdict.server.web.chart.Miniature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// `/rules`: every published rule with its owner, its date and its count.
public final class RulesPage implements Page {
  static final String PATH = "/rules";

  private final Fleet fleet;

  /// What it shows.
  ///
  /// @param total devices of the fleet
  /// @param published rules, whatever `query` leaves out
  /// @param owners those that there are to choose from, written as addresses have them
  /// @param chips what is in force, each with the way to do without
  public record Rules(
      List<Line> lines,
      long published,
      List<Choice> owners,
      List<DevicesView.Removable> chips,
      Query query,
      long serial,
      long total,
      Age reported,
      Clock clock)
      implements View {
    public Rules {
      lines = List.copyOf(lines);
      owners = List.copyOf(owners);
      chips = List.copyOf(chips);
    }

    /// The same rows as a file.
    public Href export() {
      var href = Href.to("/export", "exportPublishedRules").with("sort", query.text("sort"));
      for (var owner : query.values("owner")) {
        href = href.with("owner", owner);
      }
      return href.with(Listed.ZONE, query.text(Listed.ZONE)).with("bom", "true");
    }

    /// The address that orders the rows by `key`, or the other way round where they are.
    public Href sorted(String key) {
      return query.at(PATH, "sort", query.text("sort").equals(key) ? "-" + key : key);
    }

    @Override
    public String template() {
      return "rules.jte";
    }
  }

  /// One rule.
  ///
  /// @param compliant devices that are clear or exempt
  public record Line(
      RuleHead rule, Owner owner, long has, long compliant, Href having, Miniature course) {}

  /// Who answers for a rule.
  ///
  /// @param name empty where nobody is named
  /// @param contact empty where it is not said
  /// @param named where it is said, or to be said
  public record Owner(String name, String contact, Href named) {
    static Owner of(OwnedRule owned) {
      return new Owner(
          owned.owner(),
          owned.contact(),
          Href.to(
              RisksPage.PATH, owned.entry().isEmpty() ? owned.rule().id().value() : owned.entry()));
    }

    /// What leads to somebody there: a mail address, or a page.
    public String address() {
      return contact.startsWith("https://")
          ? contact
          : contact.matches("[^\\s@<>,;:?&%]+@[^\\s@<>,;:?&%]+") ? "mailto:" + contact : "";
    }
  }

  RulesPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var entries = RiskStanding.entries(ask.api());
    try {
      return shown(ask, entries);
    } catch (IllegalArgumentException e) {
      return new Senseless();
    }
  }

  private Shown shown(Ask ask, Map<String, Entry> entries) {
    var words = ask.words();
    var rules = fleet.rules();
    var chosen = OwnedRule.asked(new Asked(ask.query().values()), rules, entries);
    var totals = new LinkedHashMap<OwnedRule, Total>();
    chosen.forEach(each -> totals.put(each, fleet.compliance().total(each.rule().id().value())));
    var oldest = totals.values().stream().map(Total::at).min(Comparator.naturalOrder());
    var owners = owners(rules, entries, words);
    var view =
        new Rules(
            totals.entrySet().stream()
                .map(each -> line(each.getKey(), each.getValue(), words))
                .toList(),
            rules.size(),
            owners,
            Chips.of(
                PATH, ask.query(), List.of("owner", Listed.ZONE), Map.of("owner", owners), words),
            ask.query(),
            fleet.published().get().serial(),
            fleet.deviceCount(),
            fleet.reported(),
            oldest.map(at -> new Clock(at, fleet.shown())).orElseGet(fleet::clock));
    return new Shown(words.text("rules.title"), List.of(), view, 15);
  }

  private static List<Choice> owners(List<Rule> rules, Map<String, Entry> entries, Words words) {
    var names = new TreeSet<String>(words.names());
    rules.forEach(rule -> names.add(OwnedRule.of(rule, entries).owner()));
    var choices = new ArrayList<Choice>();
    choices.add(new Choice("", words.text("filter.all"), false));
    names.forEach(name ->
        choices.add(
            new Choice(
                Terms.written(name),
                name.isEmpty() ? words.text("rules.owner.none") : name,
                false)));
    return choices;
  }

  private Line line(OwnedRule owned, Total now, Words words) {
    var rule = owned.rule();
    var head = fleet.head(rule, words);
    return new Line(
        head,
        Owner.of(owned),
        now.counts().hasIt(),
        now.counts().compliant(),
        Standings.having(rule.id().value()),
        new Miniature(Course.points(fleet, rule, now), head.announced(), head.effective()));
  }
}
