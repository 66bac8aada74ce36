package dev.interdict.server.cli.terminal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// A command that only holds others.
public abstract class Group implements Runnable {
  @Spec private @Nullable CommandSpec spec;

  @Override
  public void run() {
    var own = Objects.requireNonNull(spec, "set before a command runs");
    throw new ParameterException(
        own.commandLine(), "say what to do: " + String.join(", ", own.subcommands().keySet()));
  }
}
