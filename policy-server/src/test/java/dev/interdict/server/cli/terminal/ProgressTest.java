package dev.interdict.server.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-database")
class ProgressTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final PrintWriter printer = new PrintWriter(err);
  private final AtomicLong nanos = new AtomicLong(-5);

  private Progress of(boolean terminal) {
    var console =
        new Console(
            new PrintWriter(out),
            printer,
            false,
            new Screen(terminal, terminal, () -> 30),
            "anna",
            InstantSource.system(),
            new SecureRandom(),
            PassphraseSource.NONE);
    return new Progress(console, "making the tables", nanos::get);
  }

  private boolean after(int millis, Progress progress) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    return progress.tick();
  }

  private String said() {
    var said = err.toString();
    err.getBuffer().setLength(0);
    return said;
  }

  @Test
  void what_is_done_in_two_seconds_says_nothing() {
    try (var progress = of(true)) {
      assertTrue(after(500, progress));
      assertTrue(after(1_400, progress));
    }
    assertEquals("", said());
  }

  @Test
  void a_terminal_has_one_line_that_is_gone_at_the_end() {
    var progress = of(true);
    after(2_000, progress);
    assertEquals("\rmaking the tables … 2 s\u001b[K", said());
    progress.at("filling table finding, 12,000 rows");
    after(500, progress);
    assertEquals("\rfilling table finding, 12,00…\u001b[K", said());
    progress.close();
    assertEquals("\r\u001b[K", said());
    assertFalse(after(500, progress));
    assertEquals("", said());
  }

  @Test
  void a_file_gets_a_line_now_and_then() {
    try (var progress = of(false)) {
      after(2_000, progress);
      assertEquals("making the tables … 2 s\n", said());
      after(29_000, progress);
      assertEquals("", said());
      after(1_000, progress);
      assertEquals("making the tables … 32 s\n", said());
    }
    assertEquals("", said());
  }

  @Test
  void what_stays_stands_in_a_line_of_its_own_and_the_result_is_left_alone() {
    try (var progress = of(true)) {
      after(3_000, progress);
      said();
      progress.warn("one report cannot be read");
      assertEquals("\r\u001b[Kone report cannot be read\n", said());
    }
    assertEquals("", said());
    assertEquals("", out.toString());
  }

  @Test
  void what_waits_inside_of_another_is_silent_while_that_one_is_open() {
    var outer = of(true);
    var inner = of(true);
    inner.at("waiting for the server");
    after(2_000, outer);
    assertEquals("\rmaking the tables … 2 s\u001b[K", said());
    assertTrue(after(500, inner));
    assertEquals("", said());
    inner.warn("one report cannot be read");
    assertEquals("\r\u001b[Kone report cannot be read\n", said());
    after(0, outer);
    said();
    outer.close();
    assertEquals("\r\u001b[K", said());
    after(500, inner);
    assertEquals("\rwaiting for the server … 3 s\u001b[K", said());
    inner.close();
    assertEquals("\r\u001b[K", said());
  }
}
