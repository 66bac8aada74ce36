package dev.interdict.server.cli.webhook;

import dev.interdict.json.Json;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.server.cli.terminal.PrivateFile;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.store.Sealing;
import dev.interdict.server.webhooks.Template;
import dev.interdict.server.webhooks.Webhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `webhook add`.
@Command(
    name = "add",
    mixinStandardHelpOptions = true,
    description = {
      "Tells one more address what happens from now on. The secret with which it "
          + "checks our signatures is shown this once. The address goes into a file, or - "
          + "for standard input, since chat services put secrets into it."
    },
    footer = {
      "",
      "Examples:",
      "  interdict-server webhook add --name siem --url-file url.txt",
      "  interdict-server webhook add --name alarms --url-file - --template slack \\",
      "    --event removal.failed --event ring.breaker_tripped < url.txt",
      "",
      "Exit codes: 0 done, 2 not understood, 5 the sealing key is missing or another one."
    })
public final class WebhookAddCommand implements Callable<Integer> {
  private static final int MOST = 4_000;

  private final Console console;

  @Mixin private ServerDirOption folder = new ServerDirOption();
  @Mixin private Output output = new Output();

  @Option(names = "--name", required = true, paramLabel = "NAME", description = "What it is for.")
  private String name = "";

  @Option(
      names = "--url-file",
      required = true,
      paramLabel = "FILE",
      description = "A file with the address, https://…; - reads standard input.")
  private String url = "";

  @Option(
      names = "--event",
      paramLabel = "KIND",
      description = "Tell it of this kind only, such as removal.failed. Repeat it for several.")
  private List<String> events = List.of();

  @Option(
      names = "--template",
      paramLabel = "NAME",
      defaultValue = "generic",
      description =
          "How messages look: generic, slack, teams, feishu, dingtalk, wecom (default:"
              + " ${DEFAULT-VALUE}).")
  private String template = "";

  @Option(
      names = "--language",
      paramLabel = "en|zh-CN",
      defaultValue = "en",
      description = "Of texts for people (default: ${DEFAULT-VALUE}).")
  private String language = "";

  @Option(
      names = "--chat-secret-file",
      paramLabel = "FILE",
      description = "With which Feishu or DingTalk have messages signed.")
  private @Nullable Path chatSecret;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "Write our secret into a new file of yours alone, rather than show it.")
  private @Nullable Path file;

  public WebhookAddCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    if (file != null) {
      PrivateFile.refuseExisting(file);
    }
    if (!language.equals("en") && !language.equals("zh-CN")) {
      throw new Failure(Exit.USAGE, "--language is en or zh-CN");
    }
    try (var open = OpenWebhooks.of(folder.ready(), console)) {
      var made =
          open.desk(console)
              .add(
                  console.user(),
                  name,
                  firstLine(url),
                  kinds(),
                  Template.ofWord(template),
                  Locale.forLanguageTag(language),
                  chatSecret == null ? null : firstLine(chatSecret.toString()));
      if (file != null) {
        PrivateFile.write(file, made.secret() + "\n");
      }
      show(made);
      return Exit.OK;
    } catch (Sealing.BrokenException e) {
      throw new Failure(Exit.TRUST, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
    }
  }

  private Set<EventKind> kinds() {
    return events.stream().map(EventKind::ofWord).collect(Collectors.toSet());
  }

  private static String firstLine(String file) throws IOException {
    try (var in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
      var text = new String(in.readNBytes(MOST), java.nio.charset.StandardCharsets.UTF_8);
      return text.lines().findFirst().orElse("").strip();
    }
  }

  private void show(Webhooks.Made made) {
    var webhook = made.webhook();
    var secret = file == null ? made.secret() : null;
    if (output.forPrograms()) {
      output.print(
          Json.object()
              .put("id", webhook.id())
              .put("name", webhook.name())
              .put("host", webhook.host())
              .put("events", webhook.kindsText())
              .put("template", webhook.template().word())
              .put("secret", secret)
              .build(),
          console);
      return;
    }
    console.field("Webhook", webhook.id() + " (" + webhook.name() + "), to " + webhook.host());
    console.field("Events", webhook.kinds().isEmpty() ? "all" : webhook.kindsText());
    console.field(
        "Secret",
        secret == null
            ? "in " + file
            : secret + "   (shown this once; receivers check signatures with it)");
    console.field("Try it", "interdict-server webhook test " + webhook.id());
  }
}
