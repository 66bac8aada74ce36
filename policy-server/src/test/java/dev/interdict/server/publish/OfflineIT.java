package dev.interdict.server.publish;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.ceremony.Inspected;
import dev.interdict.server.ceremony.SigningDraft;
import dev.interdict.server.ceremony.SigningDraft.RuleReach;
import dev.interdict.server.ceremony.SigningDraftFile;
import dev.interdict.server.publish.PublishOutcome.Done;
import dev.interdict.server.publish.PublishOutcome.Refused;
import dev.interdict.trust.metadata.RepositoryException;
import dev.interdict.trust.metadata.RoleName;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that people sign elsewhere, while others hand out, withdraw and publish.
class OfflineIT {
  private static final Instant HANDED_OUT = TestingRepository.START;

  @TempDir Path folder;
  private TestingRepository on;
  private Offline offline;
  private Withdrawals withdrawals;

  @BeforeEach
  void open() throws Exception {
    on = new TestingRepository(folder);
    offline = on.publisher.offline(on.clock);
    withdrawals = on.publications.withdrawals();
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

  private Inspected signed(SigningDraft draft, KeyRole... roles) throws Exception {
    var inspected = inspected(draft);
    for (var role : roles) {
      inspected = inspected(inspected.signedBy(on.keys.need(role)));
    }
    assertTrue(inspected.complete());
    return inspected;
  }

  private Inspected inspected(SigningDraft draft) throws Exception {
    return offline.inspect(new LinkedHashMap<>(Map.of("it", draft)));
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

  @Test
  void a_list_that_is_withdrawn_while_its_publication_is_looked_at_is_not_published()
      throws Exception {
    var signed = signed(list(), KeyRole.BLOCKLIST);
    Consent slow =
        _ -> {
          assertNull(offline.withdraw("ada", signed.draft(), "Lost stick"));
          return null;
        };
    var outcome = offline.publishList("bo", signed, slow);
    assertTrue(
        assertInstanceOf(Refused.class, outcome).reason().contains("Lost stick"),
        outcome::toString);
    assertTrue(on.publications.newest().isEmpty());
  }

  @Test
  void a_list_that_is_published_is_not_withdrawn() throws Exception {
    var signed = signed(list(), KeyRole.BLOCKLIST);
    assertInstanceOf(Done.class, offline.publishList("bo", signed, TestingRepository.AGREED));
    on.clock.move(Withdrawals.PUBLISHING);
    // Once more, which fails and forgets nothing.
    assertInstanceOf(Refused.class, offline.publishList("bo", signed, TestingRepository.AGREED));
    assertEquals(
        "it is published already; pause or withdraw the rule",
        offline.withdraw("ada", signed.draft(), "Lost stick"));
    assertNull(offline.withdrawn(signed.draft()));
  }

  @Test
  void keys_that_are_published_are_not_withdrawn_nor_the_other_way_round() throws Exception {
    var renewed = Set.of(RoleName.TARGETS);
    var first = signed(offline.renewal("ada", renewed), KeyRole.TARGETS);
    var _ = offline.publishKeys("ada", first);
    var late = offline.withdraw("ada", first.draft(), "x");
    assertTrue(String.valueOf(late).contains("published already"), late);
    var second = signed(offline.renewal("ada", renewed), KeyRole.TARGETS);
    assertNull(offline.withdraw("ada", second.draft(), "Lost stick"));
    assertThrows(RepositoryException.class, () -> offline.publishKeys("ada", second));
  }

  @Test
  void what_is_being_published_is_not_withdrawn_until_that_failed_or_was_cut_short()
      throws Exception {
    var draft = list();
    var files = draft.next().values();
    assertNull(withdrawals.begin(files));
    assertNotNull(offline.withdraw("ada", draft, "x"));
    withdrawals.ended(files, false);
    var other = signed(draft, KeyRole.BLOCKLIST);
    assertNull(withdrawals.begin(files));
    on.clock.move(Withdrawals.PUBLISHING);
    assertNull(offline.withdraw("ada", draft, "Lost stick"));
    assertNotNull(withdrawals.begin(files));
    assertFalse(offline.publishList("bo", other, TestingRepository.AGREED) instanceof Done);
  }

  @Test
  void what_failed_to_be_published_is_withdrawn_at_once() throws Exception {
    var signed = signed(list(), KeyRole.BLOCKLIST);
    Consent overtaken =
        _ -> {
          try {
            somethingElseIsPublished(1);
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return null;
        };
    assertInstanceOf(Refused.class, offline.publishList("bo", signed, overtaken));
    assertNull(offline.withdraw("ada", signed.draft(), "Lost stick"));
  }
}
