package dev.interdict.simulation;

import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The simulation's looks see what is wrong where something is: each of a few lives with a broken
/// part, until one tells of it.
class BrokenLifeIT {
  /// A defence that so many lives do not miss is none that the simulation holds.
  private static final int MOST = 40;

  @TempDir Path temp;

  @ParameterizedTest
  @CsvSource({
    "REMOVES_AT_ONCE, 1:, 0",
    "SEES_NOTHING, 2:, 0",
    "SAYS_TAKEN, 3:, 0",
    "FROZEN, 4:, 0",
    "HASTY, 6:, 0"
  })
  void what_is_broken_is_noticed(Broken broken, String invariant, long from) throws Exception {
    Set<String> told = new TreeSet<>();
    for (var seed = from; seed < from + MOST; seed++) {
      var folder = java.nio.file.Files.createDirectory(temp.resolve("life-" + seed));
      try (var life = new Life(seed, folder, broken)) {
        life.live();
        told.addAll(life.wrong());
        if (life.wrong().stream().anyMatch(wrong -> wrong.startsWith(invariant))) {
          System.out.println(broken + " noticed with seed " + seed + ": " + life.wrong());
          return;
        }
      }
    }
    fail(broken + " went unnoticed: " + told);
  }
}
