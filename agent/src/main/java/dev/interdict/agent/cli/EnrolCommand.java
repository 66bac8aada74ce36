package dev.interdict.agent.cli;

import dev.interdict.agent.guard.BootClocks;
import dev.interdict.agent.state.StateDirectory;
import dev.interdict.agent.sync.Enrolling;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `interdict-agent enrol`: joins this device to a policy server, once.
@Command(
    name = "enrol",
    description = "Joins this computer to a policy server.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:enrolled",
      "1:not enrolled; the message says why",
      "2:the command line is wrong"
    })
final class EnrolCommand implements Callable<Integer> {
  private static final String PIN = "sha256:";

  @Option(
      names = "--server",
      required = true,
      paramLabel = "URL",
      description = "The server's device address, such as https://interdict.example.com:8443.")
  private URI server = URI.create("https://localhost/");

  @Option(
      names = "--token-file",
      required = true,
      paramLabel = "FILE",
      description = "The file that holds the enrolment token, and nothing else.")
  private Path tokenFile = Path.of("");

  @Option(
      names = "--trust-root",
      required = true,
      paramLabel = "sha256:HEX",
      description =
          "Fingerprint of the server's first root, as `interdict-server init` printed it.")
  private String trustRoot = "";

  @Mixin private UplinkOptions options = new UplinkOptions();

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description = "The agent's own folder (default: ${DEFAULT-VALUE}).")
  private Path state = DefaultPlaces.state();

  @SuppressWarnings("NullAway.Init")
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (!trustRoot.matches(PIN + "[0-9a-f]{64}")) {
      throw new ParameterException(
          spec.commandLine(), "--trust-root: write sha256: and 64 hex digits");
    }
    var token = Files.readString(tokenFile).strip();
    Enrolling enrolling;
    try {
      enrolling =
          new Enrolling(
              server,
              options.over(System.getenv()),
              StateDirectory.open(state),
              BootClocks.ofThisSystem(),
              InstantSource.system(),
              new SecureRandom());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    var enrolment = enrolling.enrol(token, trustRoot.substring(PIN.length()));
    spec.commandLine()
        .getOut()
        .printf(
            "Enrolled as device %s%n  server  %s%n  state   %s%nStart the guard with:"
                + " interdict-agent guard%n",
            enrolment.device(), enrolment.server(), state.toAbsolutePath().normalize());
    return 0;
  }
}
