package dev.interdict.server.web.pages;

import dev.interdict.server.web.Href;
import dev.interdict.server.web.Row;
import dev.interdict.server.web.View;
import java.util.List;

/// The rings. Immutable.
///
/// @param answer what the API answered of the rings
/// @param rule whose states are shown; empty where none is published
/// @param rules all of them, with the stages in which each proceeds
/// @param together what the devices of small rings count as, which no ring of them tells; empty for
///   none
/// @param reported how old what their devices told is
public record RingsView(
    AnswersView answers,
    Row answer,
    String rule,
    List<Row> rules,
    List<Ring> rings,
    List<StateCount> together,
    Age reported)
    implements View {
  private static final String DEVICE = "device";

  public RingsView {
    rules = List.copyOf(rules);
    rings = List.copyOf(rings);
    together = List.copyOf(together);
  }

  /// A ring that devices are in, or that people described.
  ///
  /// @param states what its devices count as under the rule; empty of a small ring
  public record Ring(Row row, List<StateCount> states) {
    public Ring {
      states = List.copyOf(states);
    }
  }

  @Override
  public String template() {
    return answers.template();
  }

  /// The devices that somebody chose in a list, one a line; empty for none.
  public String devices() {
    return String.join("\n", answers.query().values(DEVICE));
  }

  /// This page with a ring chosen, for the same rule and devices.
  public Href to(String ring) {
    var href = Href.to(RingsPage.PATH).with("rule", rule).with("ring", ring);
    for (var device : answers.query().values(DEVICE)) {
      href = href.with(DEVICE, device);
    }
    return href;
  }

  /// Why the circuit breaker holds a rule; one without members where it does not.
  public Row trip(String held) {
    return answers.of("trips").rows("trips").stream()
        .filter(trip -> trip.text("rule").equals(held) && !trip.has("resumed"))
        .findFirst()
        .orElse(Row.NONE);
  }
}
