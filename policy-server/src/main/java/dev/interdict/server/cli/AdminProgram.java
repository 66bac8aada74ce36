package dev.interdict.server.cli;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// The program `interdict`.
@Command(
    name = "interdict",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 done, 1 something was found, 2 not understood, 3 cannot reach the server,",
      "4 refused, 5 signature or key, 6 conflict."
    },
    description = {
      "Writes, checks, publishes and withdraws rules, and shows how the fleet stands.",
      "Colours are for a terminal alone; --no-color anywhere in a line, or NO_COLOR, leaves them"
          + " out."
    })
final class AdminProgram extends Group {}
