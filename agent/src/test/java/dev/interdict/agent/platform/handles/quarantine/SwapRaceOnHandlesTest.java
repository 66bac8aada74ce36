package dev.interdict.agent.platform.handles.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.FakeDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// T37 and T38 on a disk in memory: a user exchanges things between any two calls, from a seed.
/// Ours may refuse, and must never lose, change or plant a file of the system, nor lose one of the
/// user's; the usual way by paths must, in the same harness, or it proves nothing. Each round is
/// another seed, and its number says how to have it again. `-Dinterdict.race.rounds=10000` for the
/// long run.
class SwapRaceOnHandlesTest {
  private static final int ROUNDS = Integer.getInteger("interdict.race.rounds", 300);

  private @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void ours_harms_nothing_and_still_does_its_work(boolean windows) throws IOException {
    var taken = 0;
    var given = 0;
    for (var seed = 0; seed < ROUNDS; seed++) {
      var scene = new Scene(windows, folder.resolve(windows + "-" + seed), seed);
      var system = Scene.photograph(scene.etc, scene.disk);
      var mallory = new Mallory(scene, seed);
      try (var quarantine = scene.quarantine()) {
        var hands = scene.hands(quarantine);
        scene.disk.meanwhile(mallory);
        hands.take(Scene.plan(scene.part()), scene.part());
        if (!hands.held().isEmpty()) {
          taken++;
          mallory.onlyOutside();
          hands.giveBack(Scene.only(hands));
          given += hands.held().isEmpty() ? 1 : 0;
        }
        scene.disk.meanwhile(() -> {});
        mallory.giveBackName();
        scene.hands(quarantine).purge(Scene.NOW.plus(Duration.ofDays(31)));
      }
      assertEquals(system, Scene.photograph(scene.etc, scene.disk), "seed " + seed);
      var lost = new HashSet<FileId>(scene.disk.removed);
      lost.retainAll(mallory.precious);
      // What lay in the matched folder when it was taken, and stayed, went with it after 30 days.
      lost.removeAll(inPackage(scene));
      assertEquals(Set.of(), lost, "seed " + seed);
    }
    assertTrue(taken > ROUNDS / 10, "took only " + taken + " of " + ROUNDS);
    assertTrue(given > 0, "gave nothing back");
  }

  private static Set<FileId> inPackage(Scene scene) {
    return scene.disk.removed.contains(scene.pkg.id) ? scene.disk.removed : Set.of();
  }

  @Test
  void looking_first_and_then_going_by_path_loses_files_of_the_system() throws DiskException {
    var damaged = 0;
    for (var seed = 0; seed < ROUNDS; seed++) {
      var scene = new Scene(false, folder.resolve("journal"), seed);
      var system = Scene.photograph(scene.etc, scene.disk);
      scene.disk.meanwhile(new Mallory(scene, seed));
      naiveRemoval(scene.disk, "/Users/mallory/lib/pkg");
      damaged += system.equals(Scene.photograph(scene.etc, scene.disk)) ? 0 : 1;
    }
    assertTrue(damaged > 0, "the harness does not bite");
  }

  private static void naiveRemoval(FakeDisk disk, String path) throws DiskException {
    var looked = disk.naiveLook(path);
    if (looked == null || looked.kind != FileKind.DIRECTORY) {
      return;
    }
    for (var name : disk.naiveList(path)) {
      var thing = disk.naiveLook(path + "/" + name);
      if (thing != null && thing.kind == FileKind.DIRECTORY) {
        naiveRemoval(disk, path + "/" + name);
      } else if (thing != null && thing.kind == FileKind.REGULAR) {
        disk.naiveMove(path + "/" + name, null, "");
      }
    }
  }

  @Test
  void looking_first_and_then_restoring_by_path_plants_files_in_the_system() throws DiskException {
    var damaged = 0;
    for (var seed = 0; seed < ROUNDS; seed++) {
      var scene = new Scene(false, folder.resolve("journal"), seed);
      var system = Scene.photograph(scene.etc, scene.disk);
      var file = scene.disk.there("/Users/mallory/lib/pkg/a");
      scene.disk.take(scene.pkg, "a");
      scene.disk.meanwhile(new Mallory(scene, seed));
      var looked = scene.disk.naiveLook("/Users/mallory/lib/pkg");
      if (looked != null && looked.kind == FileKind.DIRECTORY) {
        scene.disk.naivePut("/Users/mallory/lib/pkg/a", file);
      }
      damaged += system.equals(Scene.photograph(scene.etc, scene.disk)) ? 0 : 1;
    }
    assertTrue(damaged > 0, "the harness does not bite");
  }
}
