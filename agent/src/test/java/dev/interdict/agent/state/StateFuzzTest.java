package dev.interdict.agent.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.time.Dispute;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.decide.Witness;
import dev.interdict.fuzz.Fuzz;
import dev.interdict.policy.RuleId;
import dev.interdict.report.Groups;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent's own small files after damage.
class StateFuzzTest {
  private static final Instant NOW = Instant.parse("2026-07-10T00:00:00Z");

  @TempDir Path folder;

  @Test
  void the_clock_file_is_read_or_counts_as_none() throws Exception {
    var file = folder.resolve("clock");
    ClockFile.save(
        file,
        new TrustedClock.Mark(
            NOW,
            "boot-1",
            Duration.ofSeconds(90),
            NOW.minusSeconds(60),
            Duration.ofSeconds(5),
            Witness.SERVER,
            true,
            NOW.minusSeconds(90),
            false,
            new Dispute(NOW.plusSeconds(90_000), NOW, "boot-1", NOW.minusSeconds(9))));
    Fuzz.of("clock-file")
        .seeds(Files.readAllBytes(file))
        .run(input -> {
          Files.write(file, input);
          var mark = ClockFile.load(file);
          if (mark != null) {
            ClockFile.save(file, mark);
            assertEquals(mark, ClockFile.load(file));
          }
        });
  }

  @Test
  void the_book_of_codes_is_read_or_set_aside() throws Exception {
    var file = folder.resolve("codes.json");
    var rule = new RuleId("claude-code");
    new CodeBook(
            List.of(new CodeBook.Open(rule, "zhao.lei", 7, Duration.ofHours(3), 2, 1)),
            List.of(new CodeBook.Used(rule, "zhao.lei", 6, NOW, NOW, NOW.plusSeconds(3600))))
        .save(file);
    Fuzz.of("code-book")
        .seeds(Files.readAllBytes(file))
        .run(input -> {
          Files.write(file, input);
          var book = CodeBook.load(file);
          book.save(file);
          assertEquals(book, CodeBook.load(file));
        });
  }

  @Test
  void the_keys_are_read_or_said_to_be_damaged() throws Exception {
    var state = StateDirectory.open(folder.resolve("state"));
    var enrolment = Enrolment.create(URI.create("https://policy.example.com/"));
    DeviceKeys.load(state, enrolment).renewed().took(NOW).save(state.deviceKeys());
    var whole = Files.readAllBytes(state.deviceKeys());
    Fuzz.of("device-keys")
        .seeds(whole)
        .refuses(IOException.class)
        .run(input -> {
          Files.write(state.deviceKeys(), input);
          var keys = DeviceKeys.load(state, enrolment);
          assertTrue(keys.from().fits());
          assertTrue(keys.current().fits());
        });
  }

  @Test
  void the_enrolment_is_read_or_said_to_be_damaged() throws Exception {
    var state = StateDirectory.open(folder.resolve("state"));
    Enrolment.create(URI.create("https://policy.example.com/"))
        .in(Groups.of(List.of("finance")))
        .save(state);
    for (var file : new Path[] {state.enrolment(), state.deviceKey()}) {
      var whole = Files.readAllBytes(file);
      Fuzz.of("enrolment")
          .seeds(whole)
          .refuses(IOException.class)
          .run(input -> {
            Files.write(file, input);
            Enrolment.load(state);
          });
      Files.write(file, whole);
    }
  }
}
