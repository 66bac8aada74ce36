package dev.interdict.agent.platform;

import java.util.Map;

/// Whether what a process writes may be coloured.
public final class TerminalColour {
  private TerminalColour() {}

  /// Whether a stream may be coloured: only a terminal, only one that can, and never against
  /// `NO_COLOR` (any value that is not empty, as no-color.org has it).
  public static boolean permitted(boolean terminal, Map<String, String> environment) {
    return terminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }
}
