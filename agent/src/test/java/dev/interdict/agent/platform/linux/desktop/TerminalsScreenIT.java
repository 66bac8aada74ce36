package dev.interdict.agent.platform.linux.desktop;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.platform.Command;
import dev.interdict.agent.platform.linux.session.Surroundings;
import dev.interdict.agent.platform.session.Answer;
import dev.interdict.agent.platform.session.Errand;
import dev.interdict.policy.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Real pseudo-terminals of script(1), which writes down what is seen on each.
@EnabledOnOs(OS.LINUX)
final class TerminalsScreenIT {
  private static final Instant NOW = Instant.parse("2026-07-09T15:00:00Z");
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  private static final String TITLE = "Claude Code closes in 60 minutes";

  @TempDir Path folder;

  @Test
  void an_open_terminal_is_written_to_and_one_that_takes_no_messages_is_not() throws Exception {
    assumeTrue(Files.isExecutable(SCRIPT), "no script(1): install package bsdutils");
    var open = "chmod g+w $(tty); " + waiting("open");
    var closed = "chmod g-w $(tty); " + waiting("closed");
    try (var _ = terminal(open).start();
        var _ = terminal(closed).start()) {
      awaitReady("open");
      awaitReady("closed");
      assertEquals(new Answer.Shown(null), show());
      RealDesktop.await("the text", () -> seen("open").contains(TITLE));
      assertFalse(seen("closed").contains(TITLE), seen("closed"));
      // Line ends that hold in whatever mode a terminal is; no control but these.
      var text = seen("open").replace("\r\n", "").replace("\r", "");
      assertTrue(text.chars().noneMatch(c -> c < ' '), text);
    }
  }

  private String waiting(String name) {
    return "tty > " + folder + "/" + name + ".ready; sleep 60";
  }

  private Command terminal(String line) {
    var name = line.contains("/open.ready") ? "open" : "closed";
    return new Command(
        SCRIPT,
        List.of("-q", "-f", "-c", line, folder.resolve(name).toString()),
        Map.of("PATH", "/usr/bin:/bin", "TERM", "xterm"),
        Duration.ofMinutes(2));
  }

  private void awaitReady(String name) throws Exception {
    var ready = folder.resolve(name + ".ready");
    RealDesktop.await("terminal " + name, () -> Files.exists(ready) && Files.size(ready) > 0);
  }

  /// Without script's own first line.
  private String seen(String name) throws IOException {
    var file = folder.resolve(name);
    var text = Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : "";
    return text.contains("\n") ? text.substring(text.indexOf('\n') + 1) : text;
  }

  private Answer show() throws IOException {
    var uid = Surroundings.ofThisProcess(Map.of()).uid();
    var phase = new Phase.LastHour(Samples.MIDNIGHT, 60, 0, Duration.ZERO);
    var notice = Samples.notice(Samples.rule(), phase, Samples.recipient(uid, Language.EN));
    var errand =
        new Errand(Errand.Way.TERMINALS, folder.resolve("agent.sock"), null, List.of(), notice);
    return new TerminalsScreen(
            errand, Path.of("/dev"), Duration.ofSeconds(5), InstantSource.fixed(NOW))
        .show();
  }
}
