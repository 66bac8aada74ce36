package dev.interdict.server.web.pages;

import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.util.List;

/// A rule that left the list, and what it was.
///
/// @param versions newest first
public record GoneRule(String id, List<Row> versions, Clock clock) implements View {
  public GoneRule {
    versions = List.copyOf(versions);
  }

  @Override
  public String template() {
    return "rule-gone.jte";
  }
}
