package dev.interdict.server.fleetsim;

import dev.interdict.server.audit.Audit;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.store.Database;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Fills a server's database with a whole company before any load is played, and says how far it
/// is.
final class Stock {
  private static final int BATCH = 2_000;

  /// Bits of a machine's number.
  private static final int LOW = 23;

  private static final Duration SAY_EVERY = Duration.ofSeconds(5);

  private Stock() {}

  /// One token for each department, of a database that no server runs on.
  static List<EnrolmentTokens.Created> tokens(Database database, Company company) {
    var clock = InstantSource.system();
    var tokens =
        new EnrolmentTokens(database, new Audit(database, clock), new SecureRandom(), clock);
    return company.departments().stream()
        .map(department ->
            tokens.create(
                "fleet-simulator",
                new Placement(department, "everyone", List.of()),
                Duration.ofDays(900),
                10_000_000))
        .toList();
  }

  /// Puts every machine in.
  ///
  /// @param when a machine reported
  static void fill(
      Database database,
      Company company,
      Hours hours,
      Keys keys,
      Roster roster,
      List<EnrolmentTokens.Created> tokens,
      IntFunction<Instant> when) {
    var load =
        new BulkLoad(
            company,
            hours,
            keys,
            roster,
            tokens.stream().map(EnrolmentTokens.Created::token).toList(),
            when);
    var machines = sorted(company, keys);
    var start = System.nanoTime();
    var said = start;
    for (var from = 0; from < machines.length; from += BATCH) {
      var some = Arrays.copyOfRange(machines, from, Math.min(machines.length, from + BATCH));
      database.write(connection -> load.write(connection, some));
      if (System.nanoTime() - said > SAY_EVERY.toNanos()) {
        said = System.nanoTime();
        System.err.printf(
            "  %,d of %,d devices, %,.0f a second%n",
            from + some.length, machines.length, (from + some.length) / ((said - start) / 1e9));
      }
    }
  }

  /// In the order of their ids, in which tables are appended to.
  private static int[] sorted(Company company, Keys keys) {
    // By the first bits of the id, with the machine's number below them: no object for each.
    return IntStream.range(0, company.devices())
        .mapToLong(machine ->
            (Long.parseUnsignedLong(keys.id(machine).value(), 0, 10, 16) << LOW) | machine)
        .sorted()
        .mapToInt(both -> (int) (both & ((1 << LOW) - 1)))
        .toArray();
  }
}
