package dev.interdict.server.cli.operations;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `enrol token`.
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description =
        "Makes, lists and ends the tokens by which workstations enrol, over a server's API.")
public final class EnrolmentTokenCommand extends Group {}
