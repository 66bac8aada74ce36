package dev.interdict.server.cli.webhook;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Output;
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
  private static final String ROW = "%-19s  %-16.16s  %-24.24s  %-8s  %7s  %9s  %5s  %s";

  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  public WebhookListCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (var open = OpenWebhooks.of(folder.ready(), console)) {
      var all = open.webhooks().list();
      if (output.json()) {
        var items = new ArrayList<Json>();
        all.forEach(one -> items.add(json(one, open.webhooks().tally(one.id()))));
        console.json(new Json.Arr(items));
        return Exit.OK;
      }
      if (all.isEmpty()) {
        console.line("No webhooks. Make one with: interdict-server webhook add");
        return Exit.OK;
      }
      console.line(
          console.bold(
              ROW.formatted(
                  "WEBHOOK", "NAME", "TO", "LOOKS", "WAITING", "DELIVERED", "DEAD", "EVENTS")));
      for (var one : all) {
        var tally = open.webhooks().tally(one.id());
        console.line(
            ROW.formatted(
                one.id(),
                one.name(),
                one.host(),
                one.template().word(),
                tally.waiting(),
                tally.delivered(),
                tally.dead(),
                one.kinds().isEmpty() ? "all" : one.kindsText()));
        if (tally.lastError() != null) {
          console.line("    last refusal: " + Printable.of(tally.lastError(), 160));
        }
      }
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
