package dev.interdict.server.web.pages;

import dev.interdict.identity.PackageUrl;
import dev.interdict.json.Json;
import dev.interdict.policy.RuleId;
import dev.interdict.server.draft.Template;
import dev.interdict.server.draft.YamlText;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import dev.interdict.server.web.View.Choice;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `/drafts/new`: from what a draft may begin.
public final class NewDraftPage implements Page {
  private static final String FORMER = "pkg:npm/%40example/tool";
  private static final String ALL = "1000";
  private static final int LONGEST_ID = 60;
  private static final int SHORTEST_ID = 2;

  private final Fleet fleet;

  /// What it shows.
  ///
  /// @param name what somebody wants a rule about; empty for nothing yet
  /// @param seen what devices told of that name
  /// @param content to begin with
  public record NewDraft(
      List<Choice> catalogue, List<Choice> published, String name, List<Row> seen, String content)
      implements View {
    public NewDraft {
      catalogue = List.copyOf(catalogue);
      published = List.copyOf(published);
      seen = List.copyOf(seen);
    }

    @Override
    public String template() {
      return "draft-new.jte";
    }
  }

  NewDraftPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return DraftsPage.PATH + "/new";
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var name = ask.query().text("name");
    var chosen = ask.query().text("catalogue");
    var rule = ask.query().text("rule");
    List<Row> seen =
        name.isEmpty()
            ? List.of()
            : ask.api()
                .read("listSoftware", Map.of("q", List.of(name), "size", List.of("8")))
                .rows("software");
    var view =
        new NewDraft(
            ask.api().read("listCatalogue", "size", ALL).rows("catalogue").stream()
                .map(each ->
                    new Choice(
                        each.text("id"),
                        each.text("name") + " · " + each.text("publisher"),
                        each.text("id").equals(chosen)))
                .toList(),
            fleet.rules().stream()
                .map(each ->
                    new Choice(
                        each.id().value(), each.tool().name(), each.id().value().equals(rule)))
                .toList(),
            name,
            seen,
            content(name, ask.query().text("identity")));
    return new Shown(
        words.text("draft.new"),
        List.of(new Crumb(words.text("nav.drafts"), DraftsPage.PATH)),
        view,
        0);
  }

  /// A rule with all fields; about one package, to the letter, where somebody comes from there. A
  /// device told its identity, so it is written as a value that cannot end before its end.
  private String content(String name, String identity) {
    var text = Template.rule(new RuleId(id(name)), fleet.time().instant());
    return isPackage(identity)
        ? text.replace(FORMER, YamlText.of(new Json.Text(identity)).strip())
        : text;
  }

  private static boolean isPackage(String identity) {
    try {
      return PackageUrl.parse(identity).toString().equals(identity);
    } catch (IllegalArgumentException e) {
      // Nothing, an application, or what no rule could name: the example stays.
      return false;
    }
  }

  /// An id of a name: letters and digits, the rest hyphens.
  static String id(String name) {
    var plain =
        Normalizer.normalize(name, Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^[^a-z]+|-+$", "");
    var id = plain.length() > LONGEST_ID ? plain.substring(0, LONGEST_ID) : plain;
    var whole = id.replaceAll("-+$", "");
    return whole.length() < SHORTEST_ID ? "example-tool" : whole;
  }
}
