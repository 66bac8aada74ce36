package dev.interdict.server.web.pages;

import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.util.List;

/// The rings. Immutable.
///
/// @param rule whose states are shown; empty where none is published
/// @param rules all of them, with the stages in which each proceeds
public record RingsView(AnswersView answers, String rule, List<Row> rules, List<Ring> rings)
    implements View {
  public RingsView {
    rules = List.copyOf(rules);
    rings = List.copyOf(rings);
  }

  /// A ring that devices are in, or that people described.
  ///
  /// @param states what its devices count as under the rule
  public record Ring(Row row, List<StateCount> states) {
    public Ring {
      states = List.copyOf(states);
    }
  }

  @Override
  public String template() {
    return answers.template();
  }

  /// Why the circuit breaker holds a rule; one without members where it does not.
  public Row trip(String held) {
    return answers.of("trips").rows("trips").stream()
        .filter(trip -> trip.text("rule").equals(held) && !trip.has("resumed"))
        .findFirst()
        .orElse(Row.NONE);
  }
}
