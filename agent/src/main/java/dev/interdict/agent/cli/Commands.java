package dev.interdict.agent.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/// The commands of `interdict-agent` that a person or a parent process types.
@Command(
    name = "interdict-agent",
    description = "Finds high-risk software on this workstation.",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "interdict-agent 0.1.0",
    scope = ScopeType.INHERIT,
    subcommands = ScanCommand.class)
final class Commands implements Runnable {
  static final int FAILED = 1;
  static final int USAGE = 2;

  @CommandLine.Spec private CommandLine.Model.CommandSpec spec;

  /// Set by the command-line library before [#run()].
  @SuppressWarnings("NullAway.Init")
  private Commands() {}

  /// Runs one command with the process's own streams.
  ///
  /// @return the exit code
  static int run(String[] arguments) {
    return line(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .execute(arguments);
  }

  static CommandLine line(PrintWriter out, PrintWriter err) {
    return new CommandLine(new Commands())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpWidth(80)
        .setUsageHelpAutoWidth(false);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "Which command? interdict-agent --help lists them.");
  }
}
