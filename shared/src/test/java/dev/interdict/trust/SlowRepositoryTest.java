package dev.interdict.trust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.trust.metadata.RepositoryException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A repository that answers everything, and takes its time over it.
class SlowRepositoryTest extends SeenVersionTwo {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  /// Does not begin at zero, as the real one does not; passes its highest value on the way.
  private long clock = Long.MAX_VALUE - 30 * SECOND;

  private Updater updater(long secondsAnAnswer) {
    Fetcher slow =
        (path, limit) -> {
          clock += secondsAnAnswer * SECOND;
          return repository.fetch(path, limit);
        };
    try {
      return new Updater(
          repository.initialRoot(),
          new DirectoryStore(folder),
          slow,
          Limits.STANDARD,
          Acceptance.PRODUCTION,
          () -> clock);
    } catch (RepositoryException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void many_roots_each_of_them_late() {
    for (var i = 0; i < 100; i++) {
      repository.root();
    }
    repository.asked();
    var result = assertInstanceOf(RefreshResult.Unreachable.class, updater(7).refresh(NOW));
    assertTrue(result.message().contains("too slow: after 60 seconds"), result.message());
    assertTrue(result.message().contains("10.root.json"), result.message());
    assertEquals(9, repository.asked().size());
    assertEquals("two", device.lastVerified(GLOBAL));
  }

  @Test
  void what_came_in_time_is_kept_so_that_the_next_cycle_goes_on_from_there() {
    for (var i = 0; i < 10; i++) {
      repository.root();
    }
    var updater = updater(7);
    assertInstanceOf(RefreshResult.Unreachable.class, updater.refresh(NOW));
    assertEquals(9, device.updater().root().version());
    assertInstanceOf(RefreshResult.Updated.class, updater.refresh(NOW));
    assertEquals(11, device.updater().root().version());
  }

  @Test
  void one_answer_that_took_longer_than_all_may() {
    assertInstanceOf(RefreshResult.Unreachable.class, updater(60).refresh(NOW));
    assertEquals(GOOD, device.disk());
  }

  @Test
  void targets_are_fetched_in_the_same_time() {
    publishThree();
    var updater = updater(13);
    assertInstanceOf(RefreshResult.Updated.class, updater.refresh(NOW)); // three answers
    assertInstanceOf(TargetResult.Unreachable.class, updater.target(GLOBAL)); // two more
    assertEquals("two", device.lastVerified(GLOBAL));
  }

  @Test
  void in_time_all_is_well() {
    publishThree();
    var updater = updater(11);
    clock += 3600 * SECOND;
    assertInstanceOf(RefreshResult.Updated.class, updater.refresh(NOW));
  }
}
