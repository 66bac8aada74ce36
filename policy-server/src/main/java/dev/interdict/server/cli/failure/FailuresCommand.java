package dev.interdict.server.cli.failure;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `failures`.
@Command(
    name = "failures",
    mixinStandardHelpOptions = true,
    description = {
      "The queue of removals that did not succeed and need hands.",
      "A failure opens with the first that a workstation tells, and closes by itself once it"
          + " verifies that the software is gone."
    })
public final class FailuresCommand extends Group {}
