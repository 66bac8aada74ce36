package dev.interdict.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.report.Coverage;
import dev.interdict.report.EnrolAnswer;
import dev.interdict.report.Groups;
import dev.interdict.report.Look;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.compliance.DeviceDetail;
import dev.interdict.server.compliance.Status;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.SignedRequest;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.wire.ContentDigest;
import dev.interdict.wire.Headers;
import dev.interdict.wire.RequestParts;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceListenerIT {
  private static final ReportedRule FAILED =
      new ReportedRule("claude-code", RuleState.FAILED, null, null, null, List.of(), List.of());

  /// The head of something that might be signed: only its body tells.
  private static final String SIGNED =
      "Interdict-Sequence: 1\r\nContent-Digest: x\r\nSignature-Input: x\r\nSignature: x\r\n";

  @TempDir Path folder;
  private TestingServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestingServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private SimulatedDevice enrolled() throws IOException {
    var device = new SimulatedDevice("ws-1", OsFamily.LINUX);
    var answer = server.send(device.enrol(server.token(), "hw", server.clock.instant()));
    assertEquals(201, answer.statusCode(), answer.body());
    return device;
  }

  private SignedRequest next(SimulatedDevice device, ReportedRule... rules) {
    var now = server.clock.instant();
    var body = device.report(new Coverage(now, true, List.of()), now, rules);
    return device.signedReport(body, now);
  }

  private DeviceDetail detail(SimulatedDevice device) {
    var detail = server.server.parts().compliance().device(device.id());
    assertNotNull(detail);
    return detail;
  }

  @Test
  void a_device_enrols_and_is_heard() throws Exception {
    var device = enrolled();
    assertEquals(204, server.send(next(device, FAILED)).statusCode());
    var detail = detail(device);
    assertEquals("R&D", detail.membership().department());
    assertEquals(List.of("pilot"), detail.membership().tags());
    assertEquals(Status.FAILED, detail.rules().getFirst().status());
    assertEquals(1, detail.contact().sequence());
  }

  @Test
  void a_device_hears_who_looked_at_its_page() throws Exception {
    var device = enrolled();
    server.server.parts().looks().record(device.id(), "li.na", "viewer");
    var at = server.clock.instant();
    var answer = server.send(next(device, FAILED));
    assertEquals(200, answer.statusCode());
    assertEquals(
        List.of(new Look(at, "li.na", "viewer")),
        Look.read(answer.body().getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertEquals(204, server.send(next(device, FAILED)).statusCode());
  }

  @Test
  void enrolling_again_with_the_same_key_changes_nothing() throws Exception {
    var device = new SimulatedDevice("ws-1", OsFamily.LINUX);
    var token = server.token();
    for (var status : List.of(201, 200, 200)) {
      var answer = server.send(device.enrol(token, null, server.clock.instant()));
      assertEquals(status, answer.statusCode());
      assertEquals(new Json.Text(device.id().value()), TestingServer.json(answer).get("device"));
    }
    assertEquals(4, server.server.parts().tokens().list().getFirst().usesLeft());
  }

  @Test
  void a_device_is_told_the_groups_of_its_token_and_told_them_again() throws Exception {
    var tokens = server.server.parts().tokens();
    var groups = Groups.of(List.of("finance", "build-machines"));
    var placement = new Placement("R&D", "everyone", List.of(), groups);
    var token = tokens.create("tester", placement, Duration.ofDays(1), 1);
    assertEquals(groups, tokens.list().getFirst().placement().groups());
    var device = new SimulatedDevice("ws-1", OsFamily.LINUX);
    for (var status : List.of(201, 200)) {
      var answer = server.send(device.enrol(token.secret(), null, server.clock.instant()));
      assertEquals(status, answer.statusCode());
      var body = answer.body().getBytes(StandardCharsets.UTF_8);
      assertEquals(new EnrolAnswer(device.id(), groups), EnrolAnswer.read(body));
    }
  }

  @Test
  void the_same_hardware_with_another_key_is_another_device() throws Exception {
    var first = enrolled();
    server.send(next(first, FAILED));
    var second = enrolled();
    assertEquals(1, detail(first).rules().size());
    assertEquals(0, detail(second).rules().size());
  }

  @Test
  void a_token_ends_by_time_uses_and_revocation() throws Exception {
    var tokens = server.server.parts().tokens();
    var placement = new Placement("R&D", "everyone", List.of());
    var once = tokens.create("tester", placement, Duration.ofDays(1), 1);
    var revoked = tokens.create("tester", placement, Duration.ofDays(1), 9);
    assertTrue(tokens.revoke("tester", revoked.token().id()));
    assertFalse(tokens.revoke("tester", revoked.token().id()));
    var now = server.clock.instant();
    assertEquals(201, enrolStatus(once.secret()));
    assertEquals(403, enrolStatus(once.secret()));
    assertEquals(403, enrolStatus(revoked.secret()));
    assertEquals(403, enrolStatus("never-given-out"));
    var late = tokens.create("tester", placement, Duration.ofHours(1), 9);
    server.clock.move(Duration.ofHours(1));
    assertEquals(403, enrolStatus(late.secret()));
    assertTrue(now.isBefore(server.clock.instant()));
  }

  private int enrolStatus(String secret) throws IOException {
    var device = new SimulatedDevice("ws-x", OsFamily.LINUX);
    return server.send(device.enrol(secret, null, server.clock.instant())).statusCode();
  }

  @Test
  void enrolling_needs_the_key_itself() throws Exception {
    var device = new SimulatedDevice("ws-1", OsFamily.LINUX);
    var thief = new SimulatedDevice("ws-2", OsFamily.LINUX);
    var body = device.enrol(server.token(), null, server.clock.instant()).body();
    var answer = server.send(thief.signed(Routes.ENROL, body, 0, server.clock.instant()));
    assertEquals(401, answer.statusCode());
    assertNull(server.server.parts().compliance().device(device.id()));
    // Nor does a key of its own let it go by another's id.
    var own = thief.enrol(server.token(), null, server.clock.instant()).body();
    var asDevice =
        new String(own, StandardCharsets.UTF_8).replace(thief.id().value(), device.id().value());
    var claimed = asDevice.getBytes(StandardCharsets.UTF_8);
    var claims = server.send(thief.signed(Routes.ENROL, claimed, 0, server.clock.instant()));
    assertEquals(422, claims.statusCode(), claims::body);
    assertNull(server.server.parts().compliance().device(thief.id()));
  }

  @Test
  void the_same_bytes_are_answered_the_same_and_change_nothing() throws Exception {
    var device = enrolled();
    var first = next(device, FAILED);
    assertEquals(204, server.send(first).statusCode());
    var before = detail(device);
    server.clock.move(Duration.ofMinutes(5));
    assertEquals(204, server.send(first).statusCode());
    assertEquals(before, detail(device));
    assertEquals(204, server.send(next(device)).statusCode());
    // A device that is set back learns by this that it is.
    var late = server.send(first);
    assertEquals(200, late.statusCode());
    assertEquals(new Json.Int(3), TestingServer.json(late).get("expected"));
    assertEquals(2, detail(device).contact().sequence());
    assertEquals(List.of(), detail(device).rules());
  }

  @Test
  void a_clone_is_flagged_and_its_history_not_merged() throws Exception {
    var device = enrolled();
    assertEquals(204, server.send(next(device)).statusCode());
    var clone = device.cloned();
    assertEquals(204, server.send(next(device)).statusCode());
    assertNull(detail(device).contact().forkedAt());
    var answer = server.send(next(clone, FAILED));
    assertEquals(409, answer.statusCode());
    assertEquals(new Json.Int(3), TestingServer.json(answer).get("expected"));
    assertNotNull(detail(device).contact().forkedAt());
    assertEquals(List.of(), detail(device).rules());
    // The clone goes on: next in number, but it follows a report that was never accepted.
    assertEquals(409, server.send(next(clone, FAILED)).statusCode());
    assertEquals(204, server.send(next(device)).statusCode());
  }

  @Test
  void lost_reports_are_counted() throws Exception {
    var device = enrolled();
    server.send(next(device));
    next(device);
    next(device);
    assertEquals(204, server.send(next(device)).statusCode());
    assertEquals(2, detail(device).contact().lost());
  }

  @Test
  void whatever_was_tampered_with_is_refused() throws Exception {
    var device = enrolled();
    var good = next(device, FAILED);
    var other = "{}".getBytes(StandardCharsets.UTF_8);
    var parts = good.parts();
    var digestOfOther =
        new RequestParts("POST", parts.path(), null, ContentDigest.of(other), parts.sequence());
    var tampered =
        Map.of(
            "body", new SignedRequest(parts, good.input(), good.signature(), other),
            "body and digest",
                new SignedRequest(digestOfOther, good.input(), good.signature(), other),
            "path",
                new SignedRequest(
                    new RequestParts(
                        "POST", Routes.ENROL, null, parts.contentDigest(), parts.sequence()),
                    good.input(),
                    good.signature(),
                    good.body()),
            "sequence",
                new SignedRequest(
                    new RequestParts(
                        "POST", parts.path(), null, parts.contentDigest(), parts.sequence() + 1),
                    good.input(),
                    good.signature(),
                    good.body()),
            "created",
                new SignedRequest(
                    parts,
                    good.input().replaceFirst("created=[0-9]+", "created=1"),
                    good.signature(),
                    good.body()));
    for (var each : tampered.entrySet()) {
      var status = server.send(each.getValue()).statusCode();
      assertTrue(status == 401 || status == 422, each.getKey() + " " + status);
    }
    assertEquals(0, detail(device).contact().sequence());
    assertEquals(204, server.send(good).statusCode());
  }

  @Test
  void an_unknown_device_and_an_old_signature_get_the_same_answer() throws Exception {
    var stranger = new SimulatedDevice("ws-9", OsFamily.LINUX);
    var unknown = server.send(next(stranger));
    var device = enrolled();
    var old = next(device);
    server.clock.move(Duration.ofHours(25));
    var late = server.send(old);
    assertEquals(401, unknown.statusCode());
    assertEquals(401, late.statusCode());
    assertEquals(TestingServer.said(unknown), TestingServer.said(late));
  }

  @Test
  void a_device_cannot_speak_for_another() throws Exception {
    var device = enrolled();
    var other = enrolled();
    var body = next(device, FAILED).body();
    var answer = server.send(other.signed(Routes.REPORTS, body, 1, server.clock.instant()));
    assertEquals(422, answer.statusCode());
    assertEquals(0, detail(device).contact().sequence());
  }

  @Test
  void a_header_sent_twice_is_refused() throws Exception {
    var device = enrolled();
    var good = next(device);
    var request = server.builder(good).header(Headers.SEQUENCE, "7").build();
    assertEquals(400, server.send(request).statusCode());
  }

  @Test
  void a_body_beyond_the_bound_is_refused_announced_or_not() throws Exception {
    var port = server.server.devicePort();
    var announced =
        server.raw(
            port,
            "POST /agent/v1/reports HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Length: 99999999999\r\n\r\n");
    assertTrue(announced.startsWith("HTTP/1.1 413"), announced);
    var unsigned =
        server.raw(
            port,
            "POST /agent/v1/reports HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + "Content-Length: 40000\r\n\r\n");
    assertTrue(unsigned.startsWith("HTTP/1.1 401"), "its body was waited for: " + unsigned);
    var chunks = new StringBuilder("10000\r\n").repeat("x", 65_536).append("\r\n");
    var unannounced =
        server.raw(
            port,
            "POST /agent/v1/enrol HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                + SIGNED
                + "Transfer-Encoding: chunked\r\n\r\n"
                + chunks
                + "0\r\n\r\n");
    assertTrue(unannounced.startsWith("HTTP/1.1 413"), unannounced);
    var packed =
        server.send(
            server
                .device(Routes.REPORTS)
                .header("Content-Encoding", "gzip")
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build());
    assertEquals(415, packed.statusCode());
  }

  @Test
  void large_bodies_held_back_do_not_keep_others_from_being_heard() throws Exception {
    var device = enrolled();
    var held = new ArrayList<Socket>();
    try {
      for (var i = 0; i < 40; i++) {
        var socket = new Socket("127.0.0.1", server.server.devicePort());
        held.add(socket);
        var head =
            "POST /agent/v1/reports HTTP/1.1\r\nHost: x\r\n"
                + SIGNED
                + "Content-Length: 5000000\r\n\r\n";
        socket
            .getOutputStream()
            .write((head + "x".repeat(100_000)).getBytes(StandardCharsets.US_ASCII));
      }
      // The others are still being read: nothing is said to them.
      var refused = new HashSet<Socket>();
      var until = Instant.now().plusSeconds(60);
      while (refused.size() < 8 && Instant.now().isBefore(until)) {
        for (var socket : held) {
          if (!refused.contains(socket) && socket.getInputStream().available() >= 12) {
            var start =
                new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 503", start);
            refused.add(socket);
          }
        }
        Thread.sleep(10);
      }
      assertEquals(8, refused.size());
      assertEquals(204, server.send(next(device)).statusCode());
    } finally {
      for (var socket : held) {
        socket.close();
      }
    }
  }

  @Test
  void head_is_get_without_a_body() throws Exception {
    var repository = Files.createDirectories(folder.resolve("repository"));
    Files.writeString(repository.resolve("timestamp.json"), "{\"t\":1}");
    var answer =
        server.raw(
            server.server.devicePort(),
            "HEAD /tuf/timestamp.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertTrue(answer.startsWith("HTTP/1.1 200") && answer.contains("Content-Length: 7"), answer);
    assertTrue(answer.endsWith("\r\n\r\n"), answer);
  }

  @Test
  void deep_or_malformed_documents_are_refused() throws Exception {
    var device = enrolled();
    for (var body : List.of("[".repeat(100_000), "{\"format\":1}", "", "null", "\uFEFF{}")) {
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      var answer = server.send(device.signed(Routes.REPORTS, bytes, 1, server.clock.instant()));
      assertEquals(422, answer.statusCode());
      assertTrue(answer.headers().firstValue("Content-Type").orElse("").contains("problem+json"));
    }
  }

  @Test
  void the_time_answers_a_whole_nonce_only() throws Exception {
    var nonce = "ab".repeat(32);
    var answer = time("{\"nonce\":\"" + nonce + "\"}");
    assertEquals(200, answer.statusCode());
    for (var bad : List.of("{}", "{\"nonce\":\"ab\"}", "{\"nonce\":7}", "x")) {
      assertEquals(422, time(bad).statusCode(), bad);
    }
  }

  private java.net.http.HttpResponse<String> time(String body) throws IOException {
    return server.send(
        server.device(Routes.TIME).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  @Test
  void a_session_is_worth_nothing_on_the_device_listener() throws Exception {
    server.admin("ada");
    var cookie = server.signIn("ada", TestingServer.PASSWORD).headers().firstValue("Set-Cookie");
    var answer =
        server.send(
            server
                .device(Routes.REPORTS)
                .header("Cookie", cookie.orElseThrow())
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());
    assertEquals(401, answer.statusCode());
    assertEquals(404, server.send(server.device("/api/v1/rules").build()).statusCode());
  }

  @Test
  void what_was_acknowledged_survives_a_restart() throws Exception {
    var device = enrolled();
    var first = next(device, FAILED);
    assertEquals(204, server.send(first).statusCode());
    server.close();
    server = new TestingServer(folder, server.clock);
    assertEquals(204, server.send(first).statusCode());
    assertEquals(1, detail(device).contact().sequence());
    assertEquals(204, server.send(next(device)).statusCode());
  }

  @Test
  void plain_http_is_for_loopback_only() throws IOException {
    var config = TestingDatabase.config(folder);
    var open =
        new ServerConfig(
            TestingDatabase.in(Files.createDirectory(folder.resolve("other"))),
            config.repository(),
            new InetSocketAddress("0.0.0.0", 0),
            config.admin(),
            null,
            config.silentAfter(),
            config.samplePeriod());
    var parts = Parts.open(open, new SecureRandom(), server.clock);
    var refusal =
        assertThrows(
            IOException.class, () -> Server.start(open, parts, nonce -> nonce, (_, _) -> {}));
    assertTrue(String.valueOf(refusal.getMessage()).contains("plain HTTP"));
  }

  @Test
  void signed_files_are_served_conditionally_and_nothing_else_is() throws Exception {
    var repository = folder.resolve("repository");
    Files.createDirectories(repository.resolve("targets/blocklist"));
    Files.writeString(repository.resolve("timestamp.json"), "{\"t\":1}");
    Files.writeString(repository.resolve("1.root.json"), "{}");
    var target = "targets/blocklist/" + "ab".repeat(32) + ".global.json";
    Files.writeString(repository.resolve(target), "{\"rules\":[]}");
    Files.writeString(repository.resolve("notes.txt"), "x");
    Files.writeString(repository.resolve(".lock.json"), "x");
    Files.writeString(folder.resolve("secret.json"), "secret");
    Files.createSymbolicLink(repository.resolve("link.json"), folder.resolve("secret.json"));
    Files.createSymbolicLink(repository.resolve("targets/out"), folder);

    var first = server.send(server.device("/tuf/timestamp.json").build());
    assertEquals("{\"t\":1}", first.body());
    assertEquals("no-cache", first.headers().firstValue("Cache-Control").orElse(""));
    var tag = first.headers().firstValue("ETag").orElseThrow();
    assertEquals(304, conditional(tag));
    Files.writeString(repository.resolve("timestamp.json"), "{\"t\":2}");
    assertEquals(200, conditional(tag));
    for (var immutable : List.of("1.root.json", target)) {
      var answer = server.send(server.device("/tuf/" + immutable).build());
      assertEquals(200, answer.statusCode());
      assertTrue(answer.headers().firstValue("Cache-Control").orElse("").contains("immutable"));
    }
    for (var path :
        List.of(
            "/tuf/",
            "/tuf/2.root.json",
            "/tuf/notes.txt",
            "/tuf/.lock.json",
            "/tuf/link.json",
            "/tuf/targets/out/secret.json",
            "/tuf/targets",
            "/tuf/../secret.json",
            "/tuf/./timestamp.json",
            "/tuf//timestamp.json",
            "/tuf/%2e%2e/secret.json",
            "/tuf/..%2fsecret.json",
            "/tuf/..;/secret.json",
            "/tuf/timestamp.json;x=1",
            "/tuf/timestamp.json%00",
            "/tuf/..\\secret.json",
            "/TUF/timestamp.json",
            "//tuf/timestamp.json",
            "/tuf/timestamp.json/")) {
      var answer =
          server.raw(
              server.server.devicePort(),
              "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertTrue(
          answer.startsWith("HTTP/1.1 404") || answer.startsWith("HTTP/1.1 400"),
          path + " " + answer);
      assertFalse(answer.contains("secret") || answer.contains("\"t\""), path);
      assertTrue(answer.contains("Content-Security-Policy"), path);
    }
  }

  private int conditional(String tag) throws IOException {
    return server
        .send(server.device("/tuf/timestamp.json").header("If-None-Match", tag).build())
        .statusCode();
  }

  @Test
  void other_methods_are_named() throws Exception {
    var answer = server.send(server.device(Routes.REPORTS).GET().build());
    assertEquals(405, answer.statusCode());
    assertEquals("POST", answer.headers().firstValue("Allow").orElse(""));
  }
}
