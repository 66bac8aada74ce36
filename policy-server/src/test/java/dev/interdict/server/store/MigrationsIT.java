package dev.interdict.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsIT {
  @TempDir Path folder;

  @Test
  void what_a_fresh_database_was_given_is_what_this_program_knows_as_its_newest() {
    assertEquals(
        fingerprint(),
        Migrations.NEWEST,
        "there is a new migration, or one was changed: write this fingerprint into Migrations");
  }

  @Test
  void a_migration_that_was_applied_with_another_text_is_refused() {
    change("update flyway_schema_history set checksum = checksum + 1 where version = '12'");

    var refused = assertThrows(StoreException.class, () -> TestingDatabase.open(folder).close());

    assertTrue(
        String.valueOf(refused.getMessage()).contains("failed validation"), refused::toString);
  }

  @Test
  void a_migration_that_never_ended_is_refused() {
    change(
        "update flyway_schema_history set success = "
            + (TestingDatabase.IS_POSTGRES ? "false" : "0")
            + " where version = '12'");

    assertThrows(StoreException.class, () -> TestingDatabase.open(folder).close());
  }

  private String fingerprint() {
    try (var database = TestingDatabase.open(folder)) {
      return database.write(Migrations::fingerprint);
    }
  }

  private void change(String sql) {
    try (var database = TestingDatabase.open(folder)) {
      var _ = database.write(connection -> Sql.update(connection, sql));
    }
  }
}
