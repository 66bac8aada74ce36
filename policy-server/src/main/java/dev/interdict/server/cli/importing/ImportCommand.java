package dev.interdict.server.cli.importing;

import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Group;
import java.util.ArrayList;
import java.util.List;
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
        .addSubcommand(of("santa", "Santa", "rules.json", Santa::new, console))
        .addSubcommand(
            of("jamf", "Jamf Restricted Software", "restricted-software.xml", Jamf::new, console))
        .addSubcommand(of("fleet", "Fleet or osquery", "policies.json", Fleet::new, console));
  }

  private static CommandLine of(
      String name, String product, String export, Supplier<Format> format, Console console) {
    var line = new CommandLine(new ImportFileCommand(name, product, format, console));
    var spec = line.getCommandSpec().name(name);
    spec.usageMessage()
        .description(
            "Turns an export of " + product + " into rule files, and lists what it cannot turn.");
    var footer = new ArrayList<String>();
    footer.add("");
    footer.add("Examples:");
    footer.add("  interdict import " + name + " " + export + " --into-folder rules/");
    footer.add("  interdict apply -f rules/ --dry-run");
    footer.addAll(List.of(spec.usageMessage().footer()));
    spec.usageMessage().footer(footer.toArray(String[]::new));
    return line;
  }
}
