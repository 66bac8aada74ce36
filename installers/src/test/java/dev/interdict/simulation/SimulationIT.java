package dev.interdict.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many lives of a small fleet. One alone, with its whole story: `-Dinterdict.simulation=SEED`;
/// more of them than a build has time for: `-Dinterdict.simulations=1000`.
class SimulationIT {
  private static final Path MEMORY = Path.of("/dev/shm");
  private static final Long ALONE = Long.getLong("interdict.simulation");
  private static final int LIVES = Integer.getInteger("interdict.simulations", 4);
  private static final int FIRST = Integer.getInteger("interdict.simulations.from", 0);
  private static final int TOLD_OF = 3;

  /// Fewer say nothing of how often something is met.
  private static final int ENOUGH = 50;

  /// Situations that this many lives of a hundred must really have met.
  private static final Map<String, Integer> OFTEN =
      Map.of("removals", 50, "killed", 40, "power cut", 30, "answer lost", 40);

  @TempDir Path temp;

  @Test
  void agents_and_server_keep_their_word_whatever_goes_wrong() throws Exception {
    var met = new TreeMap<String, Integer>();
    var wrong = new ArrayList<String>();
    var from = ALONE == null ? FIRST : ALONE;
    var to = ALONE == null ? FIRST + LIVES : ALONE + 1;
    for (var seed = from; seed < to; seed++) {
      var life = live(seed);
      life.story().met().keySet().forEach(what -> met.merge(what, 1, Integer::sum));
      life.wrong().forEach(fault -> wrong.add(fault));
      if (ALONE != null || !life.wrong().isEmpty() && wrong.size() <= TOLD_OF) {
        System.out.println(life.story() + "\n" + life.wrong());
      }
      if (!life.wrong().isEmpty()) {
        wrong.add("  seed " + seed + ", alone by -Dinterdict.simulation=" + seed);
      }
    }
    System.out.println(met);
    assertEquals("", String.join("\n", wrong));
    if (ALONE == null && LIVES >= ENOUGH) {
      OFTEN.forEach((what, least) ->
          assertTrue(
              met.getOrDefault(what, 0) * 100 >= least * LIVES,
              () -> what + " in " + met.getOrDefault(what, 0) + " lives only"));
    }
  }

  @Test
  void the_same_seed_tells_the_same_story() throws Exception {
    assertEquals(live(3).story().toString(), live(3).story().toString());
  }

  private record Lived(Story story, java.util.Set<String> wrong) {}

  private Lived live(long seed) throws Exception {
    var folder =
        Files.createTempDirectory(Files.isWritable(MEMORY) ? MEMORY : temp, "interdict-life");
    try (var life = new Life(seed, folder)) {
      try {
        life.live();
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "life of -Dinterdict.simulation=" + seed + " broke off\n" + life.story, e);
      }
      return new Lived(life.story, life.wrong());
    } finally {
      Folders.delete(folder);
    }
  }
}
