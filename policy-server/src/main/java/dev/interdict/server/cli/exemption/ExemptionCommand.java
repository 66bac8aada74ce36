package dev.interdict.server.cli.exemption;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `exemption`.
@Command(
    name = "exemption",
    mixinStandardHelpOptions = true,
    description = {
      "Shows who asks to keep banned software, and takes the decisions.",
      "To grant needs two people: a manager (role helpdesk or approver), then security (role"
          + " approver). To refuse and to end needs one of them."
    })
public final class ExemptionCommand extends Group {}
