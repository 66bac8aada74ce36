package dev.interdict.server.api;

import dev.interdict.json.Json;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.compliance.DailyRun;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.review.Bureau;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A company that bans something and lives through twelve days of it: removals, one that fails, an
/// exemption, a pause, and people whose machines have names that are not meant well.
final class AuditedMonth implements AutoCloseable {
  static final String HOSTILE = "=cmd|' /C calc'!A0) Tj \u202egnp.exe\u0007 שלום 😀 </x>";
  static final String LONG = "w".repeat(240);
  private static final String V1 = "/api/v1";

  final TestingOffice office;
  final List<SimulatedDevice> devices = new ArrayList<>();
  private final DailyRun daily;
  private final Map<Integer, RuleState> states = new TreeMap<>();

  AuditedMonth(Path folder) throws Exception {
    office = new TestingOffice(folder);
    var parts = office.parts();
    daily =
        new DailyRun(
            parts.database(), parts.compliance(), office.clock, Duration.ofDays(7), ZoneOffset.UTC);
    office.person("anna", Role.AUTHOR);
    office.person("bo", Role.APPROVER);
    office.person("chen", Role.APPROVER, Role.HELPDESK);
    office.person("audrey", Role.AUDITOR);
  }

  /// Lives from 1 to 12 July; the last machine falls silent, and one is cleaned after the tenth.
  AuditedMonth lived() throws Exception {
    publish();
    for (var i = 0; i < 12; i++) {
      var host = i == 0 ? HOSTILE : i == 1 ? LONG : "研发-" + i;
      devices.add(office.device(host, i < 7 ? "研发部 / R&D" : "Data"));
      report(i, i < 8 ? RuleState.PRESENT : RuleState.CLEAR);
    }
    for (var day = 2; day <= 12; day++) {
      begin(day);
      if (day <= 4) {
        report(day, RuleState.REMOVED);
      }
      if (day == 5) {
        report(1, RuleState.FAILED);
        exempt();
      }
      if (day == 7) {
        hold();
      }
      for (var i = 0; i < 11; i++) {
        report(i, Objects.requireNonNull(states.get(i)));
      }
    }
    report(6, RuleState.REMOVED);
    office.clock.move(Duration.ofHours(1));
    return this;
  }

  private void report(int device, RuleState state) {
    states.put(device, state);
    office.reports(devices.get(device), "some-tool", state);
  }

  /// Comes to the first minute of a day.
  private void begin(int day) {
    office.clock.move(
        Duration.between(
            office.clock.instant(), Instant.parse("2026-07-%02dT00:00:20Z".formatted(day))));
    if (!daily.runOnceFor(daily.today())) {
      throw new IllegalStateException("the figures of " + day + " were taken by somebody else");
    }
  }

  private void publish() throws Exception {
    var anna = Client.of(office, "anna");
    var bo = Client.of(office, "bo");
    done(anna.send("POST", V1 + "/drafts", Json.object().put("content", Bureau.RULE).build()));
    step(anna, "observe", null);
    done(anna.plain("POST", V1 + "/drafts/1/preview"));
    step(anna, "submit", Json.object().build());
    var sha256 = Described.read(bo.get(V1 + "/drafts/1").body()).get("sha256");
    step(bo, "approve", Json.object().put("sha256", sha256).build());
    step(anna, "publish", null);
  }

  private static void step(
      Client client, String verb, Json.@org.jspecify.annotations.Nullable Obj body)
      throws Exception {
    var tag = client.get(V1 + "/drafts/1").headers().firstValue("ETag").orElseThrow();
    var path = V1 + "/drafts/1/" + verb;
    done(
        body == null
            ? client.plain("POST", path, "If-Match", tag)
            : client.send("POST", path, body, "If-Match", tag));
  }

  private void exempt() throws Exception {
    var path = V1 + "/devices/" + devices.get(0).id() + "/exemptions/some-tool";
    for (var who : List.of("chen", "bo")) {
      var client = Client.of(office, who);
      var tag = client.get(path).headers().firstValue("ETag").orElseThrow();
      var given =
          Json.object()
              .put("reason", "迁移尚未完成 (plugin X), until the move is done")
              .put("until", "2026-07-20T00:00:00Z");
      done(client.send("POST", path + "/grant", given.build(), "If-Match", tag));
    }
  }

  private void hold() throws Exception {
    var chen = Client.of(office, "chen");
    done(
        chen.send(
            "POST",
            V1 + "/holds/pause",
            Json.object()
                .put("rules", Json.texts(List.of("some-tool")))
                .put("reason", "Removal broke a build machine")
                .build()));
  }

  private static void done(java.net.http.HttpResponse<String> answer) {
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(answer.uri() + ": " + answer.body());
    }
  }

  /// Somebody who just signed in and may read the audit log.
  Client auditor() throws Exception {
    return Client.of(office, "audrey");
  }

  @Override
  public void close() {
    office.close();
  }
}
