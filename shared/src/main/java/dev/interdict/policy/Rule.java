package dev.interdict.policy;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One ban: what it is about, how it is recognised, from when and with what notice it is enforced.
///
/// @param maxItemsPerDevice signed ceiling; more matches than this on one device hold the rule
///   there
/// @param keep the user's own data, as places below a home (`.claude`): never touched
/// @param stub what is left where its commands were; null for nothing
public record Rule(
    RuleId id,
    Tool tool,
    List<Matcher> match,
    Enforcement enforcement,
    Timeline timeline,
    Scope scope,
    int maxItemsPerDevice,
    List<String> keep,
    @Nullable Stub stub) {
  /// One that leaves nothing where a command was.
  public Rule(
      RuleId id,
      Tool tool,
      List<Matcher> match,
      Enforcement enforcement,
      Timeline timeline,
      Scope scope,
      int maxItemsPerDevice,
      List<String> keep) {
    this(id, tool, match, enforcement, timeline, scope, maxItemsPerDevice, keep, null);
  }

  public Rule {
    match = List.copyOf(match);
    keep = List.copyOf(keep);
  }

  /// Whether the rule, or its replacement, knows a program by its content.
  public boolean asksForDigests() {
    return Stream.concat(match.stream(), tool.replacement().identities().stream())
        .anyMatch(
            matcher -> matcher instanceof Matcher.OfProgram program && !program.sha256().isEmpty());
  }
}
