package dev.interdict.demo;

import dev.interdict.demo.fleet.Ban;
import dev.interdict.demo.fleet.Division;
import dev.interdict.demo.fleet.Fleet;
import dev.interdict.demo.stage.Answer;
import dev.interdict.demo.stage.DemoException;
import dev.interdict.demo.stage.Stage;
import dev.interdict.demo.stage.Waiting;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The simulated fleet around the workstation: its tokens, and its life in the background.
final class Company implements AutoCloseable {
  private static final long SEED = 20260710;

  /// Enough for the largest company on a slow machine.
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private final Stage stage;
  private final Map<Division, String> tokens;
  private volatile @Nullable Fleet fleet;

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
                // All of a division at once, and not over its first hour.
                "--per-hour",
                Integer.toString(stage.settings().devices()),
                "--output",
                "json");
    return Answer.read("interdict-server token create", said).text("secret");
  }

  /// Lets all devices enrol, and waits until they have.
  void enrol(PolicyServer server) throws DemoException, InterruptedException {
    var wanted = stage.settings().devices();
    if (wanted == 0) {
      return;
    }
    stage.terminal().chapter("A company around it");
    var started = new Fleet(SEED, tokens, server.devices(), stage.clock());
    fleet = started;
    started.enrol(wanted);
    var all =
        new Waiting(stage.clock())
            .until(
                stage.clock().instant().plus(PATIENCE),
                () -> {
                  var progress = started.progress();
                  stage
                      .terminal()
                      .status("%,d of %,d devices enrolled".formatted(progress.enrolled(), wanted));
                  return progress.enrolled() + progress.failed() >= wanted;
                });
    if (!all) {
      throw new DemoException("the simulated devices did not enrol in time; " + trouble());
    }
    stage
        .terminal()
        .row(
            "simulated",
            "%,d devices in %d divisions, enrolled with keys of their own"
                .formatted(started.progress().enrolled(), Division.COMPANY.size()));
  }

  /// Lets them hear of the ban and follow it.
  void hear(Ban ban) {
    var running = fleet;
    if (running != null) {
      running.hear(ban);
    }
  }

  /// How far it is, in words; empty where there is no company.
  String progress() {
    var running = fleet;
    return running == null
        ? ""
        : "%,d simulated devices, %,d reports"
            .formatted(running.progress().enrolled(), running.progress().reports());
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
