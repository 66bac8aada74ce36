package dev.interdict.server.cli.risk;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `risk`.
@Command(
    name = "risk",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps the register of products that the company judged: the risk, why, by whom, and by when"
          + " to look again.",
      "A rule stands on the entry of its own id, or else on that of the family it names."
    })
public final class RiskCommand extends Group {}
