package dev.interdict.server.cli;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// The program `interdict-server`.
@Command(
    name = "interdict-server",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 done, 1 something was found, 2 not understood, 4 refused, 5 signature or key,",
      "6 conflict."
    },
    description = {
      "Distributes the signed blocklist to workstations, takes their reports and shows who"
          + " complies.",
      "Colours are for a terminal alone; --no-color anywhere in a line, or NO_COLOR, leaves them"
          + " out."
    })
final class ServerProgram extends Group {}
