package dev.interdict.server.cli.webhook;

import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `webhook test`.
@Command(
    name = "test",
    mixinStandardHelpOptions = true,
    description = "Sends one message of the kind test, now and from here, and says how it went.",
    footer = {
      "",
      "Exit codes: 0 it was taken, 1 it was not or there is no such webhook,",
      "2 not understood."
    })
public final class WebhookTestCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();

  @Parameters(paramLabel = "ID", description = "The webhook's id, as webhook list shows it.")
  private String id = "";

  public WebhookTestCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (var open = OpenWebhooks.of(folder.ready(), console)) {
      var webhook = open.need(id);
      var outcome = open.desk(console).test(console.user(), webhook);
      if (!outcome.taken()) {
        throw new Failure(Exit.FOUND, "not taken by " + webhook.host() + ": " + outcome.error());
      }
      console.line(webhook.host() + " took it with status " + outcome.status() + ".");
    }
    return Exit.OK;
  }
}
