package dev.interdict.server.compliance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.report.OsFamily;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.query.Terms;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledIT {
  @TempDir Path folder;
  private SimulatedFleet fleet;
  private Installed installed;
  private int findings;

  @BeforeEach
  void open() {
    fleet = new SimulatedFleet(folder);
    installed = new Installed(fleet.database);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private String device(String host) {
    return fleet.enrolled(host, OsFamily.LINUX, "R&D").id().value();
  }

  private void has(
      String device, String identity, String source, @Nullable String version, String strength) {
    fleet.database.write(connection ->
        Sql.update(
            connection,
            "insert into finding (device_id, rule_id, n, source, identity, version, location,"
                + " strength, running) values (?,'some-tool',?,?,?,?,'/opt',?,0)",
            device,
            findings++,
            source,
            identity,
            version,
            strength));
  }

  private List<Installed.Software> page(Installed.@Nullable Software after, int most) {
    var cursor = after == null ? null : new Installed.Cursor(after.identity(), after.source());
    return installed.list(new Installed.Filter(Scope.WHOLE, Terms.ALL, null, null), cursor, most);
  }

  private static Installed.Version version(@Nullable String version, long devices) {
    return new Installed.Version(version, devices);
  }

  @Test
  void each_row_has_its_own_versions_wherever_a_page_begins() {
    var one = device("ws-1");
    var two = device("ws-2");
    has(one, "pkg:npm/a", "npm", "1.0", "exact");
    has(two, "pkg:npm/a", "npm", "2.0", "exact");
    has(two, "pkg:npm/a", "npm", "2.0", "exact");
    has(one, "pkg:npm/a", "npm", "2.0", "exact");
    has(one, "pkg:npm/a", "path", "3.0", "exact");
    has(two, "pkg:npm/b", "npm", "1.0", "residue");
    has(two, "pkg:npm/c", "npm", null, "exact");
    var expected =
        List.of(
            new Installed.Software(
                "pkg:npm/a", "npm", 2, List.of(version("2.0", 2), version("1.0", 1)), null),
            new Installed.Software("pkg:npm/a", "path", 1, List.of(version("3.0", 1)), null),
            new Installed.Software("pkg:npm/c", "npm", 1, List.of(version(null, 1)), null));
    assertEquals(expected, page(null, 10));
    for (var size = 1; size <= 2; size++) {
      var seen = new ArrayList<Installed.Software>();
      for (var page = page(null, size); !page.isEmpty(); page = page(seen.getLast(), size)) {
        seen.addAll(page);
      }
      assertEquals(expected, seen);
    }
  }

  @Test
  void no_more_versions_of_one_are_told_than_some_and_that_costs_no_other_one_its_own() {
    var one = device("ws-1");
    IntStream.range(0, Installed.MOST_VERSIONS + 20)
        .forEach(i -> has(one, "pkg:npm/a", "npm", "1." + i, "exact"));
    has(one, "pkg:npm/b", "npm", "7", "exact");
    var page = page(null, 10);
    assertEquals(Installed.MOST_VERSIONS, page.getFirst().versions().size());
    assertEquals(List.of(version("7", 1)), page.getLast().versions());
  }
}
