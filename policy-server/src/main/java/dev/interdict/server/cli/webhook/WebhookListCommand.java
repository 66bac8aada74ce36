package dev.interdict.server.cli.webhook;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.ListOutput;
import dev.interdict.server.cli.terminal.Table;
import dev.interdict.server.webhooks.Webhook;
import dev.interdict.server.webhooks.Webhooks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `webhook list`.
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "Lists the webhooks and what became of their messages.")
public final class WebhookListCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private ListOutput output = new ListOutput();

  public WebhookListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (var open = OpenWebhooks.of(folder.ready(), console)) {
      var all = open.webhooks().list();
      if (output.forPrograms()) {
        var items = new ArrayList<Json>();
        all.forEach(one -> items.add(json(one, open.webhooks().tally(one.id()))));
        output.rows(items, console);
        return Exit.OK;
      }
      if (all.isEmpty()) {
        console.line("No webhooks. Make one with: interdict-server webhook add");
        return Exit.OK;
      }
      var table =
          new Table("WEBHOOK", "NAME", "TO", "WAITING", "DEAD", "DELIVERED", "LOOKS", "EVENTS")
              .right("WAITING", "DELIVERED", "DEAD");
      for (var one : all) {
        var tally = open.webhooks().tally(one.id());
        table.row(
            one.id(),
            one.name(),
            one.host(),
            tally.waiting(),
            tally.dead(),
            tally.delivered(),
            one.template().word(),
            one.kinds().isEmpty() ? "all" : one.kindsText());
        if (tally.lastError() != null) {
          table.note("    last refusal: " + Printable.of(tally.lastError(), 160));
        }
      }
      table.print(console);
    }
    return Exit.OK;
  }

  private static Json json(Webhook one, Webhooks.Tally tally) {
    return Json.object()
        .put("id", one.id())
        .put("name", one.name())
        .put("host", one.host())
        .put("template", one.template().word())
        .put("language", one.language().toLanguageTag())
        .put("events", one.kindsText())
        .put("created", one.createdAt().toString())
        .put("created-by", one.createdBy())
        .put("waiting", tally.waiting())
        .put("delivered", tally.delivered())
        .put("dead", tally.dead())
        .put("last-error", tally.lastError())
        .build();
  }
}
