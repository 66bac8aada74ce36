package dev.interdict.server.web.pages;

import dev.interdict.server.draft.YamlText;
import dev.interdict.server.web.Frame.Crumb;
import dev.interdict.server.web.Href;
import dev.interdict.server.web.Page;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.util.List;

/// `/rules/{id}/versions/{serial}`: a rule as one serial has it, which never changes.
public final class VersionPage implements Page {
  private final Fleet fleet;

  /// What it shows.
  ///
  /// @param row as the API tells it
  /// @param before the serial of the version before; empty for the first
  /// @param lines of its text; none where it left the list
  public record Version(
      String rule, Row row, String before, boolean newest, List<String> lines, Clock clock)
      implements View {
    public Version {
      lines = List.copyOf(lines);
    }

    @Override
    public String template() {
      return "rule-version.jte";
    }
  }

  VersionPage(Fleet fleet) {
    this.fleet = fleet;
  }

  @Override
  public String path() {
    return "/rules/{id}/versions/{serial}";
  }

  @Override
  public Outcome show(Ask ask) {
    var words = ask.words();
    var id = ask.place("id");
    var versions = RuleVersions.of(ask.api(), id);
    var row = RuleVersions.at(versions, ask.place("serial")).orElse(null);
    if (row == null) {
      return new Missing();
    }
    var at = versions.indexOf(row);
    var rule = RuleVersions.document(row);
    var before = at + 1 < versions.size() ? versions.get(at + 1) : Row.NONE;
    return new Shown(
        fleet.name(id) + " · " + words.text("way.serial", row.number("serial")),
        List.of(
            new Crumb(words.text("nav.rules"), "/rules"),
            new Crumb(fleet.name(id), Href.to("/rules", id).address())),
        new Version(
            id,
            row,
            before.has("rule") && rule != null ? before.text("serial") : "",
            at == 0,
            rule == null ? List.of() : YamlText.of(rule).lines().toList(),
            fleet.clock()),
        0);
  }
}
