package dev.interdict.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.report.Coverage;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.ReportOutcome;
import dev.interdict.server.fleet.SimulatedFleet;
import dev.interdict.server.review.Bureau;
import dev.interdict.server.review.DraftOutcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Texts that PostgreSQL takes otherwise than SQLite: U+0000 in none, and no more than about 2,700
/// bytes in an index.
class TextsIT {
  @TempDir Path folder;

  private static String most(int characters) {
    return "\0" + "语".repeat(characters);
  }

  @Test
  void what_a_device_tells_is_cut_and_cleaned_before_it_is_stored() {
    try (var fleet = new SimulatedFleet(folder)) {
      var device = fleet.enrolled(most(5_000), OsFamily.LINUX, "语".repeat(120));
      var now = fleet.clock.instant();
      var finding =
          new ReportedFinding(
              most(100),
              most(9_000),
              most(900),
              most(9_000),
              most(200),
              EvidenceStrength.STRONG,
              true);
      var told =
          new ReportedRule(
              "some-tool", RuleState.FAILED, null, null, null, List.of(finding), List.of());
      var body = device.report(new Coverage(now, true, List.of()), now, told);
      assertInstanceOf(
          ReportOutcome.Accepted.class, fleet.intake.accept(device.signedReport(body, now)));
      long length =
          fleet.database.read(handle ->
              handle.createQuery("select length(host) from device").mapTo(Long.class).one());
      assertEquals(255, length);
    }
  }

  @Test
  void what_people_write_is_refused_with_words() throws Exception {
    try (var on = new Bureau(folder)) {
      assertInstanceOf(
          DraftOutcome.NotDone.class,
          on.drafts.create(Bureau.ANNA, "a test", Bureau.RULE + "# \0"));
    }
    assertThrows(
        IllegalArgumentException.class, () -> new Placement("R\0D", "everyone", List.of()));
  }
}
