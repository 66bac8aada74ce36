package dev.interdict.agent.platform.windows.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Receipt.Reason;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.platform.session.Answer;
import dev.interdict.agent.platform.session.Errand;
import dev.interdict.agent.platform.session.Workers;
import dev.interdict.policy.Enforcement;
import dev.interdict.policy.Language;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

/// With a program of shell in place of Windows PowerShell, which keeps what it is given, and boxes
/// that are written down.
@EnabledOnOs(OS.LINUX)
final class WindowsNotifierTest {
  private static final Instant NOW = Instant.parse("2026-07-09T02:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Phase LAST_HOUR = new Phase.LastHour(Samples.MIDNIGHT, 5, 0, Duration.ZERO);

  private final List<String> boxes = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void a_text_is_data_on_the_input_and_never_part_of_the_script() throws Exception {
    var name = "<b>&'@\n\"Tool";
    assertEquals(new Answer.Shown(null), toast(name, "exit 0"));
    var input = Files.readString(folder.resolve("input"));
    assertEquals("claude-code", input.lines().findFirst().orElseThrow());
    var toast = input.substring(input.indexOf('\n') + 1);
    var document =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(toast)));
    var texts = document.getElementsByTagName("text");
    assertEquals(3, texts.getLength());
    assertTrue(texts.item(0).getTextContent().startsWith("<b>&'@ \"Tool"), toast);
    var arguments = Files.readAllLines(folder.resolve("arguments"));
    var script =
        new String(Base64.getDecoder().decode(arguments.getLast()), StandardCharsets.UTF_16LE);
    assertTrue(script.contains("CreateToastNotifier('Interdict.Agent')"), script);
    toast("other", "exit 0");
    assertEquals(arguments, Files.readAllLines(folder.resolve("arguments")));
  }

  @Test
  void a_script_that_fails_has_shown_nothing() throws IOException {
    assertEquals(new Answer.SessionError(), toast("Tool", "exit 1"));
  }

  @Test
  void in_the_last_hour_a_box_appears_in_the_session_of_another() {
    assertEquals(
        new Receipt.Shown(Receipt.Channel.DESKTOP, NOW),
        notifier("zhao.lei").show(notice("Tool", LAST_HOUR)));
    assertEquals(List.of("zhao.lei: \\u{1b}[2JSave your work."), boxes);
    assertEquals(new Receipt.NoSession(), notifier("nobody").show(notice("Tool", LAST_HOUR)));
  }

  @Test
  void before_the_last_hour_another_session_is_not_ours() {
    var phase = new Phase.Announced(Samples.MIDNIGHT);
    assertEquals(
        new Receipt.Refused(Reason.NOT_OURS), notifier("zhao.lei").show(notice("Tool", phase)));
    assertEquals(List.of(), boxes);
  }

  private WindowsNotifier notifier(String loggedIn) {
    var answer = "{\"answer\":\"text\",\"lines\":[\"-- head --\",\"\\u001b[2JSave your work.\"]}";
    var says = "cat <<'E'\n" + answer + "\nE\n";
    var length = answer.length() + 1;
    var line = "printf '\\000\\000\\000\\%03o'; ".formatted(length) + says;
    return new WindowsNotifier(
        "SYSTEM",
        List.of("/bin/sh", "-c", line),
        folder.resolve("agent.sock"),
        new Workers(Duration.ofSeconds(30), CLOCK),
        (user, title, text) -> user.equals(loggedIn) && boxes.add(user + ": " + text),
        CLOCK);
  }

  private Answer toast(String tool, String then) throws IOException {
    var program =
        Files.writeString(
            folder.resolve("powershell"),
            "#!/bin/sh\ncat > "
                + folder
                + "/input\nprintf '%s\\n' \"$@\" > "
                + folder
                + "/arguments\n"
                + then
                + "\n");
    program.toFile().setExecutable(true);
    var errand =
        new Errand(
            Errand.Way.DESKTOP,
            folder.resolve("agent.sock"),
            null,
            List.of(),
            notice(tool, new Phase.Announced(Samples.MIDNIGHT)));
    return new ToastScreen(program, errand, Duration.ofSeconds(30), CLOCK).show();
  }

  private static Notice notice(String tool, Phase phase) {
    var rule = Samples.rule(tool, "Qoder", Enforcement.REMOVE);
    return Samples.notice(rule, phase, Samples.recipient(1000, Language.EN));
  }
}
