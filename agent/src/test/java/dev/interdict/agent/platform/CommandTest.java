package dev.interdict.agent.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.platform.Command.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
final class CommandTest {
  private static final Duration AMPLE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final byte[] NOTHING = {};
  private static final int MOST = 1 << 16;

  @TempDir Path temporary;

  @Test
  void programs_are_never_searched_for() {
    assertThrows(IllegalArgumentException.class, () -> command(AMPLE, "sh", "-c", "true"));
    assertThrows(IllegalArgumentException.class, () -> command(AMPLE, "./sh"));
    assertThrows(IllegalArgumentException.class, () -> command(AMPLE, "/bin/echo", "a\0b"));
  }

  @Test
  void nothing_is_inherited_from_our_environment() {
    var environment = Map.of("ONLY", "this");
    var command = new Command(Path.of("/usr/bin/env"), List.of(), environment, AMPLE);
    assertEquals("ONLY=this\n", output(command.run(NOTHING, MOST)));
  }

  @Test
  void the_folder_is_the_root() {
    assertEquals("/\n", output(run("/bin/pwd")));
  }

  @Test
  void arguments_never_pass_a_shell() {
    assertEquals("$(id) ; * \"\n", output(run("/bin/echo", "$(id) ; * \"")));
  }

  @Test
  void input_is_written_and_ended_and_the_answer_is_whole() {
    var input = "x".repeat(60_000).getBytes(StandardCharsets.UTF_8);
    var outcome = command(AMPLE, "/bin/cat").run(input, MOST);
    assertEquals(60_000, output(outcome).length());
  }

  @Test
  void exit_code_and_errors_are_told() {
    var outcome = run("/bin/sh", "-c", "echo oops >&2; exit 3");
    var exited = assertInstanceOf(Outcome.Exited.class, outcome);
    assertEquals(3, exited.code());
    assertEquals("oops\n", new String(exited.errors(), StandardCharsets.UTF_8));
  }

  @Test
  void a_program_that_is_not_there_is_not_started() {
    assertInstanceOf(Outcome.NotStarted.class, run("/nonexistent/program"));
  }

  @Test
  void a_program_that_reads_nothing_holds_nobody_up() {
    var outcome = command(AMPLE, "/bin/true").run(new byte[1 << 20], MOST);
    assertInstanceOf(Outcome.Exited.class, outcome);
  }

  @Test
  void endless_output_ends_the_program() {
    assertInstanceOf(Outcome.TooMuchOutput.class, run("/bin/sh", "-c", "yes"));
    assertInstanceOf(
        Outcome.TooMuchOutput.class, command(AMPLE, "/bin/echo", "12345").run(NOTHING, 5));
    assertEquals("1234\n", output(command(AMPLE, "/bin/echo", "1234").run(NOTHING, 5)));
  }

  @Test
  void of_its_errors_the_beginning_is_kept() {
    var script = "i=0; while [ $i -lt 20000 ]; do echo 12345678 >&2; i=$((i+1)); done; echo done";
    var outcome = run("/bin/sh", "-c", script);
    assertEquals("done\n", output(outcome));
    assertEquals(MOST, ((Outcome.Exited) outcome).errors().length);
    assertInstanceOf(
        Outcome.TimedOut.class, command(SHORT, "/bin/sh", "-c", "yes >&2").run(NOTHING, MOST));
  }

  @Test
  void the_time_limit_ends_the_program_and_its_children() throws IOException {
    var pids = temporary.resolve("pids");
    var script = "echo $$ > \"$0\"; sleep 600 & echo $! >> \"$0\"; wait";
    var outcome = command(SHORT, "/bin/sh", "-c", script, pids.toString()).run(NOTHING, MOST);
    assertInstanceOf(Outcome.TimedOut.class, outcome);
    var started = Files.readAllLines(pids);
    assertEquals(2, started.size());
    started.forEach(CommandTest::assertGone);
  }

  @Test
  void an_escaped_grandchild_that_keeps_the_pipe_open_holds_nobody_up() throws IOException {
    var pid = temporary.resolve("pid");
    var script =
        "setsid sh -c 'echo $$ > \"$0\"; exec sleep 600' \"$0\" & "
            + "while [ ! -s \"$0\" ]; do :; done; echo done";
    var outcome = command(AMPLE, "/bin/sh", "-c", script, pid.toString()).run(NOTHING, MOST);
    ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
        .ifPresent(ProcessHandle::destroyForcibly);
    assertEquals("done\n", output(outcome));
  }

  @Test
  void a_conversation_goes_both_ways() throws Exception {
    try (var conversation = command(AMPLE, "/bin/cat").start()) {
      for (var word : List.of("one", "two")) {
        conversation.input().write(word.getBytes(StandardCharsets.UTF_8));
        conversation.input().flush();
        var answer = conversation.output().readNBytes(word.length());
        assertEquals(word, new String(answer, StandardCharsets.UTF_8));
      }
      conversation.input().close();
      assertEquals(0, conversation.await());
      assertFalse(conversation.timedOut());
    }
  }

  @Test
  void a_conversation_ends_at_its_time_limit() throws Exception {
    try (var conversation = command(SHORT, "/bin/sh", "-c", "echo $$; exec sleep 600").start()) {
      var pid = new String(conversation.output().readAllBytes(), StandardCharsets.UTF_8);
      conversation.await();
      assertTrue(conversation.timedOut());
      assertGone(pid.strip());
    }
  }

  @Test
  void closing_a_conversation_ends_the_program() throws Exception {
    String pid;
    try (var conversation = command(AMPLE, "/bin/sh", "-c", "echo $$; exec sleep 600").start()) {
      pid = new String(conversation.output().readNBytes(2), StandardCharsets.UTF_8);
      pid +=
          new String(
              conversation.output().readNBytes(conversation.output().available()),
              StandardCharsets.UTF_8);
    }
    assertGone(pid.strip());
  }

  /// Gone, or dead and not yet collected by whoever adopted it.
  private static void assertGone(String pid) {
    var until = System.nanoTime() + AMPLE.toNanos();
    while (System.nanoTime() < until) {
      try {
        var stat = Files.readString(Path.of("/proc", pid, "stat"));
        if (stat.contains(") Z ")) {
          return;
        }
      } catch (NoSuchFileException e) {
        return;
      } catch (IOException e) {
        // It went away while we were reading.
        continue;
      }
      LockSupport.parkNanos(1_000_000);
    }
    throw new AssertionError("process " + pid + " is still there");
  }

  private static Outcome run(String... line) {
    return command(AMPLE, line).run(NOTHING, MOST);
  }

  private static Command command(Duration limit, String... line) {
    return Command.of(Path.of(line[0]), List.of(line).subList(1, line.length), limit);
  }

  private static String output(Outcome outcome) {
    var exited = assertInstanceOf(Outcome.Exited.class, outcome);
    return new String(exited.output(), StandardCharsets.UTF_8);
  }
}
