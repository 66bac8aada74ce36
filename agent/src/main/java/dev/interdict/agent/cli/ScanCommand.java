package dev.interdict.agent.cli;

import dev.interdict.agent.cli.ScanRequest.Output;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `interdict-agent scan`, as the command line's library reads it: whatever [ScanRequest] does not
/// take, and the help.
@Command(
    name = "scan",
    description = "Lists installed tools and running processes. Changes nothing.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything could be inspected",
      "1:the scan failed",
      "2:the command line is wrong",
      "3:something could not be inspected, and is listed"
    })
final class ScanCommand implements Callable<Integer> {
  private final Scanning scanning;

  @Option(
      names = "--root",
      paramLabel = "DIR",
      defaultValue = "/",
      description = "Inspect DIR as if it were this machine's root directory.")
  private Path root = Path.of("/");

  @Option(
      names = "--output",
      paramLabel = "FORM",
      defaultValue = "table",
      description = "table, json, cyclonedx, or frame (for the guard). Default: table.")
  private Output output = Output.TABLE;

  @Option(
      names = "--memory",
      paramLabel = "FILE",
      hidden = true,
      description = "Remember in FILE what was seen, to spare the next scan what is unchanged.")
  private @Nullable Path memory;

  @Option(
      names = "--digests",
      description = "Read the content of programs too, for rules that know one by its SHA-256.")
  private boolean digests;

  @Option(
      names = "--rule",
      paramLabel = "FILE",
      description =
          "Say what the rule in FILE would make of this machine: what it means and why, what is"
              + " spared, what is only near. FILE is JSON, as printed by: interdict rule show"
              + " --output json")
  private @Nullable Path rule;

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  ScanCommand(Scanning scanning) {
    this.scanning = scanning;
  }

  @Override
  public Integer call() throws IOException {
    try {
      return scanning.run(new ScanRequest(root, output, memory, digests, rule));
    } catch (ScanRequest.NonsenseException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
