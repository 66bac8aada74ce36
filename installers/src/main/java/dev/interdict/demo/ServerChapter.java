package dev.interdict.demo;

import dev.interdict.demo.stage.Answer;
import dev.interdict.demo.stage.Children;
import dev.interdict.demo.stage.DemoException;
import dev.interdict.demo.stage.Stage;
import dev.interdict.demo.stage.Tail;
import dev.interdict.demo.stage.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Sets a policy server up and starts it.
final class ServerChapter {
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private final Stage stage;

  ServerChapter(Stage stage) {
    this.stage = stage;
  }

  PolicyServer tell() throws DemoException, InterruptedException {
    requireFree(stage.settings().consolePort());
    var terminal = stage.terminal();
    terminal.chapter("A policy server");
    terminal.status("making keys and the signed repository");
    var folder = stage.folder().server();
    var made =
        Answer.read(
            "interdict-server init",
            stage
                .children()
                .run("interdict-server", "init", folder.toString(), "--output", "json"));
    new ServerSettings(folder).forShortDays(stage.settings().devices());
    terminal.row("made", "keys, signed repository, database in " + stage.shown(folder));
    terminal.row("trust root", made.text("trust-root"));
    terminal.status("starting");
    var child =
        stage
            .children()
            .start(
                "interdict-server",
                "run",
                folder.toString(),
                "--device-port",
                "0",
                "--admin-port",
                Integer.toString(stage.settings().consolePort()));
    var addresses = addresses(child);
    var server =
        new PolicyServer(
            child,
            addresses.get(0),
            addresses.get(1),
            made.text("admin"),
            made.text("password"),
            made.text("trust-root"));
    terminal.row("for agents", server.devices().toString());
    terminal.row("for people", server.console().toString());
    return server;
  }

  /// The two addresses that it prints when both listeners are ready.
  private List<URI> addresses(Children.Child child) throws DemoException, InterruptedException {
    var tail = new Tail(child.out());
    var found = new ArrayList<URI>();
    var ready =
        new Waiting(stage.clock())
            .until(
                stage.clock().instant().plus(PATIENCE),
                () -> {
                  for (var line : tail.next()) {
                    line.lines()
                        .flatMap(text -> java.util.Arrays.stream(text.split("\\s+")))
                        .filter(word -> word.startsWith("http://"))
                        .map(URI::create)
                        .forEach(found::add);
                  }
                  if (!child.running()) {
                    throw child.ended();
                  }
                  return found.size() >= 2;
                });
    if (!ready) {
      throw new DemoException("the server was not ready in time; its log is " + child.err());
    }
    return found;
  }

  /// Says so before anything is made.
  private static void requireFree(int port) throws DemoException {
    try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      socket.setReuseAddress(true);
    } catch (IOException e) {
      throw new DemoException(
          "port %d is in use; choose another with -Dinterdict.console.port=PORT, or leave it out"
              .formatted(port));
    }
  }
}
