package dev.interdict.server.cli.access;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `api-token`.
@Command(
    name = "api-token",
    mixinStandardHelpOptions = true,
    description = "Creates, lists and revokes the tokens of programs that ask the API.")
public final class ApiTokenCommand extends Group {}
