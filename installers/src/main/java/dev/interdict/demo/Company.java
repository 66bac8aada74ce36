package dev.interdict.demo;

import dev.interdict.demo.fleet.Ban;
import dev.interdict.demo.fleet.Division;
import dev.interdict.demo.fleet.Fleet;
import java.util.LinkedHashMap;
import java.util.Map;

/// The simulated fleet around the workstation: its tokens, and its life in the background.
final class Company implements AutoCloseable {
  private static final long SEED = 20260710;

  private final Stage stage;
  private final Map<Division, String> tokens;
  private volatile @org.jspecify.annotations.Nullable Fleet fleet;

  private Company(Stage stage, Map<Division, String> tokens) {
    this.stage = stage;
    this.tokens = tokens;
  }

  /// Creates a token for each division.
  static Company found(Stage stage) throws DemoException, InterruptedException {
    var tokens = new LinkedHashMap<Division, String>();
    if (stage.settings().devices() > 0) {
      for (var division : Division.COMPANY) {
        stage.terminal().status("creating an enrolment token for " + division.department());
        tokens.put(division, token(stage, division));
      }
    }
    return new Company(stage, tokens);
  }

  private static String token(Stage stage, Division division)
      throws DemoException, InterruptedException {
    var said =
        stage
            .children()
            .run(
                "interdict-server",
                "token",
                "create",
                "--server-dir",
                stage.folder().server().toString(),
                "--department",
                division.department(),
                "--ring",
                division.ring(),
                "--uses",
                Integer.toString(stage.settings().devices()),
                "--output",
                "json");
    return Answer.read("interdict-server token create", said).text("secret");
  }

  /// Lets all devices enrol and live, in the background.
  void start(PolicyServer server, Ban ban) {
    if (tokens.isEmpty()) {
      return;
    }
    var started = new Fleet(SEED, ban, tokens, server.devices(), stage.clock());
    fleet = started;
    started.trickle();
    Thread.ofPlatform()
        .daemon()
        .name("company")
        .start(() -> {
          try {
            started.join(stage.settings().devices());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /// How far it is, in words; empty where there is no company.
  String progress() {
    var running = fleet;
    if (running == null) {
      return "";
    }
    var progress = running.progress();
    return progress.devices() < stage.settings().devices()
        ? "%,d of %,d simulated devices enrolled"
            .formatted(progress.devices(), stage.settings().devices())
        : "%,d simulated devices, %,d reports".formatted(progress.devices(), progress.reports());
  }

  /// Requests that the server did not take, with the first reason; empty if none.
  String trouble() {
    var running = fleet;
    if (running == null || running.progress().failed() == 0) {
      return "";
    }
    return "%,d of its requests failed, first: %s"
        .formatted(running.progress().failed(), running.progress().firstFailure());
  }

  @Override
  public void close() {
    var running = fleet;
    if (running != null) {
      running.close();
    }
  }
}
