package dev.interdict.server.web.pages;

import dev.interdict.json.Fields;
import dev.interdict.json.Json;
import dev.interdict.policy.Rule;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.util.List;

/// One entry of the risk register.
///
/// @param written as the API tells it; without members where it is not there yet
/// @param tag the version that is shown
/// @param entry what the form begins with
/// @param rules published ones that stand on it
public record RiskView(String id, Row written, String tag, Row entry, List<Rule> rules, Clock clock)
    implements View {
  public RiskView {
    rules = List.copyOf(rules);
  }

  @Override
  public String template() {
    return "risk.jte";
  }

  /// Whether it is there.
  public boolean there() {
    return written.has("entry");
  }

  /// Whether it was to be reviewed before today.
  public boolean overdue() {
    return written.flag("overdue");
  }

  /// What a rule says of its product, as an entry would.
  static Row of(Rule rule) {
    var tool = rule.tool();
    var assessment = tool.assessment();
    var json = Json.object().put("name", tool.name()).put("risk", Fields.written(tool.risk()));
    if (assessment != null) {
      json.put("summary", assessment.summary())
          .put("evidence", Json.texts(assessment.evidence()))
          .put("reviewers", Json.texts(assessment.reviewers()));
    }
    return new Row(json.build());
  }
}
