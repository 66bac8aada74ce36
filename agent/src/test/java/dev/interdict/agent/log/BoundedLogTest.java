package dev.interdict.agent.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.event.Level;

class BoundedLogTest {
  private static final int MOST = 10_000;
  private static final int KEPT = 2;

  @TempDir private Path folder;

  private void write(int from, int to) throws IOException {
    try (var out =
        new PrintStream(new BoundedLog(folder, MOST, KEPT), false, StandardCharsets.UTF_8)) {
      var log = new LineLogger("a.Guard", Level.WARN, out, InstantSource.system(), ZoneOffset.UTC);
      for (var i = from; i < to; i++) {
        log.warn("event {} {}", i, "软件".repeat(i % 1_500));
      }
    }
  }

  private List<String> lines(String name) throws IOException {
    return Files.readAllLines(folder.resolve(name), StandardCharsets.UTF_8);
  }

  @Test
  void however_much_is_written_it_takes_no_more_room_and_the_last_word_is_there() throws Exception {
    write(0, 3_000);
    try (var files = Files.list(folder)) {
      var all = files.toList();
      assertEquals(1 + KEPT, all.size(), all.toString());
      for (var file : all) {
        // The event that fills it may be longer than what was left.
        assertTrue(Files.size(file) < MOST + 10_000, file + ": " + Files.size(file));
      }
    }
    var last = lines(Files.size(folder.resolve("agent.log")) == 0 ? "agent.1.log" : "agent.log");
    assertTrue(last.getLast().contains(" event 2999 "), last.getLast());
  }

  @Test
  void no_event_is_cut_in_two_and_they_follow_each_other() throws Exception {
    write(0, 3_000);
    var next = -1;
    for (var name : List.of("agent.2.log", "agent.1.log", "agent.log")) {
      for (var line : lines(name)) {
        assertTrue(line.matches("\\S+ WARN  Guard event \\d+ (软件)*"), line);
        var number = Integer.parseInt(line.split(" ")[5]);
        assertTrue(next == -1 || number == next, number + " and not " + next);
        next = number + 1;
      }
    }
    assertEquals(3_000, next);
  }

  @Test
  void who_starts_anew_goes_on_where_the_one_before_ended() throws Exception {
    write(0, 3);
    write(3, 5);
    assertEquals(5, lines("agent.log").size());
  }

  @Test
  void a_file_that_cannot_be_put_away_is_begun_anew() throws Exception {
    // As one that is held open on Windows: a folder that is not empty takes no file's place.
    Files.createDirectories(folder.resolve("agent.2.log/held"));
    Files.createDirectories(folder.resolve("agent.1.log/held"));
    write(0, 3_000);
    assertTrue(Files.size(folder.resolve("agent.log")) < MOST + 10_000);
    assertFalse(Files.isRegularFile(folder.resolve("agent.1.log")));
  }

  @Test
  void a_file_that_could_not_be_opened_once_is_tried_again() throws Exception {
    var logs = Files.createDirectory(folder.resolve("logs"));
    try (var log = new BoundedLog(logs, 3, KEPT)) {
      log.write("before\n".getBytes(StandardCharsets.UTF_8));
      var away = Files.move(logs, folder.resolve("away"));
      assertThrows(IOException.class, log::flush);
      assertThrows(IOException.class, () -> log.write('x'));
      Files.move(away, logs);
      log.write("after\n".getBytes(StandardCharsets.UTF_8));
      assertEquals(List.of("before", "after"), lines("logs/agent.log"));
      log.flush();
      assertEquals(List.of("before", "after"), lines("logs/agent.1.log"));
    }
  }

  @Test
  void what_an_interrupt_closed_is_opened_again_and_what_was_closed_is_not() throws Exception {
    var log = new BoundedLog(folder, MOST, KEPT);
    Thread.currentThread().interrupt();
    assertThrows(IOException.class, () -> log.write('x'));
    assertTrue(Thread.interrupted());
    log.write("after\n".getBytes(StandardCharsets.UTF_8));
    assertTrue(lines("agent.log").getLast().endsWith("after"));
    log.close();
    assertThrows(IOException.class, () -> log.write('x'));
  }

  @Test
  void a_folder_of_a_name_that_is_none_leaves_the_standard_error() {
    var err = System.err;
    var said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      assertSame(System.err, LineLogProvider.out("a\0b"));
    } finally {
      System.setErr(err);
    }
    assertTrue(said.toString(StandardCharsets.UTF_8).contains("no log can be written"));
  }
}
