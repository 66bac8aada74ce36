package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many devices, each from before a ban until after its date. One life alone, with its whole story:
/// `-Dinterdict.life=SEED`; more of them than a build has time for: `-Dinterdict.lives=10000`, from
/// another one than the first on by `-Dinterdict.lives.from=SEED`.
class LivesTest {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Integer ALONE = Integer.getInteger("interdict.life");
  private static final int LIVES = Integer.getInteger("interdict.lives", 150);
  private static final int FIRST = Integer.getInteger("interdict.lives.from", 0);
  private static final int TOLD_OF = 5;

  /// Situations that this many lives in ten thousand must really have met.
  private static final Map<String, Integer> OFTEN =
      Map.of(
          "removals", 3000,
          "put off", 800,
          "exemption ended", 500,
          "clock set", 400,
          "disputed", 500,
          "called off", 200,
          "clocks put on or back", 800);

  @TempDir Path temp;

  @Test
  void no_device_acts_before_people_were_told_in_time_and_none_forgets_to() throws Exception {
    var own = Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, "lives") : temp;
    try {
      live(own);
    } finally {
      if (!own.equals(temp)) {
        delete(own);
      }
    }
  }

  private static void live(Path folder) throws IOException {
    var lives = new TreeMap<String, Integer>();
    var wrong = new ArrayList<String>();
    var from = ALONE == null ? FIRST : ALONE;
    var to = ALONE == null ? FIRST + LIVES : ALONE + 1;
    for (var seed = from; seed < to; seed++) {
      var life = new DeviceLife(seed, folder);
      life.live();
      life.fairness.met.keySet().forEach(what -> lives.merge(what, 1, Integer::sum));
      var named = from(seed);
      var faults = life.fairness.wrong();
      if (!faults.isEmpty() || ALONE != null) {
        wrong.addAll(faults.stream().map(fault -> fault + " (life " + named + ")").toList());
        if (wrong.size() <= TOLD_OF) {
          System.out.println("Life " + named + "\n" + life.story() + "\n" + faults);
        }
      }
    }
    System.out.println(lives);
    assertEquals("", String.join("\n", wrong));
    if (ALONE == null) {
      OFTEN.forEach((what, least) ->
          assertTrue(
              lives.getOrDefault(what, 0) * 10_000L >= (long) least * LIVES,
              () -> what + " in " + lives.getOrDefault(what, 0) + " lives only"));
    }
  }

  private static String from(int seed) {
    return seed + ", alone by -Dinterdict.life=" + seed;
  }

  private static void delete(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
