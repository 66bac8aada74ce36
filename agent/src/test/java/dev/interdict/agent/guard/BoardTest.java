package dev.interdict.agent.guard;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BoardTest {
  private final Board board = new Board();

  @Test
  void to_wake_it_never_waits_for_the_cycle_that_is_running() throws Exception {
    var woken =
        board.alone(() -> {
          CompletableFuture.runAsync(board::wake).join();
          return true;
        });
    assertTrue(woken);
    // Asked for during the cycle, the next one begins at once: this would otherwise never end.
    board.waitFor(Duration.ofDays(300));
  }
}
