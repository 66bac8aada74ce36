package dev.interdict.server.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraft.RuleReach;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.publish.PublishOutcome.Done;
import dev.interdict.trust.metadata.RepositoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that people sign elsewhere, while others hand out and publish.
class OfflineIT {
  private static final Instant HANDED_OUT = TestingRepository.START;

  @TempDir Path folder;
  private TestingRepository on;
  private Offline offline;

  @BeforeEach
  void open() throws Exception {
    on = new TestingRepository(folder);
    offline = on.publisher.offline(on.clock);
  }

  @AfterEach
  void close() {
    on.close();
  }

  private SigningDraft list() throws Exception {
    var change =
        new ListChange.Edit(List.of(TestingRepository.draft("some-tool", "Some Tool")), Set.of());
    var outcome =
        offline
            .lists()
            .draft(
                "anna",
                change,
                TestingRepository.AGREED,
                (id, _) -> new RuleReach(id.value(), 0L, 0, 0, 0, 0, null));
    return assertInstanceOf(ListDrafting.Outcome.Drafted.class, outcome, outcome::toString).draft();
  }

  private void somethingElseIsPublished(int number) throws Exception {
    var outcome =
        on.publisher.publish(
            "bo",
            List.of(TestingRepository.draft("other-" + number, "Other")),
            TestingRepository.AGREED);
    assertInstanceOf(Done.class, outcome, outcome::toString);
  }

  @Test
  void what_is_made_while_something_is_published_is_made_again() throws Exception {
    var times = new AtomicInteger();
    var based =
        offline.based(() -> {
          try {
            if (times.incrementAndGet() == 1) {
              somethingElseIsPublished(1);
            }
            return offline.base();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    assertEquals(2, times.get());
    assertEquals(offline.base(), based.base());
    assertEquals(based.base(), based.made());
  }

  @Test
  void where_something_is_published_each_time_nothing_is_made() {
    var times = new AtomicInteger();
    assertThrows(
        RepositoryException.class,
        () ->
            offline.based(() -> {
              try {
                somethingElseIsPublished(times.incrementAndGet());
                return "x";
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            }));
    assertEquals(Offline.ATTEMPTS, times.get());
  }

  @Test
  void a_file_is_kept_for_one_handing_out_and_14_days() throws Exception {
    var files = new HandedOut(on.database, on.clock);
    var first = list();
    assertArrayEquals(SigningDraftFile.write(first), files.keep(1, 1, "base", HANDED_OUT, first));
    on.clock.move(HandedOut.FRESH.minusMillis(1));
    var second = list();
    assertArrayEquals(SigningDraftFile.write(first), files.keep(1, 1, "base", HANDED_OUT, second));
    on.clock.move(Duration.ofMillis(1));
    assertArrayEquals(SigningDraftFile.write(second), files.keep(1, 1, "base", HANDED_OUT, second));
    on.clock.move(Duration.ofHours(1));
    var third = list();
    assertArrayEquals(SigningDraftFile.write(second), files.keep(1, 1, "base", HANDED_OUT, third));
    assertArrayEquals(
        SigningDraftFile.write(third),
        files.keep(1, 1, "base", HANDED_OUT.plusSeconds(1), third),
        "handed out anew");
  }
}
