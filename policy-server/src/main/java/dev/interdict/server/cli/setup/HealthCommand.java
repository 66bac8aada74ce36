package dev.interdict.server.cli.setup;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.server.cli.service.OwnCertificate;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.cli.terminal.Output;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict-server health`: for whoever can start a program beside the server and has no other
/// that asks an address, as in an image that holds nothing else.
@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit codes: 0 it is, 1 it is not and says what is wrong, 2 not understood, 3 it does not",
      "answer."
    },
    description = {
      "Asks the running server of a folder whether it can do its work, at the port that metrics in"
          + " server.yaml names; where it names none, for what workstations are given.",
      "",
      "Examples:",
      "  interdict-server health",
      "  interdict-server health -d /var/lib/interdict/server --output json"
    })
public final class HealthCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private static final String TIMESTAMP = Routes.TUF + "timestamp.json";

  /// More is no answer of this server.
  private static final int LONGEST = 1 << 16;

  private static final int LONGEST_WORDS = 2_000;

  private final Console console;

  @Mixin private ServerDirParameter folder = new ServerDirParameter();
  @Mixin private Output output = new Output();

  @Option(names = "--alive", description = "Ask only whether it answers, whatever else is wrong.")
  private boolean alive;

  public HealthCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var settings = Settings.read(folder.ready());
    var metrics = settings.outbound().metrics();
    var bind = InetAddress.getByName(metrics == null ? settings.bind() : metrics.bind());
    var port = metrics == null ? settings.devicePort() : metrics.port();
    if (port == 0) {
      throw new Failure(
          Exit.USAGE,
          "server.yaml names no port that could be asked; write such as metrics: {bind: 127.0.0.1,"
              + " port: 9464}");
    }
    var path = metrics == null ? TIMESTAMP : alive ? "/healthz" : "/readyz";
    // A proxy of the environment is for other places than this machine.
    var client = HttpClient.newBuilder().connectTimeout(PATIENCE).proxy(ProxySelector.of(null));
    var certificate = CertificateOnDisk.of(settings);
    if (certificate.trouble() != null) {
      // It does its work all the same; who starts it anew for this would have none.
      console.warn(certificate.trouble() + "; the server goes on with the one before");
    }
    // Metrics on loopback never speak TLS.
    var own = metrics != null && bind.isLoopbackAddress() ? null : certificate.own();
    if (own != null) {
      client.sslContext(new OwnCertificate(own).context());
    }
    try (var asking = client.build()) {
      return told(asking, address(reached(bind), port, own != null, path));
    }
  }

  /// Where a listener of all addresses is reached from here.
  private static InetAddress reached(InetAddress bind) {
    return bind.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : bind;
  }

  private static URI address(InetAddress host, int port, boolean secure, String path) {
    var literal = host.getHostAddress();
    return URI.create(
        (secure ? "https://" : "http://")
            + (host instanceof Inet6Address ? "[" + literal + "]" : literal)
            + ":"
            + port
            + path);
  }

  private int told(HttpClient client, URI address) {
    try {
      var answer =
          client.send(
              HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.limiting(
                  HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), LONGEST));
      var isWell = answer.statusCode() == 200;
      var why = isWell ? "" : answer.body().strip();
      if (output.forPrograms()) {
        output.print(
            Json.object()
                .put("address", address.toString())
                .put("well", isWell)
                .put("why", why.isEmpty() ? null : why)
                .build(),
            console);
      } else {
        console.line(
            "The server at "
                + address.getAuthority()
                + (isWell
                    ? alive ? " answers." : " does its work."
                    : " does not do its work: " + Printable.of(why, LONGEST_WORDS)));
      }
      return isWell ? Exit.OK : Exit.FOUND;
    } catch (HttpTimeoutException e) {
      throw unreachable(address, "no answer within " + PATIENCE.toSeconds() + " s");
    } catch (IOException e) {
      throw unreachable(address, e.getMessage() == null ? "no connection" : e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unreachable(address, "interrupted");
    }
  }

  private static Failure unreachable(URI address, String why) {
    return new Failure(Exit.UNREACHABLE, "the server does not answer at " + address + ": " + why);
  }
}
