package dev.interdict.server.cli.proposal;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.proposal.Proposals;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict proposal list`.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists what waits for a second person or was agreed to, newest first.")
public final class ProposalListCommand implements Callable<Integer> {
  private static final Set<String> LIVE = Set.of("open", "agreed");

  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private ListOutput output = new ListOutput();

  @Option(names = "--all", description = "Also what was used, refused, or has ended.")
  private boolean all;

  public ProposalListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    try (var parts = OpenServer.parts(folder.ready(), console)) {
      var now = console.clock().instant();
      var found =
          new Proposals(parts.database(), parts.audit(), parts.clock())
              .list().stream().filter(one -> all || LIVE.contains(one.state(now))).toList();
      if (output.forPrograms()) {
        output.rows(found.stream().<Json>map(one -> ProposalView.json(one, now)).toList(), console);
      } else if (found.isEmpty()) {
        console.line("Nothing waits for a second person.");
      } else {
        found.forEach(one -> ProposalView.show(one, console));
      }
      return Exit.OK;
    }
  }
}
