package dev.interdict.server.cli.operations;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `ring`.
@Command(
    name = "ring",
    mixinStandardHelpOptions = true,
    description = "Lists rings and puts workstations into them, over a server's API.")
public final class RingCommand extends Group {}
