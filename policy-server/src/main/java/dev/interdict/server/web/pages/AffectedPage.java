package dev.interdict.server.web.pages;

import dev.interdict.server.query.Terms;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Query;
import java.util.List;

/// `/people`: those whose workstations still have a rule's software, which the overview counts.
public final class AffectedPage implements Page {
  static final String PATH = "/people";

  private final Fleet fleet;

  AffectedPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var rule = ask.query().text("rule");
    if (rule.isEmpty()) {
      return new Senseless();
    }
    var list =
        Listed.of(
            "people.jte",
            ask,
            PATH,
            "listPeople",
            "people",
            fleet.clock(),
            List.of("rule", "dept", "os", "ring"),
            List.of());
    return new Shown(
        words.text("people.title", fleet.name(rule)),
        List.of(new Crumb(words.text("nav.overview"), Href.to("/").with("rule", rule).address())),
        list,
        0);
  }

  /// The devices behind the number of one of them.
  public static Href devices(Query query, String person) {
    return Narrowed.of(query)
        .to(Standings.having(query.text("rule")))
        .with("owner", Terms.written(person));
  }
}
