package dev.interdict.server.cli.remote;

import dev.interdict.identity.Printable;
import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.time.Duration;

/// Signs a person in who confirms a short code in the console. No password is typed here, and the
/// code is of no use to anybody else: the session goes to whoever holds the secret that came with
/// it.
record CommandLineSignIn(Console console) {
  private static final int MOST_QUESTIONS = 600;

  /// Waits for whoever confirms, for as long as the code is good.
  ///
  /// @param proving never asked, for nobody is signed in yet
  Profile with(Profile nobody, Proving proving) throws IOException {
    try (var server = new RemoteServer(nobody, proving)) {
      var begun = server.ask("/command-lines", Json.object().put("client", client()).build());
      if (!begun.isDone()) {
        throw new Failure(Exit.REFUSED, "the server begins no sign-in: " + begun.why());
      }
      console.line(
          "Open "
              + nobody.server().resolve("/" + begun.text("page").replaceFirst("^/+", ""))
              + " where you are signed in, and type this code:");
      console.blank();
      console.line("    " + console.bold(Printable.of(begun.text("code"), 20)));
      console.blank();
      console.line("Waiting until somebody confirms it, 10 minutes at most. Ctrl+C gives it up.");
      return confirmed(server, nobody, begun);
    }
  }

  private Profile confirmed(RemoteServer server, Profile nobody, Answer begun) {
    var body = Json.object().put("secret", begun.text("secret")).build();
    var wait =
        begun.body().get("interval-seconds") instanceof Json.Int(var seconds)
            ? Duration.ofSeconds(Math.clamp(seconds, 1, 30))
            : Duration.ofSeconds(5);
    for (var i = 0; i < MOST_QUESTIONS; i++) {
      sleep(wait);
      var answer = server.ask("/command-lines/session", body);
      var cookie = answer.cookie();
      if (answer.isDone() && cookie != null) {
        return new Profile(
            nobody.server(),
            new Credential.SignedIn(cookie, answer.text("csrf")),
            nobody.authorities());
      }
      if (answer.isProblem("refused")) {
        throw new Failure(Exit.REFUSED, "somebody refused it in the console");
      }
      if (!answer.isProblem("waiting") && answer.status() != 429 && answer.status() < 500) {
        throw new Failure(Exit.REFUSED, "nobody confirmed it in time; begin again");
      }
    }
    throw new Failure(Exit.REFUSED, "nobody confirmed it in time; begin again");
  }

  private static void sleep(Duration wait) {
    try {
      Thread.sleep(wait);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(Exit.UNREACHABLE, "broken off");
    }
  }

  /// The server tells the person the address besides, which nobody can make up.
  private String client() {
    return Printable.of("interdict of " + console.user(), 150);
  }
}
