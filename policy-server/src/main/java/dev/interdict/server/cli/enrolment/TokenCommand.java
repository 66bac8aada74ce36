package dev.interdict.server.cli.enrolment;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `token`.
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Creates, lists and revokes the tokens that admit workstations.")
public final class TokenCommand extends Group {}
