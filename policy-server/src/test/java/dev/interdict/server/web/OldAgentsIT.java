package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.OsFamily;
import dev.interdict.report.Problem;
import dev.interdict.report.ReportFixtures;
import dev.interdict.report.ReportedProblem;
import dev.interdict.server.fleet.SimulatedFleet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldAgentsIT {
  private static final String SKIPPED =
      "1 device cannot read this rule and skips it: the agent there is too old for it. Update it.";

  @TempDir Path folder;

  @Test
  void the_page_of_a_rule_says_how_many_skip_it() {
    try (var fleet = new SimulatedFleet(folder);
        var console = new ConsoleServer(fleet, SampleCompany::blocklist).signedIn()) {
      var path = "/rules/" + SampleCompany.RULE;
      assertFalse(console.get(path).body().contains("cannot read this rule"));
      var unreadable = new ReportedProblem(Problem.RULE_UNREADABLE, SampleCompany.RULE);
      fleet.send(
          fleet.enrolled("old", OsFamily.LINUX, "R&D").suffering(unreadable), ReportFixtures.WHOLE);
      assertTrue(console.get(path).body().contains(SKIPPED));
    }
  }
}
