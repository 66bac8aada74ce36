package dev.interdict.server.cli.importing;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Group;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// Holds the commands below `import`.
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = "Turns bans of other products into rule files to review and apply.")
public final class ImportCommand extends Group {

  /// With a command for each product.
  public static CommandLine with(Console console) {
    return new CommandLine(new ImportCommand())
        .addSubcommand(of("santa", "Santa", Santa::new, console))
        .addSubcommand(of("jamf", "Jamf Restricted Software", Jamf::new, console))
        .addSubcommand(of("fleet", "Fleet or osquery", Fleet::new, console));
  }

  private static CommandLine of(
      String name, String product, Supplier<Format> format, Console console) {
    var line = new CommandLine(new ImportFileCommand(name, product, format, console));
    var spec = line.getCommandSpec().name(name);
    spec.usageMessage()
        .description(
            "Turns an export of " + product + " into rule files, and lists what it cannot turn.");
    return line;
  }
}
