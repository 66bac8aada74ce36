package dev.interdict.agent.platform.linux.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.notice.Notice;
import dev.interdict.agent.notice.Phase;
import dev.interdict.agent.notice.Receipt;
import dev.interdict.agent.notice.Receipt.Reason;
import dev.interdict.agent.notice.Samples;
import dev.interdict.agent.platform.session.Workers;
import dev.interdict.policy.Language;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The guard's side of terminals and of its own output; each worker here is a line of shell.
@EnabledOnOs(OS.LINUX)
final class OtherNotifiersTest {
  private static final Instant NOW = Instant.parse("2026-07-09T02:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Phase LAST_HOUR = new Phase.LastHour(Samples.MIDNIGHT, 5, 0, Duration.ZERO);

  private final int uid = Surroundings.ofThisProcess(Map.of()).uid();
  private final Workers workers = new Workers(Duration.ofSeconds(30), CLOCK);
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @TempDir Path users;

  @AfterEach
  void endWorkers() {
    workers.close();
  }

  @Test
  void only_what_is_urgent_goes_to_open_terminals() {
    var trace = users.resolve("trace");
    var terminals = terminals("touch " + trace, uid);
    assertEquals(
        new Receipt.NoSession(),
        terminals.show(notice(uid, new Phase.Announced(Samples.MIDNIGHT))));
    assertFalse(Files.exists(trace));
    assertEquals(
        new Receipt.Shown(Receipt.Channel.TERMINAL, NOW),
        terminals(says("{\"answer\":\"shown\"}"), uid).show(notice(uid, LAST_HOUR)));
  }

  @Test
  void only_root_writes_to_the_terminals_of_another() {
    assertEquals(
        new Receipt.Refused(Reason.NOT_OURS),
        terminals("exit 0", 4711).show(notice(4712, LAST_HOUR)));
  }

  @Test
  void root_becomes_the_person_who_is_logged_in_and_nobody_else() throws IOException {
    assumeTrue(uid == 0, "not root: cannot become another user");
    assertEquals(new Receipt.NoSession(), terminals("exit 0", uid).show(notice(65534, LAST_HOUR)));
    var folder = Files.createDirectory(users.resolve("65534"));
    Files.setAttribute(folder, "unix:uid", 65534);
    assertEquals(
        new Receipt.Refused(Reason.UNTRUSTED_SESSION),
        terminals("exit 0", uid).show(notice(65534, LAST_HOUR)));
    Files.setAttribute(folder, "unix:gid", 65534);
    var script = "test $(id -u) = 65534 && " + says("{\"answer\":\"shown\"}");
    assertEquals(
        new Receipt.Shown(Receipt.Channel.TERMINAL, NOW),
        terminals(script, uid).show(notice(65534, LAST_HOUR)));
  }

  @Test
  void lines_are_printed_as_they_come_and_the_title_may_be_bold() {
    var lines = says("{\"answer\":\"text\",\"lines\":[\"-- head --\",\"Title\",\"Body\"]}");
    assertEquals(new Receipt.Shown(Receipt.Channel.TERMINAL, NOW), printed(lines, false));
    assertEquals("-- head --\nTitle\nBody\n", printed.toString(StandardCharsets.UTF_8));
    printed.reset();
    printed(lines, true);
    assertEquals(
        "-- head --\n\u001B[1mTitle\u001B[0m\nBody\n", printed.toString(StandardCharsets.UTF_8));
  }

  @Test
  void a_worker_cannot_steer_the_terminal_of_the_guard() {
    printed(says("{\"answer\":\"text\",\"lines\":[\"\\u001b]0;owned\\u0007x\"]}"), false);
    var text = printed.toString(StandardCharsets.UTF_8);
    assertEquals("\\u{1b}]0;owned\\u{7}x\n", text);
  }

  @Test
  void as_root_the_lines_are_worded_by_somebody_without_rights() {
    assumeTrue(uid == 0, "not root: cannot become another user");
    var script =
        "test \"$(id -u) $(id -G)\" = '65534 65534' && "
            + says("{\"answer\":\"text\",\"lines\":[\"x\"]}");
    assertEquals(new Receipt.Shown(Receipt.Channel.TERMINAL, NOW), printed(script, false));
  }

  @Test
  void what_is_no_text_is_not_printed() {
    assertEquals(
        new Receipt.Failed(Reason.BAD_ANSWER), printed(says("{\"answer\":\"shown\"}"), false));
    assertEquals(new Receipt.Failed(Reason.NOT_STARTED), printed("exit 0", false));
    assertTrue(printed.toString(StandardCharsets.UTF_8).isEmpty());
  }

  private TerminalsNotifier terminals(String script, int ours) {
    return new TerminalsNotifier(
        List.of("/bin/sh", "-c", script),
        new Surroundings(ours, null, users),
        users.resolve("agent.sock"),
        workers);
  }

  @Test
  void question_marks_are_not_a_notice() {
    var latin = new PrintStream(printed, true, StandardCharsets.ISO_8859_1);
    assertEquals(
        new Receipt.Failed(Reason.CHARACTER_SET),
        printed(says("{\"answer\":\"text\",\"lines\":[\"\\u79fb\"]}"), false, latin));
    assertEquals(0, printed.size());
  }

  @Test
  void a_closed_terminal_has_shown_nothing() {
    var broken =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("gone");
          }
        };
    assertEquals(
        new Receipt.Failed(Reason.WRITE_ERROR),
        printed(
            says("{\"answer\":\"text\",\"lines\":[\"x\"]}"),
            false,
            new PrintStream(broken, true, StandardCharsets.UTF_8)));
  }

  private Receipt printed(String script, boolean colour) {
    return printed(script, colour, new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private Receipt printed(String script, boolean colour, PrintStream out) {
    return new PrintedNotifier(
            List.of("/bin/sh", "-c", script),
            new Surroundings(uid, null, users),
            users.resolve("agent.sock"),
            workers,
            out,
            colour,
            CLOCK)
        .show(notice(uid, LAST_HOUR));
  }

  private static String says(String json) {
    return "printf '\\000\\000\\000\\%03o%%s' '%s'".formatted(json.length(), json);
  }

  private static Notice notice(int person, Phase phase) {
    return Samples.notice(Samples.rule(), phase, Samples.recipient(person, Language.EN));
  }
}
