package dev.interdict.server.compliance;

import dev.interdict.server.scope.Scope;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which findings a list shows. An empty set or a null means any.
///
/// @param scope the departments that whoever asks sees
/// @param text part of a host name, or the start of a device id
public record FindingFilter(
    Scope scope,
    Set<String> rules,
    Set<String> departments,
    Set<String> os,
    Set<String> sources,
    @Nullable String text) {
  /// Every finding of the fleet.
  public static final FindingFilter ALL =
      new FindingFilter(Scope.WHOLE, Set.of(), Set.of(), Set.of(), Set.of(), null);

  public FindingFilter {
    rules = Set.copyOf(rules);
    departments = Set.copyOf(departments);
    os = Set.copyOf(os);
    sources = Set.copyOf(sources);
  }
}
