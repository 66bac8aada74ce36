package dev.interdict.server.cli.certificate;

import dev.interdict.server.cli.setup.ServerDirOption;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Group;
import dev.interdict.server.cli.terminal.Times;
import dev.interdict.server.keys.OwnTls;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Holds the commands below `certificate`.
@Command(
    name = "certificate",
    mixinStandardHelpOptions = true,
    description = "Makes and renews the server's certificate, where no authority gives it one.")
public final class CertificateCommand extends Group {

  private static OwnTls own(ServerFolder folder) {
    return new OwnTls(folder.path());
  }

  /// What clients have to trust, and until when it holds.
  static void tell(Console console, OwnTls own, X509Certificate certificate) throws IOException {
    console.field("For", String.join(", ", OwnTls.hosts(certificate)));
    console.field("Until", Times.minutes(certificate.getNotAfter().toInstant()));
    console.field("Authority", "until " + Times.minutes(own.authorityEnd()));
    console.field("Trust", own.authority() + " (give it to every client: agents, browsers)");
  }

  /// `certificate new`.
  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a certificate authority that is good for the named hosts alone, and a "
            + "certificate for them. Clients are given tls-ca.pem; its key stays here, to "
            + "renew the certificate."
      },
      footer = {
        "",
        "Example:",
        "  interdict-server certificate new --host interdict.example.com -d interdict-data",
        "  interdict-server certificate new --host interdict.example.com --into next-year",
        "",
        "Exit codes: 0 done, 2 not understood, 6 there is one already."
      })
  public static final class New implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    @Option(
        names = "--host",
        required = true,
        paramLabel = "NAME",
        description = "A name or address by which clients reach the server. Repeat it for several.")
    private List<String> hosts = List.of();

    @Option(
        names = "--into",
        paramLabel = "DIR",
        description =
            "Make them in this folder, to give clients the next authority before the present one"
                + " ends; its four files then take the place of those in the server's folder.")
    private @Nullable Path into;

    public New(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      var own = into == null ? own(folder.ready()) : new OwnTls(Files.createDirectories(into));
      try {
        tell(console, own, own.make(hosts, console.random(), console.clock().instant()));
      } catch (FileAlreadyExistsException e) {
        throw new Failure(
            Exit.CONFLICT,
            e.getMessage() + " is there already; renew it, or move the files away first");
      } catch (IllegalArgumentException e) {
        throw new Failure(Exit.USAGE, String.valueOf(e.getMessage()));
      }
      if (into != null) {
        console.field("Use it", "once clients have it, move the four files to the server's folder");
        return Exit.OK;
      }
      console.field("Use it", "put into server.yaml, and start the server again:");
      console.line("            tls: {store: server.p12, password-file: server.p12.password}");
      return Exit.OK;
    }
  }

  /// `certificate renew`.
  @Command(
      name = "renew",
      mixinStandardHelpOptions = true,
      description = {
        "Makes another certificate for the same names, now. A running server does so by "
            + "itself 60 days before the end, and presents what is there within ten seconds."
      },
      footer = {"", "Exit codes: 0 done, 1 this server made none for itself, 2 not understood."})
  public static final class Renew implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    public Renew(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      var own = existing(folder.ready());
      tell(console, own, own.renew(console.random(), console.clock().instant()));
      return Exit.OK;
    }
  }

  /// `certificate show`.
  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Says for whom the server's own certificate is, and what clients have to trust.",
      footer = {"", "Exit codes: 0 done, 1 this server made none for itself, 2 not understood."})
  public static final class Show implements Callable<Integer> {
    private final Console console;

    @Mixin private ServerDirOption folder = new ServerDirOption();

    public Show(Console console) {
      this.console = console;
    }

    @Override
    public Integer call() throws IOException {
      var own = existing(folder.ready());
      tell(console, own, own.current());
      return Exit.OK;
    }
  }

  private static OwnTls existing(ServerFolder folder) {
    var own = own(folder);
    if (!own.exists()) {
      throw new Failure(
          Exit.FOUND,
          "this server made no certificate for itself; make one with: interdict-server certificate"
              + " new --host NAME");
    }
    return own;
  }
}
