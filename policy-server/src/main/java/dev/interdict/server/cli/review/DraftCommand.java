package dev.interdict.server.cli.review;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `draft`.
@Command(
    name = "draft",
    mixinStandardHelpOptions = true,
    description = {
      "Writes rules that make agents do more, and brings them to the list with the agreement of two"
          + " people.",
      "The way: new, observe, preview, submit; somebody else: show, approve or reject; publish."
    })
public final class DraftCommand extends Group {}
