package dev.interdict.server.cli.rule;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `rule`.
@Command(
    name = "rule",
    mixinStandardHelpOptions = true,
    description = "Writes and checks rules, without publishing anything.")
public final class RuleCommand extends Group {}
