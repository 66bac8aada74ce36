package dev.interdict.server.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.json.Json;
import dev.interdict.server.MovableClock;
import dev.interdict.server.query.Asked;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.OnBehalf;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.StoreException;
import dev.interdict.server.store.TestingDatabase;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

class AuditIT {
  @TempDir Path folder;
  private Database database;
  private Audit audit;

  @BeforeEach
  void open() {
    database = TestingDatabase.open(folder);
    audit = new Audit(database, new MovableClock(Instant.parse("2026-07-01T08:00:00Z")));
    for (var i = 0; i < 5; i++) {
      var object = "object-" + i;
      database.write(c -> audit.append(c, "ada", "test", object, Json.object().build()));
    }
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void an_untouched_log_holds() {
    assertEquals(5, assertInstanceOf(Verification.Intact.class, audit.verify()).length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "update audit set actor = 'eve' where seq = 3 | 3",
        "update audit set detail = 'x' where seq = 2 | 2",
        "delete from audit where seq = 4 | 4",
        "delete from audit where seq = 1 | 1",
        "update audit set hash = previous_hash where seq = 1 | 1",
        "update audit set seq = 99 where seq = 2 | 2"
      },
      quoteCharacter = '"')
  void the_first_bad_entry_is_named(String tampering, long bad) {
    database.write(connection -> Sql.update(connection, tampering));
    assertEquals(bad, assertInstanceOf(Verification.Broken.class, audit.verify()).seq(), tampering);
  }

  @Test
  void an_entry_names_the_request_that_it_came_by_and_older_ones_still_hold() {
    try (var _ = MDC.putCloseable(OnBehalf.LOGGED, "00112233aabbccdd")) {
      database.write(
          c -> audit.append(c, "ada", "asked", "o", Json.object().put("x", "y").build()));
    }
    database.write(c -> audit.append(c, "ada", "chore", "o", Json.object().build()));
    assertEquals(7, assertInstanceOf(Verification.Intact.class, audit.verify()).length());
    var log = new AuditLog(database);
    var asked = new Asked(Map.of("request", List.of("00112233aabbccdd")));
    var found = log.list(AuditFilter.read(asked), null, 10);
    assertEquals(List.of("asked"), found.stream().map(AuditEntry::action).toList());
    assertEquals("00112233aabbccdd", found.getFirst().request());
    assertEquals(1, log.count(AuditFilter.read(asked)));
    assertEquals("{\"request-id\":\"00112233aabbccdd\",\"x\":\"y\"}", found.getFirst().detail());
    // Whoever moves the copy by which it is found, hides it from whoever looks for it.
    database.write(c -> Sql.update(c, "update audit set request_id = null where seq = 6"));
    assertEquals(6, assertInstanceOf(Verification.Broken.class, audit.verify()).seq());
  }

  /// Test 86: the chain alone does not show it.
  @ParameterizedTest
  @CsvSource({"4, 5", "2, 3"})
  void a_cut_tail_shows_against_a_head_that_was_kept(long left, long bad) {
    var heads = List.of(audit.head().orElseThrow());
    assertEquals(audit.verify(), audit.verify(heads));
    database.write(connection -> Sql.update(connection, "delete from audit where seq > ?", left));
    assertInstanceOf(Verification.Intact.class, audit.verify());
    var cut = audit.verify(heads);
    assertEquals(bad, assertInstanceOf(Verification.Broken.class, cut).seq());
  }

  @Test
  void a_log_written_anew_shows_against_a_head_that_was_kept() {
    var heads = List.of(audit.head().orElseThrow());
    database.write(connection -> Sql.update(connection, "delete from audit where seq > 3"));
    for (var i = 0; i < 4; i++) {
      database.write(c -> audit.append(c, "eve", "test", "other", Json.object().build()));
    }
    assertInstanceOf(Verification.Intact.class, audit.verify());
    var anew = audit.verify(heads);
    assertEquals(5, assertInstanceOf(Verification.Broken.class, anew).seq());
  }

  @Test
  void an_entry_goes_with_the_change_that_failed() {
    assertThrows(
        StoreException.class,
        () ->
            database.write(connection -> {
              audit.append(connection, "ada", "test", "lost", Json.object().build());
              throw new SQLException("the change failed");
            }));
    assertEquals(5, audit.newest(Long.MAX_VALUE, 100).size());
  }
}
