package dev.interdict.server.failures;

import dev.interdict.server.failures.FailureRow.State;
import dev.interdict.server.query.Asked;
import dev.interdict.server.query.Order;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which failures are meant, and in which order.
///
/// @param states empty for any
/// @param owners accounts' names; the empty name is nobody's
/// @param text part of a host name, or the start of a device id
/// @param before only those that have not succeeded since before this
/// @param scope the departments that whoever asks sees
/// @param falling the shortest failing first instead of the longest
public record FailureFilter(
    Set<State> states,
    Terms rules,
    Terms errors,
    Terms owners,
    Terms departments,
    Terms os,
    Terms rings,
    @Nullable String text,
    @Nullable Instant before,
    Scope scope,
    boolean falling) {
  /// Those that nobody looks after.
  public static final String NOBODY = "nobody";

  /// All that need hands.
  public static final FailureFilter OPEN = read(Scope.WHOLE, Asked.NOTHING, null);

  public FailureFilter {
    states = Set.copyOf(states);
  }

  /// The filter that the keys `state, rule, class, owner, dept, os, ring, q, sort` name; open
  /// failures where no state is named.
  ///
  /// @throws IllegalArgumentException if one of them cannot be
  public static FailureFilter read(Scope scope, Asked asked, @Nullable Instant before) {
    var states = asked.chosen("state", List.of(State.values()), State::word);
    return new FailureFilter(
        states.isEmpty() ? Set.of(State.OPEN) : states,
        asked.names("rule"),
        asked.names("class"),
        asked.names("owner").map(name -> name.equals(NOBODY) ? "" : name),
        asked.names("dept"),
        asked.systems(),
        asked.names("ring"),
        asked.text("q"),
        before,
        scope,
        asked.order("since").map(Order::falling).orElse(false));
  }
}
