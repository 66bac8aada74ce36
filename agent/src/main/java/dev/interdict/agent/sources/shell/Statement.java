package dev.interdict.agent.sources.shell;

import org.jspecify.annotations.Nullable;

/// One thing that a start-up file says.
public sealed interface Statement {

  /// A variable gets a value that is not empty.
  ///
  /// @param value only of a variable whose value was asked for; null for every other one, since
  ///   most values here are nobody's business and some are keys
  record Sets(String name, @Nullable String value) implements Statement {}

  /// A name is made to call a command.
  ///
  /// @param command the called command's own name, without folders; empty where none can be told
  record Alias(String name, String command) implements Statement {}
}
