package dev.interdict.server.cli.remote;

import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `interdict login`.
@Command(
    name = "login",
    mixinStandardHelpOptions = true,
    description = {
      "Keeps a server's address and what lets you in for the commands that ask it from here.",
      "With --browser you are yourself for up to 10 hours, and 30 minutes after the last command;"
          + " what publishes or approves asks for your password or a code.",
      "A token is for programs. It comes from a file or from standard input, never from the command"
          + " line, and is kept in a file that you alone may read. Make one with interdict-server"
          + " api-token create."
    },
    footer = {
      "",
      "Examples:",
      "  interdict login --server https://interdict.example.com:8443 --token-file token",
      "  interdict login --server https://localhost:8443 --profile trial < token",
      "  interdict login --server https://interdict.example.com:8443 --browser",
      "",
      "Exit codes: 0 kept, 2 not understood, 3 cannot reach the server, 4 it refuses the token."
    })
public final class LoginCommand implements Callable<Integer> {
  private static final int MOST = 1_000;

  private final Console console;

  @Mixin private ProfilesOption file = new ProfilesOption();

  @Option(
      names = "--server",
      paramLabel = "URL",
      required = true,
      description = "The address of the port for people.")
  private URI server = URI.create("https://localhost");

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = RemoteOptions.DEFAULT,
      description = "What to call it (default: ${DEFAULT-VALUE}).")
  private String profile = RemoteOptions.DEFAULT;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The token (default: standard input).")
  private @Nullable Path tokenFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "Certificates (PEM) to believe, where the machine does not know the server's.")
  private @Nullable Path authorities;

  @Option(
      names = "--browser",
      description =
          "Sign in as yourself: confirm a short code in the console, where you are signed in.")
  private boolean browser;

  public LoginCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    var profiles = file.profiles();
    var ca = authorities == null ? null : authorities.toAbsolutePath();
    var proving = new Proving(profiles, profile, console);
    var kept =
        browser
            ? new CommandLineSignIn(console)
                .with(new Profile(server, new Credential.None(), ca), proving)
            : new Profile(server, new Credential.Token(token()), ca);
    try (var remote = new RemoteServer(kept, proving)) {
      var me = remote.find("/me").orElseThrow(() -> noConsole()).body();
      profiles.put(profile, kept);
      var name = me.get("account") instanceof Json.Text(var text) ? text : "somebody";
      var roles = me.get("roles");
      console.line(
          "Logged in to "
              + server
              + " as "
              + name
              + (roles instanceof Json.Arr(var all) && !all.isEmpty()
                  ? " ("
                      + all.stream()
                          .map(role -> role instanceof Json.Text(var text) ? text : "?")
                          .collect(Collectors.joining(", "))
                      + ")"
                  : "")
              + ", profile "
              + profile
              + " in "
              + profiles.file());
      return Exit.OK;
    }
  }

  private Failure noConsole() {
    return new Failure(
        Exit.UNREACHABLE,
        server
            + " answers, and is not what people and programs sign in to: --server is the address of"
            + " the console, not the one that workstations are given");
  }

  private String token() throws IOException {
    var token = given().strip();
    if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new Failure(Exit.USAGE, "what was read is no token; it is one word");
    }
    return token;
  }

  /// A person at a terminal would not know that something is waited for.
  private String given() throws IOException {
    var typed = tokenFile == null ? console.passphrases().ask("Token (not shown)") : null;
    if (typed != null) {
      return new String(typed);
    }
    try (var in = tokenFile == null ? System.in : Files.newInputStream(tokenFile)) {
      return new String(in.readNBytes(MOST), StandardCharsets.UTF_8);
    }
  }
}
