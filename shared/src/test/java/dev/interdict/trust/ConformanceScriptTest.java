package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.trust.metadata.RoleName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The script that the suite is given, as a process of its own with the computer's clock.
class ConformanceScriptTest extends ConformanceScene {
  private static final Path SCRIPT = Path.of("src", "test", "conformance", "client");

  @BeforeEach
  void there_is_a_shell() {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no /bin/sh here");
    assumeTrue(Files.exists(Path.of("target", "conformance", "start")), "built without Maven");
    var later = Instant.now().plus(Duration.ofDays(7));
    for (var role :
        List.of(RoleName.ROOT, RoleName.TARGETS, RoleName.SNAPSHOT, RoleName.TIMESTAMP)) {
      repository.expires(role, later);
    }
    repository.root();
    repository.sign(RoleName.TARGETS);
    repository.publish();
  }

  /// Runs `before` and the script from another folder.
  private int script(List<String> before, String... args) throws Exception {
    var start = new ArrayList<>(before);
    start.add(SCRIPT.toAbsolutePath().toString());
    return run(start, args);
  }

  private int run(List<String> start, String... args) throws Exception {
    var command = new ArrayList<>(start);
    command.addAll(List.of(args));
    var output = folder.resolve("output");
    var process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the script does not end: " + Files.readString(output));
    }
    return process.exitValue();
  }

  @Test
  void init_and_refresh() throws Exception {
    var root = Files.write(folder.resolve("first.json"), repository.initialRoot());
    var metadata = folder.resolve("metadata").toString();
    assertEquals(0, script(List.of(), "--metadata-dir", metadata, "init", root.toString()));
    assertEquals("root=1", trusted());
    assertEquals(0, script(List.of(), refreshing()));
    assertEquals("root=2 snapshot=2 targets=2 timestamp=2", trusted());
    assertEquals(1, script(List.of(), "--metadata-dir", metadata, "no such command"));
  }

  @Test
  void started_through_a_link() throws Exception {
    init();
    var link = folder.resolve("link");
    Files.createSymbolicLink(link, SCRIPT.toAbsolutePath());
    assertEquals(0, run(List.of(link.toString()), refreshing()));
    Files.delete(link);
  }

  @Test
  void under_a_clock_that_is_eight_days_ahead() throws Exception {
    assumeTrue(hasFaketime(), "no faketime here");
    init();
    refreshes(Instant.now());
    var ahead = Instant.now().plus(Duration.ofDays(8)).toString();
    assertEquals(1, script(List.of("faketime", ahead), refreshing()));
    var near = Instant.now().plus(Duration.ofDays(6)).toString();
    assertEquals(0, script(List.of("faketime", near), refreshing()));
  }

  private void refreshes(Instant at) {
    now = at;
    refreshes();
  }

  private static boolean hasFaketime() {
    try {
      return new ProcessBuilder("faketime", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
