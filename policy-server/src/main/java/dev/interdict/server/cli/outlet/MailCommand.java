package dev.interdict.server.cli.outlet;

import dev.interdict.server.cli.setup.OpenServer;
import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.mail.MailDesk;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Holds the commands below `mail`.
@Command(
    name = "mail",
    mixinStandardHelpOptions = true,
    description = "Tries the mail server that mail in server.yaml names.")
public final class MailCommand extends Group {

  /// `mail test`.
  @Command(
      name = "test",
      mixinStandardHelpOptions = true,
      description = {
        "Sends one mail that says it is a test, now and from here, and says what the mail server"
            + " said. At most "
            + MailDesk.MOST
            + " leave in an hour."
      },
      footer = {
        "",
        "Exit codes: 0 it was taken, 1 it was not, 2 not understood, 4 enough were sent for now."
      })
  public static final class Test implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    @Parameters(paramLabel = "ADDRESS", description = "To whom, such as ada@example.com.")
    private String to = "";

    @Option(
        names = "--lang",
        paramLabel = "en|zh-CN",
        description = "Its language (default: that of mail in server.yaml).")
    private String language = "";

    public Test(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      var ready = folder.ready();
      var settings = Settings.read(ready);
      var mail = settings.outbound().mail();
      if (mail == null) {
        throw new Failure(
            Exit.USAGE,
            "mail is not set up: write mail into server.yaml; see docs/integrations.md");
      }
      try (var parts = OpenServer.parts(ready, settings.database(), console)) {
        var desk =
            new MailDesk(
                parts.database(),
                parts.audit(),
                mail,
                settings::issuer,
                console.clock(),
                console.random());
        var outcome = desk.test(console.user(), to, language(mail.language()));
        var place = mail.host() + ":" + mail.port();
        if (!outcome.taken()) {
          throw new Failure(Exit.FOUND, "not taken by " + place + ": " + outcome.said());
        }
        console.line(place + " took it for " + to + ": " + outcome.said());
      } catch (IllegalArgumentException e) {
        throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
      } catch (MailDesk.NotSentException e) {
        throw new Failure(Exit.REFUSED, String.valueOf(e.getMessage()));
      }
      return Exit.OK;
    }

    private Locale language(Locale usual) {
      return switch (language) {
        case "" -> usual;
        case "en" -> Locale.ENGLISH;
        case "zh-CN" -> Locale.SIMPLIFIED_CHINESE;
        default -> throw new Failure(Exit.USAGE, "--lang is en or zh-CN");
      };
    }
  }
}
