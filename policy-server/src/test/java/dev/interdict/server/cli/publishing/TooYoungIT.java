package dev.interdict.server.cli.publishing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.RuleId;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportFixtures;
import dev.interdict.server.fleet.SimulatedFleet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TooYoungIT {
  private static final Map<RuleId, Json> RULES =
      Map.of(
          new RuleId("of-version-1"),
          RuleFixtures.json(RuleFixtures.CLAUDE_CODE),
          new RuleId("of-version-2"),
          RuleFixtures.json(
              RuleFixtures.CLAUDE_CODE.replace(
                  "\"timeline\": {", "\"timeline\": {\"out-of-contact\": \"wait\",")));

  @TempDir Path folder;

  @Test
  void the_rule_the_workstations_and_their_agents_are_named() {
    try (var fleet = new SimulatedFleet(folder)) {
      for (var agent : List.of("0.1.0", "0.1.0", "0.0.9")) {
        var device = fleet.enrolled("old", OsFamily.LINUX, "R&D").with(agent, 1);
        fleet.send(device, ReportFixtures.WHOLE);
      }
      fleet.enrolled("new", OsFamily.LINUX, "R&D");
      var young = TooYoung.of(RULES, fleet.compliance);
      assertEquals(
          List.of(
              "3 of 4 enrolled workstations cannot read rule of-version-2: they skip it and report"
                  + " it. Agent 0.0.9 on 1, 0.1.0 on 2; it needs an agent that reads vocabulary 2,"
                  + " as agents of this release do"),
          young.stream().map(TooYoung::words).toList());
      assertEquals(
          "{\"rule\":\"of-version-2\",\"vocabulary\":2,\"unreadable\":3,\"enrolled\":4,"
              + "\"agents\":{\"0.0.9\":1,\"0.1.0\":2}}",
          JsonWriter.line(young.getFirst().json()).strip());
    }
  }

  @Test
  void nothing_is_said_where_everybody_reads_it() {
    try (var fleet = new SimulatedFleet(folder)) {
      fleet.enrolled("new", OsFamily.LINUX, "R&D");
      assertEquals(List.of(), TooYoung.of(RULES, fleet.compliance));
    }
  }
}
