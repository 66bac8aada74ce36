package dev.interdict.server.failures;

import dev.interdict.server.failures.FailureRow.State;
import dev.interdict.server.scope.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which failures are meant; an empty set or a null means any.
///
/// @param owner an account's name, or [#NOBODY]
/// @param before only those that have not succeeded since before this
/// @param scope the departments that whoever asks sees
public record FailureFilter(
    Set<State> states,
    @Nullable String rule,
    @Nullable String error,
    @Nullable String owner,
    @Nullable String department,
    @Nullable String os,
    @Nullable Instant before,
    Scope scope) {
  /// Those that nobody looks after.
  public static final String NOBODY = "nobody";

  /// All that need hands.
  public static final FailureFilter OPEN =
      new FailureFilter(Set.of(State.OPEN), null, null, null, null, null, null);

  /// For somebody who sees the whole fleet.
  public FailureFilter(
      Set<State> states,
      @Nullable String rule,
      @Nullable String error,
      @Nullable String owner,
      @Nullable String department,
      @Nullable String os,
      @Nullable Instant before) {
    this(states, rule, error, owner, department, os, before, Scope.WHOLE);
  }

  public FailureFilter {
    states = Set.copyOf(states);
  }
}
