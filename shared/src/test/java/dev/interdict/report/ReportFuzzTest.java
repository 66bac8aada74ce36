package dev.interdict.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.json.JsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What devices send; any machine that was enrolled can send anything.
class ReportFuzzTest {
  private static final DeviceId DEVICE = new DeviceId("0123456789abcdef0123456789abcdef");

  private static byte[] golden() throws IOException {
    try (var in = ReportFuzzTest.class.getResourceAsStream("golden/report/v1.json")) {
      return java.util.Objects.requireNonNull(in).readAllBytes();
    }
  }

  @Test
  void reports() throws InterruptedException, IOException {
    var report =
        ReportFixtures.report(
            DEVICE,
            3,
            "ab".repeat(32),
            ReportFixtures.rule("claude-code", RuleState.PRESENT),
            ReportFixtures.told("codex"),
            ReportFixtures.rule("cursor", RuleState.CLEAR));
    Fuzz.of("report")
        .seeds(golden(), ReportJson.write(report), standing())
        .words(
            "clear",
            "present",
            "removed",
            "2026-07-10T00:00:00Z",
            "strong",
            "unknown",
            "shown",
            "remind")
        .refuses(JsonException.class)
        .run(input -> {
          var read = ReportJson.read(input);
          assertEquals(read, ReportJson.read(ReportJson.write(read)));
          for (var rule : read.rules()) {
            if (rule.state().claimsClear()) {
              assertEquals(List.of(), rule.findings(), "clear of what was found");
            }
          }
        });
  }

  /// A report that says what its device remembers of the server.
  private static byte[] standing() throws IOException {
    var text = new String(golden(), StandardCharsets.UTF_8);
    var footing =
        """
        "footing":{"taken":{"sequence":11,"hash":"%s"},"versions":{"timestamp":40,"root":1}},\
        """
            .formatted("ab".repeat(32));
    return text.replace("\"coverage\":", footing.strip() + "\"coverage\":")
        .getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_report_says_what_its_device_remembers() throws Exception {
    var footing = java.util.Objects.requireNonNull(ReportJson.read(standing()).footing());
    assertEquals(new Footing.Taken(11, "ab".repeat(32)), footing.taken());
    assertEquals(java.util.Map.of("timestamp", 40L, "root", 1L), footing.versions());
  }

  @Test
  void heartbeats() throws InterruptedException {
    Fuzz.of("heartbeat")
        .seeds(
            new Heartbeat("ab".repeat(32), "").write(),
            new Heartbeat("0".repeat(64), "nonce-of-the_last-one").write())
        .refuses(JsonException.class)
        .run(input -> {
          var read = Heartbeat.read(input);
          assertEquals(read, Heartbeat.read(read.write()));
        });
  }

  @Test
  void how_a_device_goes_on() throws InterruptedException {
    Fuzz.of("chain-answer")
        .seeds(
            "{\"expected\":12}".getBytes(StandardCharsets.UTF_8),
            "{\"type\":\"chain\",\"looks\":[]}".getBytes(StandardCharsets.UTF_8))
        .refuses(JsonException.class)
        .run(input -> {
          var expected = ChainAnswer.expected(input);
          assertEquals(expected, Math.clamp(expected, 0, Footing.MOST_VERSION));
        });
  }

  @Test
  void requests_to_enrol() throws InterruptedException {
    var device = new Device(DEVICE, "ws-1", OsFamily.LINUX, "Debian", "amd64", 2);
    Fuzz.of("enrol-request")
        .seeds(
            new EnrolRequest("t".repeat(40), "ab".repeat(32), "h", device).write(),
            new EnrolRequest("t", "00".repeat(32), null, device).write())
        .refuses(JsonException.class)
        .run(input -> {
          var read = EnrolRequest.read(input);
          assertEquals(read, EnrolRequest.read(read.write()));
        });
  }

  @Test
  void looks_at_a_device() throws InterruptedException {
    var look = new Look(ReportFixtures.AT, "li.na", "viewer");
    Fuzz.of("looks")
        .seeds(Look.write(List.of(look, look)), Look.write(List.of()))
        .refuses(JsonException.class)
        .run(input -> {
          var read = Look.read(input);
          assertEquals(read, Look.read(Look.write(read)));
        });
  }

  @Test
  void answers_to_them() throws InterruptedException {
    Fuzz.of("enrol-answer")
        .seeds(
            new EnrolAnswer(DEVICE, Groups.of(List.of("finance", "build-machines"))).write(),
            ("{\"device\": \"" + DEVICE + "\"}").getBytes(StandardCharsets.UTF_8))
        .refuses(JsonException.class)
        .run(input -> {
          var read = EnrolAnswer.read(input);
          assertEquals(read, EnrolAnswer.read(read.write()));
          assertTrue(read.groups().size() <= Groups.MOST);
        });
  }
}
