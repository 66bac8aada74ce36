package dev.interdict.server.cli.access;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `account`.
@Command(
    name = "account",
    mixinStandardHelpOptions = true,
    description = "Creates, lists and disables the accounts of the people who run this server.")
public final class AccountCommand extends Group {}
