package dev.interdict.server.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;

/// Brings the tables up to date, forward only. What was applied is checked against this program's
/// own migrations each time: by Flyway, or, where nothing is to be done, by one look at what it
/// wrote down, which spares every command half a second.
final class Migrations {
  /// The one definition of the tables, whatever engine holds them.
  static final String FOLDER = "classpath:dev/interdict/server/store/migration";

  /// The [#fingerprint] of a database to which exactly this program's migrations were applied. A
  /// test says the new one when there is a new migration.
  static final String NEWEST = "13cfdf7c638e9ce4db22216de6cb2321";

  private Migrations() {}

  /// Applies what is missing.
  ///
  /// @throws StoreException if the database is not fit, was made by a newer version, or `version`
  ///   is not known
  static void run(Engine engine, Location location, MigrationVersion version) throws SQLException {
    var source = engine.migrating();
    try (var connection = source.getConnection()) {
      engine.check(connection);
      if (version.equals(MigrationVersion.LATEST) && fingerprint(connection).equals(NEWEST)) {
        return;
      }
    }
    var configured =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(source)
            .locations(FOLDER)
            .failOnMissingLocations(true);
    // Asked without a target: one that is not known would be complained of in other words.
    var info = configured.load().info();
    var newer =
        Arrays.stream(info.applied())
            .filter(each -> each.getState() == MigrationState.FUTURE_SUCCESS)
            .map(each -> String.valueOf(each.getVersion()))
            .reduce((_, last) -> last);
    if (newer.isPresent()) {
      throw new StoreException(
          "the database %s was made by a newer version of this server (its tables are of version %s);"
                  .formatted(location, newer.get())
              + " start that one, or restore a backup from before",
          null);
    }
    if (!version.equals(MigrationVersion.LATEST)
        && Arrays.stream(info.all()).noneMatch(each -> version.equals(each.getVersion()))) {
      throw new StoreException(
          "tables of version " + version + " are not known here; use a newer server", null);
    }
    configured.target(version).callbacks(new InTurn(engine)).load().migrate();
  }

  /// Looks, and applies nothing.
  ///
  /// @throws StoreException if anything but all of this program's migrations was applied
  static void requireNewest(Engine engine, Location location) throws SQLException {
    try (var connection = engine.migrating().getConnection()) {
      engine.check(connection);
      if (!fingerprint(connection).equals(NEWEST)) {
        throw new StoreException(
            "the tables of the database "
                + location
                + " are another version's than this program's, and nothing of them was changed; the"
                + " next start brings older ones up to date, as does: interdict-server migrate",
            null);
      }
    }
  }

  /// Says which migrations were applied, in which order and with which text; empty where none were.
  static String fingerprint(Connection connection) {
    try {
      var applied =
          Sql.list(
              connection,
              "select version, checksum, success from flyway_schema_history order by"
                  + " installed_rank",
              row -> row.getString(1) + " " + row.getString(2) + " " + row.getBoolean(3));
      var digest =
          MessageDigest.getInstance("SHA-256")
              .digest(String.join("\n", applied).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (SQLException e) {
      // Nothing was ever applied; if it is something else, what follows meets it again.
      return "";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
