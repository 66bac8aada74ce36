package dev.interdict.server.cli.webhook;

import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `webhook remove`.
@Command(
    name = "remove",
    mixinStandardHelpOptions = true,
    description = "Ends a webhook with all messages that wait.",
    footer = {"", "Exit codes: 0 done, 1 there is no such webhook, 2 not understood."})
public final class WebhookRemoveCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();

  @Parameters(paramLabel = "ID", description = "The webhook's id, as webhook list shows it.")
  private String id = "";

  public WebhookRemoveCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (var open = OpenWebhooks.of(folder.ready(), console)) {
      var webhook = open.need(id);
      open.webhooks().remove(console.user(), webhook.id());
      console.line(webhook.name() + " is told nothing any more.");
    }
    return Exit.OK;
  }
}
