package dev.interdict.server.web.pages;

import dev.interdict.server.web.Href;
import dev.interdict.server.web.View;
import java.util.List;

/// The list of rules.
///
/// @param total devices of the fleet
public record RulesView(List<Line> lines, long serial, long total, Clock clock) implements View {

  /// One rule.
  ///
  /// @param course devices that had it, oldest first
  public record Line(RuleHead rule, long has, long clear, Href having, List<Long> course) {
    public Line {
      course = List.copyOf(course);
    }
  }

  public RulesView {
    lines = List.copyOf(lines);
  }

  @Override
  public String template() {
    return "rules.jte";
  }
}
