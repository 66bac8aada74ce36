package dev.interdict.agent.platform.handles.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.platform.handles.FakeDisk;
import dev.interdict.agent.platform.handles.Trouble;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The process ends before each act of taking and of giving back, or the disk fails at each call:
/// afterwards the thing is in exactly one place, whole, and the journal says where.
class CrashOnHandlesTest {
  private @TempDir Path folder;
  private int run;

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  private static Steps crashAt(int act) {
    var left = new int[] {act};
    return _ -> {
      if (left[0]-- == 0) {
        throw new Crash();
      }
    };
  }

  private Scene scene(boolean windows, long device) {
    return new Scene(windows, folder.resolve("journal-" + run++), 7, device);
  }

  @ParameterizedTest
  @CsvSource({"true,1", "false,1", "true,2", "false,2"})
  void a_crash_at_each_act_of_taking_and_giving_back(boolean windows, long device)
      throws IOException {
    var acts = 0;
    for (var done = false; !done; acts++) {
      var scene = scene(windows, device);
      var whole = Scene.photograph(scene.pkg, scene.disk);
      try (var quarantine = scene.quarantine(crashAt(acts))) {
        var hands = scene.hands(quarantine);
        assertEquals(new Outcome.Done(), hands.take(Scene.plan(scene.part()), scene.part()));
        assertEquals(new Outcome.Done(), hands.giveBack(Scene.only(hands)));
        done = true;
      } catch (Crash _) {
        // The next start finds what was left.
      }
      afterwards(scene, whole, "act " + acts);
    }
    assertTrue(acts > (device == 1 ? 10 : 50), "only " + acts + " acts");
  }

  private static void afterwards(Scene scene, String whole, String when) throws IOException {
    try (var quarantine = scene.quarantine()) {
      var hands = scene.hands(quarantine);
      var place = scene.disk.path("/Users/mallory/lib/pkg");
      var held = hands.held();
      if (held.isEmpty()) {
        assertEquals(whole, Scene.photograph(place, scene.disk), when);
        assertEquals(0, scene.disk.names(scene.held()).size(), when);
      } else {
        var id = held.getFirst().id().text();
        assertEquals("nothing", Scene.photograph(place, scene.disk), when);
        assertEquals(whole, Scene.photograph(scene.disk.at(scene.held(), id), scene.disk), when);
      }
      assertEquals(0, scene.disk.names(scene.work()).size(), when);
      assertTrue(
          scene.disk.names(scene.lib).stream().noneMatch(name -> name.startsWith(".interdict")),
          when);
    }
  }

  @ParameterizedTest
  @CsvSource({"true,1,DENIED", "true,2,NO_SPACE", "false,2,OTHER", "false,1,ABSENT"})
  void a_disk_that_fails_once_at_each_call(boolean windows, long device, Trouble trouble)
      throws IOException {
    var call = 0;
    for (var failed = true; failed; call++) {
      var scene = scene(windows, device);
      var whole = Scene.photograph(scene.pkg, scene.disk);
      try (var quarantine = scene.quarantine()) {
        var hands = scene.hands(quarantine);
        var fails = failAt(scene.disk, call, trouble);
        hands.take(Scene.plan(scene.part()), scene.part());
        if (!hands.held().isEmpty()) {
          hands.giveBack(Scene.only(hands));
        }
        scene.disk.meanwhile(() -> {});
        failed = fails.get();
      }
      afterwards(scene, whole, trouble + " at call " + call);
    }
    assertTrue(call > 50, "only " + call + " calls");
  }

  private static AtomicBoolean failAt(FakeDisk disk, int call, Trouble trouble) {
    var fails = new AtomicBoolean();
    var at = disk.calls + call + 1;
    disk.meanwhile(() -> {
      if (disk.calls == at) {
        fails.set(true);
        disk.failNext = trouble;
      }
    });
    return fails;
  }

  @Test
  void a_journal_that_cannot_be_written_stops_the_act_before_it_begins() throws IOException {
    var scene = scene(true, 1);
    try (var quarantine =
        scene.quarantine(act -> {
          if (act.equals("journal write")) {
            throw new java.io.UncheckedIOException(new IOException("full"));
          }
        })) {
      var hands = scene.hands(quarantine);
      try {
        hands.take(Scene.plan(scene.part()), scene.part());
      } catch (java.io.UncheckedIOException _) {
        // Stands for a disk that is full.
      }
      assertEquals(scene.pkg, scene.disk.path("/Users/mallory/lib/pkg"));
    }
    assertTrue(Files.exists(folder));
  }
}
