package dev.interdict.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseIT {
  private static final String INSERT =
      "insert into history_sample (rule_id, sampled_at, status, n) values (?, ?, 'clear', 1)";

  @TempDir Path folder;
  private Database database;

  @BeforeEach
  void open() {
    database = TestingDatabase.open(folder);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private long rows() {
    return database.read(handle ->
        handle.createQuery("select count(*) from history_sample").mapTo(Long.class).one());
  }

  @Test
  void one_failing_transaction_leaves_those_beside_it_alone() throws Exception {
    var gate = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first = threads.submit(() -> database.write(connection -> await(gate)));
      var others = new ArrayList<Future<Integer>>();
      for (var i = 0L; i < 20; i++) {
        var at = i;
        others.add(
            threads.submit(() ->
                database.write(connection -> {
                  var changed = Sql.update(connection, INSERT, "r", at);
                  if (at % 2 == 0) {
                    throw new SQLException("refused");
                  }
                  return changed;
                })));
      }
      gate.countDown();
      first.get();
      for (var i = 0; i < 20; i++) {
        var other = others.get(i);
        if (i % 2 == 0) {
          assertThrows(ExecutionException.class, other::get);
        } else {
          assertEquals(1, other.get());
        }
      }
    }
    assertEquals(10, rows());
  }

  private static boolean await(CountDownLatch gate) {
    try {
      gate.await();
      return true;
    } catch (InterruptedException e) {
      return false;
    }
  }

  @Test
  void what_waits_for_the_same_work_is_done_together_and_what_fails_fails_alone() throws Exception {
    var most = new AtomicInteger();
    var together =
        database.<Long, Integer>together((connection, items) -> {
          most.accumulateAndGet(items.size(), Math::max);
          var done = new ArrayList<Integer>();
          for (var at : items) {
            done.add(Sql.update(connection, INSERT, "r", at));
            if (at == 7) {
              throw new SQLException("refused");
            }
          }
          return done;
        });
    var begun = new CountDownLatch(1);
    var gate = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          threads.submit(() ->
              database.write(connection -> {
                begun.countDown();
                return await(gate);
              }));
      begun.await();
      var others = new ArrayList<Future<Integer>>();
      for (var i = 0L; i < 20; i++) {
        var at = i;
        others.add(threads.submit(() -> together.apply(at)));
      }
      while (database.waiting() < 20) {
        Thread.onSpinWait();
      }
      gate.countDown();
      first.get();
      for (var i = 0; i < 20; i++) {
        var other = others.get(i);
        if (i == 7) {
          assertThrows(ExecutionException.class, other::get);
        } else {
          assertEquals(1, other.get());
        }
      }
    }
    assertEquals(19, rows());
    assertEquals(20, most.get());
  }

  @Test
  void a_statement_may_run_while_the_rows_of_the_same_one_are_read() {
    var times =
        database.write(connection -> {
          for (var at = 1L; at <= 3; at++) {
            Sql.update(connection, INSERT, "r", at);
          }
          var all = "select sampled_at from history_sample where sampled_at >= ? order by 1";
          return Sql.list(
              connection,
              all,
              row ->
                  row.getLong(1)
                      + " "
                      + Sql.list(connection, all, each -> each.getLong(1), row.getLong(1)),
              2L);
        });
    assertEquals(List.of("2 [2, 3]", "3 [3]"), times);
  }

  @Test
  void an_error_of_the_program_fails_its_own_transaction_and_the_writer_goes_on() {
    var failure =
        assertThrows(
            StoreException.class,
            () ->
                database.write(_ -> {
                  throw new StackOverflowError("of one transaction");
                }));
    assertInstanceOf(StackOverflowError.class, failure.getCause());
    assertEquals("next", database.write(_ -> "next"));
  }

  @Test
  void too_many_waiting_are_refused_and_the_rest_is_done() throws Exception {
    var gate = new CountDownLatch(1);
    var entered = new CountDownLatch(1);
    var busy = 0;
    var done = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Integer>>();
      var holder =
          threads.submit(() ->
              database.write(connection -> {
                entered.countDown();
                return await(gate);
              }));
      entered.await();
      for (var i = 0L; i < 6_000; i++) {
        var at = i;
        answers.add(
            threads.submit(
                () -> database.write(connection -> Sql.update(connection, INSERT, "r", at))));
      }
      while (answers.stream().filter(Future::isDone).count() < 900) {
        Thread.onSpinWait();
      }
      gate.countDown();
      holder.get();
      for (var answer : answers) {
        try {
          done += answer.get();
        } catch (ExecutionException e) {
          assertTrue(e.getCause() instanceof BusyException);
          busy++;
        }
      }
    }
    assertEquals(6_000, done + busy);
    assertTrue(busy >= 900);
    assertEquals(done, rows());
  }

  @Test
  void what_was_accepted_before_closing_is_done() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var entered = new CountDownLatch(1);
      var answer =
          threads.submit(() ->
              database.write(connection -> {
                entered.countDown();
                return Sql.update(connection, INSERT, "r", 1L);
              }));
      entered.await();
      database.close();
      assertEquals(1, answer.get());
    }
    assertThrows(BusyException.class, () -> database.write(connection -> 1));
    database = TestingDatabase.open(folder);
    assertEquals(1, rows());
  }

  @Test
  void a_reader_cannot_write() {
    assertThrows(
        StoreException.class,
        () -> database.read(handle -> handle.execute("delete from history_sample")));
  }

  @Test
  @AboutSqlite
  void a_file_that_is_no_database_is_refused_with_its_name() throws Exception {
    var file = folder.resolve("broken.db");
    Files.writeString(file, "this is not a database, it is a text of some length".repeat(50));
    var refusal = assertThrows(StoreException.class, () -> Database.open(new Location.File(file)));
    assertTrue(String.valueOf(refusal.getMessage()).contains("broken.db"));
  }

  @Test
  void a_database_of_a_newer_version_is_refused_and_stays_as_it_is() {
    database.write(connection ->
        Sql.update(
            connection,
            "insert into flyway_schema_history (installed_rank, version, description, type, script,"
                + " checksum, installed_by, execution_time, success) select 9999, '9999',"
                + " 'later', 'SQL', 'V9999__later.sql', 1, 'x', 1, success from"
                + " flyway_schema_history where version = '1'"));
    database.close();
    var refusal = assertThrows(StoreException.class, () -> TestingDatabase.open(folder));
    var said = String.valueOf(refusal.getMessage());
    assertTrue(
        said.contains("newer version of this server (its tables are of version 9999)"), said);
  }

  @Test
  void work_that_one_node_took_no_other_begins_until_its_time_is_over() {
    try (var elsewhere = TestingDatabase.open(folder)) {
      var here = new Leases(database);
      var there = new Leases(elsewhere);
      assertTrue(here.take("sample", Duration.ofHours(1)));
      assertFalse(there.take("sample", Duration.ofHours(1)));
      assertFalse(here.take("sample", Duration.ofHours(1)));
      assertTrue(there.take("another", Duration.ZERO));
      assertTrue(here.take("another", Duration.ofHours(1)));
      here.giveBack("sample");
      assertTrue(there.take("sample", Duration.ofHours(1)));
    }
  }

  @Test
  void a_lease_that_was_taken_while_the_clock_was_ahead_holds_nobody_up() {
    var leases = new Leases(database);
    assertTrue(leases.take("sample", Duration.ofHours(1)));
    database.write(connection ->
        Sql.update(connection, "update store_lease set until_at = until_at + ?", 86_400_000L));
    assertTrue(leases.take("sample", Duration.ofHours(1)));
    assertFalse(leases.take("sample", Duration.ofHours(1)));
  }
}
