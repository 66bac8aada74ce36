package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.policy.RuleFixtures;
import dev.interdict.trust.metadata.RepositoryException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardTest {
  @TempDir Path folder;

  /// Ends the resident loop.
  private static final class Enough extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  @Test
  void a_stop_given_between_two_cycles_holds_what_falls_due_with_the_second() throws Exception {
    try (var scene = new Scene(folder)) {
      scene.publish(RuleFixtures.CLAUDE_CODE);
      scene.install(1);
      scene.carrier.lie =
          result -> {
            // The second exchange ends the first cycle; the loop then sleeps until it is woken.
            if (scene.carrier.jobs.size() == 2) {
              scene.at(Scene.EFFECTIVE);
              stop(scene);
              scene.board.wake();
            }
            if (scene.carrier.jobs.size() == 4) {
              throw new Enough();
            }
            return result;
          };
      assertThrows(Enough.class, scene.guard::run);
      assertEquals(List.of(), scene.enforcer.done);
      assertEquals(
          List.of(new Event.Held(Scene.RULE, "complaints")), scene.events.of(Event.Held.class));
    }
  }

  private static void stop(Scene scene) {
    try {
      scene.stop("complaints");
    } catch (RepositoryException e) {
      throw new AssertionError(e);
    }
  }
}
