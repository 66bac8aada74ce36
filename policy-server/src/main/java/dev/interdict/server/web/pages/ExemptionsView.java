package dev.interdict.server.web.pages;

import dev.interdict.server.web.Href;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requests and exemptions, one state at a time.
///
/// @param state of which the list is
/// @param rules the published ones, to filter by
public record ExemptionsView(
    List<Tab> tabs, String state, List<Choice> rules, Listed list, List<Line> lines, Clock clock)
    implements View {

  /// A state, and how many there are of it under the same filters.
  public record Tab(String label, long count, Href href, boolean current) {}

  /// One of the list.
  ///
  /// @param rule what people call it
  /// @param due by when somebody should decide; null where nobody has to
  public record Line(Row row, Href href, String rule, @Nullable Instant due) {}

  public ExemptionsView {
    tabs = List.copyOf(tabs);
    rules = List.copyOf(rules);
    lines = List.copyOf(lines);
  }

  @Override
  public String template() {
    return "exemptions.jte";
  }
}
