package dev.interdict.server.cli.ceremony;

import dev.interdict.server.ceremony.SigningDraft.Kind;
import dev.interdict.server.cli.publishing.ServerOptions;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict blocklist withdraw` and `interdict root withdraw`.
@Command(
    name = "withdraw",
    mixinStandardHelpOptions = true,
    description = {
      "Takes a draft back for good that was handed out to be signed: this server publishes it no"
          + " more, however many have signed it and wherever copies of it lie. The same change may"
          + " be drafted anew."
    },
    footer = {
      "",
      "Exit codes: 0 taken back, 2 not understood, 4 the file is no draft, 5 it is none of this",
      "server, 6 it is published already, or at this moment."
    })
public final class TakeBackCommand implements Callable<Integer> {
  private static final int LONGEST = 500;

  private final Kind kind;
  private final Console console;

  @Mixin private ServerOptions server = new ServerOptions();
  @Mixin private Publishing drafts = new Publishing();

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, for whoever wants to publish it later.")
  private String reason = "";

  public TakeBackCommand(Kind kind, Console console) {
    this.kind = kind;
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (reason.isBlank() || reason.length() > LONGEST) {
      throw new Failure(Exit.USAGE, "--reason has 1 to " + LONGEST + " characters");
    }
    var opened = server.open(console);
    try (var _ = opened.parts()) {
      var draft = drafts.inspected(kind, opened.pin(), console).draft();
      var withdrawals = opened.publications().withdrawals();
      var late = withdrawals.withdraw(opened.actor(), draft, reason);
      if (late != null) {
        throw new Failure(Exit.CONFLICT, late);
      }
      console.line("Taken back: " + withdrawals.of(draft.next().values()));
      return Exit.OK;
    }
  }
}
