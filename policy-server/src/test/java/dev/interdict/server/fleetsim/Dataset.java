package dev.interdict.server.fleetsim;

import dev.interdict.report.PolicyVersion;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Builds the database of a large company ten days after a ban took effect: `Dataset FOLDER
/// DEVICES`. Five rules a device; one in thirty is silent; an hourly history of three weeks. With
/// `-Dinterdict.database.at="URL USER PASSWORDFILE"` in a database of a PostgreSQL that runs.
public final class Dataset {
  /// When it is, in the data set.
  static final Instant NOW = Instant.parse("2026-07-20T10:00:00Z");

  static final String RULE = "claude-code";
  private static final Instant BEGINS = NOW.minus(Duration.ofDays(21));
  private static final List<String> RULES =
      List.of("claude-desktop", "cursor", "opencode", "aider");

  private Dataset() {}

  /// @param arguments the folder, and how many devices
  public static void main(String... arguments) throws IOException {
    var devices = Integer.parseInt(arguments[1]);
    var folder = Files.createDirectories(Path.of(arguments[0]));
    var start = System.nanoTime();
    var company = company(devices);
    try (var database = TestingDatabase.open(folder)) {
      Stock.fill(
          database,
          company,
          new Hours(company, true, List.of()),
          new Keys(company),
          new Roster(devices),
          Stock.tokens(database, company),
          machine -> heard(company, machine));
      database.write(connection -> history(connection, devices));
    }
    System.out.printf(
        "%,d devices in %,d s%n", devices, Duration.ofNanos(System.nanoTime() - start).toSeconds());
  }

  static Company company(int devices) {
    var ban =
        new Ban(
            RULE,
            new PolicyVersion(0, 1),
            BEGINS,
            NOW.minus(Duration.ofDays(10)),
            Duration.ofHours(24));
    return new Company(
        new Draw(1), devices, 0, BEGINS, Duration.ofMinutes(15), ban, RULES, Temper.NATURAL);
  }

  private static Instant heard(Company company, int machine) {
    var draw = company.draw();
    var silent = draw.below(30, machine, 90) == 0;
    var ago =
        silent
            ? Duration.ofDays(8).toMillis()
                + draw.below(Duration.ofDays(12).toMillis(), machine, 91)
            : draw.below(company.interval().toMillis(), machine, 92);
    return NOW.minusMillis(ago);
  }

  private static int history(Connection connection, int devices) throws SQLException {
    var hours = 21 * 24;
    try (var samples = new Rows(connection, "history_sample", "rule_id,sampled_at,status,n", "")) {
      for (var hour = 0; hour < hours; hour++) {
        var at = BEGINS.plus(Duration.ofHours(hour)).toEpochMilli();
        for (var status : Status.values()) {
          var n = status == Status.PRESENT ? devices / 4L * (hours - hour) / hours : 0L;
          samples.add(RULE, at, status.word(), n);
        }
      }
    }
    return hours;
  }
}
