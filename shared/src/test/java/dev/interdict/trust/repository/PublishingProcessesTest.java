package dev.interdict.trust.repository;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.trust.metadata.RoleName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Publishers in processes of their own: killed at any moment, and two at once.
class PublishingProcessesTest extends NewRepository {
  private static final int KILLS = 6;

  @Test
  void killed_at_any_moment_a_whole_state_stays_and_the_next_publication_works() throws Exception {
    var chance = new Random(5);
    var last = "";
    publish("begun");
    for (var round = 0; round < KILLS; round++) {
      var process = PublishingProcess.start(folder, "round " + round, "100000", "rotate");
      try (var out = reader(process)) {
        assertEquals("ready", out.readLine());
        for (var wanted = chance.nextInt(3); wanted > 0; wanted--) {
          last = out.readLine();
        }
        Thread.sleep(chance.nextInt(60));
        // Not by the process itself, which would close what it has said.
        process.toHandle().destroyForcibly();
        process.waitFor();
        for (var line = out.readLine(); line != null; line = out.readLine()) {
          last = line;
        }
      } finally {
        process.destroyForcibly();
      }
      // What was said to be visible is, or what came after it.
      repository = PublishingProcess.open(this);
      var state = repository.state();
      var list = new String(fetched(GLOBAL), StandardCharsets.UTF_8);
      assertTrue(number(list) >= number(last) || last.isEmpty(), list + " after " + last);
      assertEquals(state.snapshot().version(), state.timestamp().snapshot().version());
      publish("after " + round);
      assertArrayEquals(PublishingProcess.list("after " + round), fetched(GLOBAL));
      last = "";
    }
    for (var name : files()) {
      if (!name.endsWith(".new") && !name.startsWith(".")) {
        JsonReader.read(Files.readAllBytes(folder.resolve(name)), JsonLimits.OWN);
      }
    }
  }

  @Test
  void two_at_once_take_turns_and_none_takes_back_what_the_other_did() throws Exception {
    var first = PublishingProcess.start(folder, "one", "12");
    var second = PublishingProcess.start(folder, "two", "12");
    try (var ones = reader(first);
        var twos = reader(second)) {
      var said = List.of(ones.lines().toList(), twos.lines().toList());
      assertEquals(0, first.waitFor());
      assertEquals(0, second.waitFor());
      assertEquals(List.of(13, 13), said.stream().map(List::size).toList());
    } finally {
      first.destroyForcibly();
      second.destroyForcibly();
    }
    var state = repository.state();
    assertEquals(25, state.role(RepositoryPlan.BLOCKLIST).version(), "one version a publication");
    assertEquals(25, state.snapshot().version());
    assertEquals(25, state.timestamp().version());
    assertEquals(1, state.role(RoleName.TARGETS).version());
    fetched(GLOBAL);
  }

  private void publish(String text) throws Exception {
    repository.publish(
        RepositoryPlan.BLOCKLIST, GLOBAL, PublishingProcess.list(text), List.of(alice, bob));
  }

  /// The last number in a text, -1 without one.
  private static int number(String text) {
    var digits = text.replaceAll("\\D+", " ").strip();
    return digits.isEmpty() ? -1 : Integer.parseInt(digits.substring(digits.lastIndexOf(' ') + 1));
  }

  private static BufferedReader reader(Process process) throws IOException {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }
}
