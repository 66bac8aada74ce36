package dev.interdict.server.cli.operations;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `queue`.
@Command(
    name = "queue",
    mixinStandardHelpOptions = true,
    description = "Lists removals that need hands and says what is done, over a server's API.")
public final class QueueCommand extends Group {}
