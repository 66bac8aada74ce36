package dev.interdict.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/// What a database in another process can do to whoever uses it.
@EnabledIfSystemProperty(named = "interdict.database", matches = "postgresql")
class PostgresIT {
  @TempDir Path folder;

  private final PostgresServer server = PostgresServer.running();

  /// Reads and then writes, which two that do so at once must not do on the same value.
  private static int count(Connection connection) throws SQLException {
    var before =
        Sql.first(
            connection, "select version from expected_version where id = 1", row -> row.getInt(1));
    var after = (before == null ? 0 : before) + 1;
    Sql.update(connection, "update expected_version set version = ? where id = 1", after);
    return after;
  }

  private static long counted(Database database) {
    return database.read(handle ->
        handle.createQuery("select version from expected_version").mapTo(Long.class).one());
  }

  @Test
  void what_two_nodes_read_and_then_write_never_interleaves() throws Exception {
    try (var one = TestingDatabase.open(folder);
        var other = TestingDatabase.open(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<Integer>>();
      for (var i = 0; i < 400; i++) {
        var node = i % 2 == 0 ? one : other;
        answers.add(threads.submit(() -> node.write(PostgresIT::count)));
      }
      for (var answer : answers) {
        answer.get();
      }
      assertEquals(400, counted(one));
      assertEquals(400, answers.stream().map(Future::resultNow).distinct().count());
    }
  }

  @Test
  void connections_that_were_ended_are_opened_again_and_nothing_is_done_twice() throws Exception {
    var location = (Location.Postgres) TestingDatabase.in(folder);
    try (var database = Database.open(location)) {
      for (var i = 1; i <= 5; i++) {
        assertEquals(i, database.write(PostgresIT::count));
        end(location);
        assertEquals(i, counted(database));
      }
    }
  }

  private void end(Location.Postgres location) {
    server.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '"
            + location.url().database()
            + "'");
  }

  @Test
  void a_session_that_ends_in_the_middle_of_a_batch_has_it_done_again_whole() throws Exception {
    var location = (Location.Postgres) TestingDatabase.in(folder);
    try (var database = Database.open(location)) {
      var runs = new java.util.concurrent.atomic.AtomicInteger();
      var answer =
          database.write(connection -> {
            var value = count(connection);
            if (runs.incrementAndGet() == 1) {
              end(location);
            }
            return value + count(connection);
          });
      assertEquals(2, runs.get());
      assertEquals(1 + 2, answer);
      assertEquals(2, counted(database));
    }
  }

  @Test
  void a_node_that_stalls_loses_its_turn_to_the_other() throws Exception {
    try (var stalled = TestingDatabase.open(folder);
        var other = TestingDatabase.open(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var holds = new CountDownLatch(1);
      var goesOn = new CountDownLatch(1);
      var runs = new java.util.concurrent.atomic.AtomicInteger();
      var late =
          threads.submit(() ->
              stalled.write(connection -> {
                var value = count(connection);
                if (runs.incrementAndGet() == 1) {
                  holds.countDown();
                  await(goesOn);
                }
                return value;
              }));
      holds.await();
      assertEquals(1, other.write(PostgresIT::count));
      goesOn.countDown();
      assertEquals(2, late.get(60, TimeUnit.SECONDS));
      assertEquals(2, counted(other));
    }
  }

  @Test
  void a_migration_waits_for_what_another_server_is_writing_and_counts_it() throws Exception {
    var location = server.empty();
    Database.openEmpty(location, "74").close();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor();
        var older = new Postgres(location).writer()) {
      new Postgres(location).begin(older);
      var newer = threads.submit(() -> Database.open(location));
      while (!newer.isDone() && !waitsForATurn(location)) {
        Thread.onSpinWait();
      }
      Sql.update(
          older,
          "insert into device (device_id, public_key, enrolled_at, token_id, department, ring,"
              + " tags, host, os, os_version, architecture, last_contact, contact_day, supported,"
              + " sequence, lost) values ('d', '', 0, 't', 'R&D', 'canary', '', 'h', 'linux', '',"
              + " '', 0, 0, 1, 0, 0)");
      older.commit();
      try (var database = newer.get(60, TimeUnit.SECONDS)) {
        assertEquals(
            1L,
            database.<Long>read(handle ->
                handle
                    .createQuery("select n from fine_rollup where ring = 'canary'")
                    .mapTo(Long.class)
                    .one()));
      }
    }
  }

  private static boolean waitsForATurn(Location.Postgres location) throws SQLException {
    try (var connection = new Postgres(location).migrating().getConnection()) {
      return !Sql.list(
              connection,
              "select 1 from pg_stat_activity where datname = current_database() and"
                  + " wait_event_type = 'Lock' and query like 'update store_writer%'",
              row -> row.getInt(1))
          .isEmpty();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void a_query_sees_one_moment_and_cannot_write() {
    try (var database = TestingDatabase.open(folder)) {
      database.write(PostgresIT::count);
      long twice =
          database.read(handle -> {
            var query = "select version from expected_version";
            var before = handle.createQuery(query).mapTo(Long.class).one();
            database.write(PostgresIT::count);
            return before * 10 + handle.createQuery(query).mapTo(Long.class).one();
          });
      assertEquals(11, twice);
      assertEquals(2, counted(database));
      assertThrows(
          StoreException.class,
          () -> database.read(handle -> handle.execute("delete from expected_version")));
    }
  }

  @Test
  void what_cannot_be_opened_is_said_in_one_line_without_the_password() throws Exception {
    var right = server.fresh();
    var wrong = password("not the password of this");
    refused(
        new Location.Postgres(right.url(), "interdict", wrong), "it refuses the user interdict");
    refused(new Location.Postgres(right.url(), "stranger", wrong), "it refuses the user stranger");
    refused(at(right, "nowhere_at_all"), "there is no such database");
    refused(
        new Location.Postgres(
            PostgresUrl.of("jdbc:postgresql://127.0.0.1:1/interdict"),
            "interdict",
            right.passwordFile()),
        "it cannot be reached");
    refused(
        new Location.Postgres(right.url(), "interdict", folder.resolve("none")),
        "its password cannot be read");
    server.execute(
        "create database ordered template template0 encoding 'UTF8' locale 'C' icu_locale 'en'"
            + " locale_provider icu");
    refused(at(right, "ordered"), "--locale=C ordered");
  }

  private static Location.Postgres at(Location.Postgres right, String database) {
    var url = new PostgresUrl(right.url().hosts(), database, right.url().parameters());
    return new Location.Postgres(url, right.user(), right.passwordFile());
  }

  private Path password(String text) throws Exception {
    var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    return Files.writeString(Files.createFile(folder.resolve("password"), owner), text);
  }

  private static void refused(Location location, String part) {
    var said =
        String.valueOf(
            assertThrows(StoreException.class, () -> Database.open(location)).getMessage());
    assertTrue(said.contains(part), said);
    assertEquals(1, said.lines().count(), said);
    assertFalse(said.contains("not the password"), said);
  }
}
