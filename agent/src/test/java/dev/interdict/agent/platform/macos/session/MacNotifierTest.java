package dev.interdict.agent.platform.macos.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.platform.session.Answer;
import dev.interdict.agent.platform.session.Errand;
import dev.interdict.agent.platform.session.Workers;
import dev.interdict.agent.wording.Wording;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// With programs of shell in place of Apple's, which note their arguments.
@EnabledOnOs(OS.LINUX)
final class MacNotifierTest {
  private static final Instant NOW = Instant.parse("2026-07-09T02:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  @TempDir Path folder;

  @Test
  void the_worker_is_put_into_the_persons_session_by_number() throws IOException {
    var launchctl = noting("launchctl", "printf '\\000\\000\\000\\022%s' '{\"answer\":\"shown\"}'");
    try (var workers = new Workers(Duration.ofSeconds(30), CLOCK)) {
      var notifier =
          new MacNotifier(
              launchctl,
              Path.of("/usr/bin/sudo"),
              List.of("/opt/java", "notify"),
              folder.resolve("agent.sock"),
              workers);
      assertEquals(new Receipt.Shown(Receipt.Channel.DESKTOP, NOW), notifier.show(notice("Tool")));
    }
    assertEquals(
        List.of("asuser", "501", "/usr/bin/sudo", "-n", "-u", "#501", "--", "/opt/java", "notify"),
        noted("launchctl"));
  }

  @Test
  void a_text_is_an_argument_and_never_part_of_the_script() throws IOException {
    var hostile = notice("\" & (do shell script \"x\") & \"");
    var osascript = noting("osascript", "exit 0");
    assertEquals(new Answer.Shown(null), screen(osascript, hostile).show());
    var texts = Wording.texts(hostile, NOW);
    var noted = noted("osascript");
    assertEquals(texts.sender(), noted.get(6));
    assertEquals(texts.body() + " " + texts.more(), noted.get(7));
    assertEquals(texts.title(), noted.get(8));
    assertFalse(String.join("", noted.subList(0, 6)).contains("shell"));
  }

  @Test
  void a_program_that_fails_has_shown_nothing() throws IOException {
    assertEquals(
        new Answer.SessionError(), screen(noting("osascript", "exit 1"), notice("Tool")).show());
    assertEquals(
        new Answer.SessionError(), screen(folder.resolve("missing"), notice("Tool")).show());
  }

  private AppleScriptScreen screen(Path osascript, Notice notice) {
    var errand =
        new Errand(Errand.Way.DESKTOP, folder.resolve("agent.sock"), null, List.of(), notice);
    return new AppleScriptScreen(osascript, errand, Duration.ofSeconds(30), CLOCK);
  }

  private static Notice notice(String tool) {
    var rule = Samples.rule(tool, "Qoder", Enforcement.REMOVE);
    return Samples.notice(
        rule, new Phase.Announced(Samples.MIDNIGHT), Samples.recipient(501, Language.EN));
  }

  private Path noting(String name, String then) throws IOException {
    var program =
        Files.writeString(
            folder.resolve(name),
            "#!/bin/sh\nprintf '%s\\n' \"$@\" > "
                + folder.resolve(name + ".noted")
                + "\n"
                + then
                + "\n");
    program.toFile().setExecutable(true);
    return program;
  }

  private List<String> noted(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name + ".noted"));
  }
}
