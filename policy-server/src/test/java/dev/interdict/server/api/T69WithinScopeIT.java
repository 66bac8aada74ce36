package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedAnswer;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.compliance.DailyRun;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.fleet.expected.ExpectedFleet;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.review.Bureau;
import dev.interdict.server.scope.Scope;
import dev.interdict.server.store.Sql;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 69 over every operation: whatever happens in another department, nothing that somebody with
/// a scope is answered becomes another.
class T69WithinScopeIT {
  private static final String V1 = "/api/v1";
  private static final String RULE = "some-tool";
  private static final String PASSING =
      "\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z|\"request-id\":\"[0-9a-f]+\"";

  @TempDir Path folder;
  private TestingOffice office;
  private Described described;
  private Client ada;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder);
    office.person("anna", Role.AUTHOR);
    office.person("bo", Role.APPROVER);
    office
        .parts()
        .accounts()
        .create(
            "tester",
            "ada",
            TestingOffice.PASSWORD,
            Set.of(Role.VIEWER, Role.HELPDESK, Role.APPROVER),
            Scope.of(List.of("R&D")));
    ada = Client.of(office, "ada");
    described = new Described(ada.get(V1 + "/openapi.json").body());
    publish();
    for (var i = 0; i < 6; i++) {
      office.reports(office.device("rd-" + i, "R&D/platform"), RULE, RuleState.PRESENT);
    }
    office.reports(office.device("rd-failed", "R&D"), RULE, RuleState.FAILED);
    haveOwners("rd-0,li.na\nsales-1,zhao.min\n");
    takeFigures();
  }

  private void haveOwners(String lines) throws Exception {
    var parts = office.parts();
    var expected =
        new ExpectedFleet(
            parts.database(),
            parts.audit(),
            new SecureRandom(),
            office.clock,
            Compliance.SILENT_AFTER);
    var csv = ("hostname,owner\n" + lines).getBytes(StandardCharsets.UTF_8);
    try (var list = expected.read(new ByteArrayInputStream(csv), StandardCharsets.UTF_8)) {
      list.apply("tester", false, false, OptionalLong.empty());
    }
  }

  /// The figures of the day, anew.
  private void takeFigures() {
    var database = office.parts().database();
    for (var table : List.of("daily_run", "daily", "daily_ring", "daily_total")) {
      database.write(connection -> Sql.update(connection, "delete from " + table));
    }
    var daily =
        new DailyRun(
            database,
            office.parts().compliance(),
            office.clock,
            Compliance.SILENT_AFTER,
            ZoneId.systemDefault());
    assertTrue(daily.runOnceFor(daily.today()));
  }

  private void publish() throws Exception {
    var anna = Client.of(office, "anna");
    anna.send("POST", V1 + "/drafts", Json.object().put("content", Bureau.RULE).build());
    seen(anna, "/observe", null);
    anna.plain("POST", V1 + "/drafts/1/preview");
    seen(anna, "/submit", Json.object().build());
    var bo = Client.of(office, "bo");
    var sha256 = Described.read(bo.get(V1 + "/drafts/1").body()).get("sha256");
    seen(bo, "/approve", Json.object().put("sha256", sha256).build());
    seen(anna, "/publish", null);
  }

  private void seen(Client client, String verb, Json.@Nullable Obj body) throws Exception {
    var path = V1 + "/drafts/1";
    var tag = client.get(path).headers().firstValue("ETag").orElseThrow();
    var answer =
        body == null
            ? client.plain("POST", path + verb, "If-Match", tag)
            : client.send("POST", path + verb, body, "If-Match", tag);
    assertEquals(200, answer.statusCode(), answer.body());
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private List<String> paths(String device) {
    var paths = new ArrayList<String>();
    for (var operation : described.operations()) {
      if (operation.changes() || operation.path().equals(V1 + "/openapi.json")) {
        continue;
      }
      var path = operation.path().replace("{device}", device).replace("{serial}", "1");
      paths.add(
          path.replaceAll("\\{[a-z]+}", RULE)
              + switch (operation.id()) {
                case "getBurndown", "exportOverview", "listPeople" -> "?rule=" + RULE;
                case "listSoftwareDevices" -> "?identity=pkg%3Anpm%2Fsome-tool&detector=npm";
                case "getBreakdown" -> "?group=dept&rule=" + RULE;
                case "listExemptions" -> "?state=any";
                case "listDevices", "exportDevices" -> "?state=present&state=failed&rule=" + RULE;
                default -> "";
              });
    }
    return paths;
  }

  /// All that somebody is answered, without the times at which it was.
  private Map<String, String> answers(Client client, String device) throws Exception {
    var answers = new TreeMap<String, String>();
    for (var path : paths(device)) {
      var answer = client.get(path);
      assertTrue(answer.statusCode() < 500, answer.body());
      answers.put(path, answer.statusCode() + " " + answer.body().replaceAll(PASSING, "then"));
    }
    return answers;
  }

  /// All that can be seen of a device happens to one in Sales.
  private void happensElsewhere(SimulatedDevice device) throws Exception {
    var asks =
        new ReportedAnswer(
            "a1", "exemption-request", office.clock.instant(), null, null, "not done", null);
    office.reports(device, RULE, RuleState.FAILED, asks);
    office.reports(office.device("sales-2", "Sales"), "sales-tool", RuleState.PRESENT);
    office.reports(office.device("sales-3", "Sales"), RULE, RuleState.PRESENT, asks);
    takeFigures();
    var bo = Client.of(office, "bo");
    var path = V1 + "/devices/" + device.id() + "/exemptions/" + RULE;
    var tag = bo.get(path).headers().firstValue("ETag").orElseThrow();
    var until =
        Json.object().put("reason", "for sales").put("until", "2026-07-09T00:00:00Z").build();
    assertEquals(200, bo.send("POST", path + "/grant", until, "If-Match", tag).statusCode());
    office
        .parts()
        .database()
        .write(connection ->
            Sql.update(
                connection,
                "insert into breaker_trip (rule_id, tripped_at, cause, words) values"
                    + " ('other-tool', 1, 'failures', 'removal failed on 3 of sales-1')"));
  }

  @Test
  void what_happens_in_another_department_changes_no_answer() throws Exception {
    var device = new SimulatedDevice("sales-1", OsFamily.LINUX);
    var before = answers(ada, device.id().value());
    office.enrol(device, "Sales", false);
    happensElsewhere(device);
    var after = answers(ada, device.id().value());
    var told = new TreeMap<String, String>();
    before.forEach((path, answer) -> {
      if (!answer.equals(after.get(path))) {
        told.put(path, answer + "\nbecame " + after.get(path));
      }
    });
    assertEquals(Map.of(), told, () -> told.keySet() + " tell of another department");
    var all = String.join("\n", answers(Client.of(office, "bo"), device.id().value()).values());
    assertTrue(all.contains("sales-1") && all.contains("for sales"), "the test shows nothing");
  }

  @Test
  void counts_of_the_breaker_are_for_those_who_see_all() throws Exception {
    office
        .parts()
        .database()
        .write(connection ->
            Sql.update(
                connection,
                "insert into breaker_trip (rule_id, tripped_at, cause, words) values"
                    + " ('some-tool', 1, 'failures', 'removal failed on 321 workstations')"));
    assertTrue(Client.of(office, "bo").get(V1 + "/rules/" + RULE).body().contains("321"));
    var seen = ada.get(V1 + "/rules/" + RULE).body();
    assertTrue(seen.contains("\"why\":\"failures\"") && !seen.contains("321"), seen);
  }

  @Test
  void nothing_is_changed_outside_of_the_scope() throws Exception {
    haveOwners("rd-0,li.na\nsales-1,ada\n");
    var device = office.device("sales-1", "Sales");
    office.reports(device, RULE, RuleState.FAILED);
    for (var operation : described.operations()) {
      if (!operation.changes() || !operation.path().contains("{device}")) {
        continue;
      }
      var path = operation.path().replace("{device}", device.id().value()).replace("{rule}", RULE);
      var body = Json.object();
      switch (operation.id()) {
        case "assignQueueItem" -> body.put("owner", "ada");
        case "requestMyExemption" -> body.put("reason", "words").put("until", "2026-07-20");
        case "linkQueueItem" -> body.put("ticket", "IT-7");
        case "grantExemption", "endExemption" -> body.put("reason", "words");
        case "refuseExemption" -> body.put("reason", "words").put("contact", "words");
        case "answerChallenge" ->
            body.put("reason", "words").put("days", 1).put("challenge", "0000-0000-0000-0000-0000");
        default -> body.put("text", "words");
      }
      var answer = ada.send("POST", path, body.build(), "If-Match", "\"0-none\"");
      var expected = operation.reach().equals("whole") ? 403 : 404;
      assertEquals(expected, answer.statusCode(), operation.id() + ": " + answer.body());
    }
  }
}
