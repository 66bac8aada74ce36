package dev.interdict.server.cli.keys;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `key`. None of them ever prints a private key.
@Command(
    name = "key",
    mixinStandardHelpOptions = true,
    description = "Makes, shows, rotates and revokes signing keys. Private keys are never printed.")
public final class KeyCommand extends Group {}
