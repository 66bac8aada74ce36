package dev.interdict.server.cli.fleet;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `fleet`.
@Command(
    name = "fleet",
    mixinStandardHelpOptions = true,
    description = "Keeps the list of workstations that the company has, and what counts as each.")
public final class FleetCommand extends Group {}
