package dev.interdict.server.cli.webhook;

import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `webhook replay`.
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Has the running server send messages once more, under the ids that they had, "
          + "so that a receiver can tell. Without --since those that were given up after 24 "
          + "hours."
    },
    footer = {
      "",
      "Examples:",
      "  interdict-server webhook replay wh_1f0c6c2b3d4e5f60",
      "  interdict-server webhook replay wh_1f0c6c2b3d4e5f60 --since 2026-07-09T00:00:00Z",
      "",
      "Exit codes: 0 done, 1 there is no such webhook, 2 not understood."
    })
public final class WebhookReplayCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();

  @Parameters(paramLabel = "ID", description = "The webhook's id, as webhook list shows it.")
  private String id = "";

  @Option(
      names = "--since",
      paramLabel = "INSTANT",
      description = "All messages since then, also those that were taken.")
  private @Nullable String since;

  public WebhookReplayCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (var open = OpenWebhooks.of(folder.ready(), console)) {
      open.need(id);
      var again =
          open.webhooks().replay(console.user(), id, since == null ? null : Instant.parse(since));
      console.line(
          switch (again) {
            case 0 ->
                "There is nothing to send once more" + (since == null ? "; try --since." : ".");
            case 1 -> "1 message is sent once more.";
            default -> again + " messages are sent once more.";
          });
    } catch (DateTimeException e) {
      throw new Failure(Exit.USAGE, "--since wants an instant such as 2026-07-09T00:00:00Z");
    }
    return Exit.OK;
  }
}
