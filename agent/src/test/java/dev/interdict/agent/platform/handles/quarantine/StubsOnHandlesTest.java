package dev.interdict.agent.platform.handles.quarantine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.enforce.RemovalPlan;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.enforce.StubText;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.platform.handles.FakeDisk;
import dev.interdict.policy.RuleFixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Stubs on the disk of a test, as Windows and as macOS.
class StubsOnHandlesTest {
  private static final StubText TEXT =
      Objects.requireNonNull(StubText.of(RuleFixtures.rule(RuleFixtures.EVERYTHING)));

  @TempDir private Path folder;
  private int run;

  private static final class Crash extends Error {
    private static final long serialVersionUID = 1;
  }

  /// A home with one command, of which a plan is made.
  private final class Stage {
    final Scene scene;
    final String name;
    final RemovalPlan plan;

    Stage(boolean windows) {
      scene = new Scene(windows, folder.resolve("journal-" + run++), 7);
      name = windows ? "claude.cmd" : "claude";
      var bin = scene.disk.folder(scene.home, "bin", Scene.MALLORY);
      var command = scene.disk.file(bin, name, Scene.MALLORY, "banned");
      var part = Scene.part(BytePath.parse("/Users/mallory/bin/" + name), command);
      var plain = Scene.plan(part);
      plan =
          new RemovalPlan(
              plain.rule(),
              plain.item(),
              plain.identity(),
              plain.owner(),
              plain.parts(),
              List.of(),
              List.of(),
              List.of(),
              plain.reasons(),
              TEXT);
    }

    Outcome leave(HandleHands hands) {
      var part = plan.parts().getFirst();
      assertEquals(new Outcome.Done(), hands.take(plan, part));
      return hands.leaveStub(plan, part);
    }

    FakeDisk.Thing there() {
      return scene.disk.there("/Users/mallory/bin/" + name);
    }

    List<String> names() {
      return List.copyOf(scene.disk.names(scene.disk.there("/Users/mallory/bin")));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_stub_in_the_language_of_the_system_stands_and_goes(boolean windows) throws IOException {
    var stage = new Stage(windows);
    try (var quarantine = stage.scene.quarantine()) {
      var hands = stage.scene.hands(quarantine);
      assertEquals(new Outcome.Done(), stage.leave(hands));
      var thing = stage.there();
      assertArrayEquals(windows ? TEXT.batch() : TEXT.shell(), thing.content);
      assertEquals(Scene.MALLORY, thing.owner);
      assertEquals(0755, thing.mode);
      assertEquals(List.of(stage.name), stage.names());
      assertEquals(1, hands.stubs().size());

      assertEquals(new Outcome.Done(), hands.giveBack(Scene.only(hands)));
      assertEquals("banned", new String(stage.there().content, StandardCharsets.UTF_8));
      assertEquals(List.of(), hands.stubs());
    }
  }

  @Test
  void what_only_looks_like_a_stub_is_none() throws IOException {
    var stage = new Stage(true);
    try (var quarantine = stage.scene.quarantine()) {
      var hands = stage.scene.hands(quarantine);
      stage.leave(hands);
      var stub = hands.stubs().getFirst();
      var disguised = new String(TEXT.batch(), StandardCharsets.UTF_8) + "start banned";
      stage.there().content = disguised.getBytes(StandardCharsets.UTF_8);
      assertEquals(List.of(), hands.stubs());
      assertEquals(new Outcome.AlreadyDone(), hands.takeStub(stub));
      assertEquals(disguised, new String(stage.there().content, StandardCharsets.UTF_8));
    }
  }

  @Test
  void what_comes_there_at_the_last_moment_is_not_overwritten() throws IOException {
    var stage = new Stage(false);
    Steps late =
        act -> {
          var bin = stage.scene.disk.there("/Users/mallory/bin");
          if (act.equals("move") && !stage.scene.disk.names(bin).contains(stage.name)) {
            stage.scene.disk.file(bin, stage.name, Scene.MALLORY, "somebody's work");
          }
        };
    try (var quarantine = stage.scene.quarantine(late)) {
      var outcome = stage.leave(stage.scene.hands(quarantine));
      assertEquals(Refusal.OCCUPIED, assertInstanceOf(Outcome.Refused.class, outcome).why());
    }
    assertEquals("somebody's work", new String(stage.there().content, StandardCharsets.UTF_8));
    assertEquals(List.of(stage.name), stage.names());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void it_can_be_stopped_anywhere(boolean windows) throws IOException {
    var acts = 0;
    for (var done = false; !done; acts++) {
      var stage = new Stage(windows);
      var left = new int[] {acts};
      Steps crash =
          _ -> {
            if (left[0]-- == 0) {
              throw new Crash();
            }
          };
      try (var quarantine = stage.scene.quarantine(crash)) {
        var hands = stage.scene.hands(quarantine);
        stage.leave(hands);
        hands.takeStub(hands.stubs().getFirst());
        done = true;
      } catch (Crash _) {
        // The next start finds what was left.
      }
      try (var quarantine = stage.scene.quarantine()) {
        var hands = stage.scene.hands(quarantine);
        if (!hands.held().isEmpty()) {
          assertEquals(hands.stubs().size(), stage.names().size(), "act " + acts);
          assertEquals(new Outcome.Done(), hands.giveBack(Scene.only(hands)), "act " + acts);
        }
      }
      assertNotNull(stage.there());
      assertEquals("banned", new String(stage.there().content, StandardCharsets.UTF_8));
      assertEquals(List.of(stage.name), stage.names(), "act " + acts);
    }
    assertTrue(acts > 20, "only " + acts + " acts");
  }
}
