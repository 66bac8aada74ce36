package dev.interdict.server.cli.proposal;

import dev.interdict.server.cli.terminal.Group;
import picocli.CommandLine.Command;

/// Holds the commands below `proposal`.
@Command(
    name = "proposal",
    mixinStandardHelpOptions = true,
    description = {
      "What makes agents do more and is no rule, for two people to agree to: letting go of what is"
          + " held, and letting devices tell more.",
      "The way: interdict resume --propose, or publish --collection FILE --propose; somebody else:"
          + " list, agree or refuse; then the same command without --propose."
    })
public final class ProposalCommand extends Group {}
