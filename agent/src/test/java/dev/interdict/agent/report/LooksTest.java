package dev.interdict.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.report.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LooksTest {
  private static final Instant AT = Instant.parse("2026-07-10T00:00:00Z");

  @TempDir Path folder;

  private static Look look(int minute) {
    return new Look(AT.plusSeconds(60L * minute), "li.na", "viewer");
  }

  private Looks opened() throws Exception {
    return Looks.open(folder.resolve("looks.json"));
  }

  @Test
  void what_was_told_is_there_after_a_restart() throws Exception {
    assertEquals(List.of(), opened().last());
    opened().add(List.of(look(1), look(2)));
    opened().add(List.of(look(3)));
    assertEquals(List.of(look(1), look(2), look(3)), opened().last());
  }

  @Test
  void a_look_that_is_told_twice_stands_once() throws Exception {
    var looks = opened();
    looks.add(List.of(look(1), look(2)));
    looks.add(List.of(look(2), look(1)));
    assertEquals(List.of(look(1), look(2)), looks.last());
  }

  @Test
  void only_the_last_hundred_are_kept_however_long_they_are() throws Exception {
    var long1 =
        IntStream.range(0, 150)
            .mapToObj(n -> new Look(AT.plusSeconds(n), "赵".repeat(99), "观".repeat(99)))
            .toList();
    var looks = opened();
    for (var one : long1) {
      looks.add(List.of(one));
    }
    assertEquals(long1.subList(50, 150), opened().last());
  }

  @Test
  void what_cannot_be_read_is_forgotten_and_kept_anew() throws Exception {
    opened().add(List.of(look(1)));
    var file = folder.resolve("looks.json");
    Fuzz.of("looks-file")
        .seeds(Files.readAllBytes(file))
        .run(input -> {
          Files.write(file, input);
          assertTrue(opened().last().size() <= Looks.MOST);
        });
    Files.writeString(file, "{");
    opened().add(List.of(look(2)));
    assertEquals(List.of(look(2)), opened().last());
  }
}
