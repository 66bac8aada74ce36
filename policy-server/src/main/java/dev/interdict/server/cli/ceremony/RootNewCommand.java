package dev.interdict.server.cli.ceremony;

import dev.interdict.server.cli.publishing.ServerOptions;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.trust.metadata.RoleName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict root new`.
@Command(
    name = "new",
    mixinStandardHelpOptions = true,
    description = {
      "Drafts a change of who may sign for what: the next root, and whatever must be signed anew"
          + " with it. Nothing is published; people sign the draft with interdict root sign.",
      "",
      "Roles: root, targets, snapshot, timestamp, time, blocklist, exemptions, controls."
    })
public final class RootNewCommand implements Callable<Integer> {
  private static final Set<String> RENEWABLE = Set.of("root", "targets", "blocklist");

  private final Console console;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private TrustEdits edits = new TrustEdits();

  @Option(
      names = "--renew",
      paramLabel = "ROLE",
      description =
          "Sign root, targets or blocklist again without a change, before it expires. May be"
              + " repeated.")
  private List<String> renewed = List.of();

  @Option(
      names = "--out",
      paramLabel = "DRAFT",
      required = true,
      description = "The file to make; never overwritten.")
  private Path out = Path.of("");

  public RootNewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var again = new HashSet<RoleName>();
    for (var role : renewed) {
      if (!RENEWABLE.contains(role)) {
        throw new Failure(
            Exit.USAGE, "--renew takes root, targets or blocklist; the server renews the others");
      }
      again.add(new RoleName(role));
    }
    if (edits.isEmpty() && again.isEmpty()) {
      throw new Failure(
          Exit.USAGE, "say what to change: --role, --add, --remove, --threshold or --renew");
    }
    var opened = server.open(console);
    try (var _ = opened.parts()) {
      new DraftView(TrustDraftFile.write(out, opened, edits::apply, again, console), console)
          .print();
      console.blank();
      TrustDraftFile.handOut(out, console);
      return Exit.OK;
    }
  }
}
