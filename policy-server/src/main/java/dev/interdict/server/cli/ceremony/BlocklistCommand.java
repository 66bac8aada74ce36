package dev.interdict.server.cli.ceremony;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `blocklist`.
@Command(
    name = "blocklist",
    mixinStandardHelpOptions = true,
    description = {
      "Changes the blocklist where several people sign it: draft on the server, sign on machines"
          + " without network, publish on the server."
    })
public final class BlocklistCommand extends Group {}
