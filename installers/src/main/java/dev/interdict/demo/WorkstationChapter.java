package dev.interdict.demo;

import dev.interdict.demo.stage.Children;
import dev.interdict.demo.stage.DemoException;
import dev.interdict.demo.stage.Stage;
import dev.interdict.demo.stage.Waiting;
import dev.interdict.demo.workstation.Manifest;
import dev.interdict.demo.workstation.Workstation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Lays the workstation out, starts what runs on it, and enrols it.
final class WorkstationChapter {
  private static final Path STAND_IN = Path.of("/bin/sleep");

  /// As many columns as are left for a place.
  private static final int PLACE = 36;

  private static final Pattern DEVICE = Pattern.compile("\\b[0-9a-f]{32}\\b");

  private final Stage stage;

  WorkstationChapter(Stage stage) {
    this.stage = stage;
  }

  Sandbox tell(PolicyServer server) throws DemoException, InterruptedException {
    var terminal = stage.terminal();
    terminal.chapter("A workstation");
    var workstation = layOut();
    for (var shape : workstation.shapes()) {
      terminal.row(shape.user(), "%-27s %s".formatted(shape.name(), place(workstation, shape)));
    }
    var banned =
        start("the banned program", "banned", List.of(workstation.program().toString(), "86400"));
    // Reads from a pipe that stays open as long as the demo.
    var lookalike =
        start("a user's script", "lookalike", List.of(workstation.lookalike().toString()));
    terminal.row("running", "the first of them, as process " + banned.process().pid());
    var before = before(workstation);
    terminal.row(
        "beside them",
        before.size() + " files that are not banned: lookalikes, Qoder, the users' own data");
    terminal.status("enrolling");
    var device = enrol(server);
    terminal.row("enrolled", "as " + device + ", with a key made here");
    return new Sandbox(workstation, banned, lookalike, before, device);
  }

  private Workstation layOut() throws DemoException {
    try {
      return Workstation.layOut(stage.folder().workstation(), STAND_IN.toRealPath());
    } catch (IOException e) {
      throw new DemoException("cannot lay out the workstation: " + e.getMessage());
    }
  }

  private static Manifest before(Workstation workstation) throws DemoException {
    try {
      return workstation.rest();
    } catch (IOException e) {
      throw new DemoException("cannot read the workstation: " + e.getMessage());
    }
  }

  /// Where it is, its middle left out where that is long.
  private static String place(Workstation workstation, Workstation.Shape shape) {
    var home = workstation.root().resolve("home").resolve(shape.user());
    var path = home.relativize(shape.paths().getFirst());
    var whole = "~/" + path;
    return whole.length() <= PLACE ? whole : "~/" + path.getName(0) + "/.../" + path.getFileName();
  }

  private Children.Child start(String name, String file, List<String> command)
      throws DemoException, InterruptedException {
    var child = stage.children().start(name, file, command);
    var ended =
        new Waiting(stage.clock())
            .until(stage.clock().instant().plus(Duration.ofMillis(300)), () -> !child.running());
    if (ended) {
      throw child.ended();
    }
    return child;
  }

  private String enrol(PolicyServer server) throws DemoException, InterruptedException {
    var said =
        stage
            .children()
            .run(
                "interdict-agent",
                "enrol",
                "--server",
                server.devices().toString(),
                "--token-file",
                stage.folder().server().resolve("enrolment-token").toString(),
                "--trust-root",
                server.trustRoot(),
                "--state",
                stage.folder().agentState().toString());
    var device = DEVICE.matcher(said);
    if (!device.find() || !Files.isDirectory(stage.folder().agentState())) {
      throw new DemoException("interdict-agent enrol did not say which device it is");
    }
    return device.group();
  }
}
