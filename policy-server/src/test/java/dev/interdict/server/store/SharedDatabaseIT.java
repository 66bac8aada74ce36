package dev.interdict.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A command of an admin writes to the database of a server that runs.
class SharedDatabaseIT {
  @TempDir Path folder;

  @Test
  void two_that_have_one_file_open_both_write() {
    try (var server = TestingDatabase.open(folder)) {
      write(server, "one");
      try (var command = TestingDatabase.open(folder)) {
        write(command, "two");
        write(server, "three");
        write(command, "four");
        assertEquals(4, names(command));
      }
      assertEquals(4, names(server));
    }
  }

  @Test
  void after_a_failed_transaction_others_can_write() {
    try (var server = TestingDatabase.open(folder);
        var command = TestingDatabase.open(folder)) {
      assertThrows(
          StoreException.class,
          () ->
              server.write(connection -> {
                insert(connection, "lost");
                throw new SQLException("no");
              }));
      write(command, "two");
      write(server, "three");
      assertEquals(2, names(server));
    }
  }

  private static void write(Database database, String name) {
    database.write(connection -> insert(connection, name));
  }

  private static int insert(java.sql.Connection connection, String name) throws SQLException {
    return Sql.update(
        connection,
        "insert into account (name, password_hash, roles, created_at) values (?,?,?,?)",
        name,
        "-",
        "viewer",
        0);
  }

  private static int names(Database database) {
    return database.read(
        handle -> handle.createQuery("select count(*) from account").mapTo(Integer.class).one());
  }
}
