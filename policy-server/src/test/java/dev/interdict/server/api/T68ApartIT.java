package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.OsFamily;
import dev.interdict.server.access.Role;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.main.TestingServer;
import dev.interdict.server.scope.Scope;
import dev.interdict.wire.Headers;
import dev.interdict.wire.Routes;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What lets a device in lets nobody in where people are, and the reverse, whatever is asked.
class T68ApartIT {
  private static final List<String> SIGNED =
      List.of(Routes.ENROL, Routes.REPORTS, Routes.HEARTBEAT, Routes.KEY, Routes.UNENROL);

  @TempDir Path folder;
  private TestingServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestingServer(folder);
    server.admin("ada");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String cookie() throws Exception {
    var signedIn = server.signIn("ada", TestingServer.PASSWORD);
    return signedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private String token() {
    var tokens = server.server.parts().apiTokens();
    var roles = EnumSet.complementOf(EnumSet.of(Role.APPROVER));
    return Objects.requireNonNull(
        tokens.create("ada", "ada", "everything", roles, Scope.WHOLE, Duration.ofDays(1)));
  }

  private static HttpRequest.Builder method(HttpRequest.Builder request, String method) {
    return method.equals("GET")
        ? request.GET()
        : request
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString("{}"));
  }

  @Test
  void a_device_credential_opens_no_operation() throws Exception {
    var device = new SimulatedDevice("ws-1", OsFamily.LINUX);
    assertEquals(
        201, server.send(device.enrol(server.token(), null, server.clock.instant())).statusCode());
    var openapi =
        server.send(server.admins("/api/v1/openapi.json").header("Cookie", cookie()).build());
    var asked = 0;
    for (var operation : new Described(openapi.body()).operations()) {
      if (operation.roles().isEmpty()) {
        // For anybody, as signing in is.
        continue;
      }
      var path = operation.path().replaceAll("\\{[a-z]+}", "1");
      var body = operation.changes() ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0];
      var signed = device.signed(path, body, 1, server.clock.instant());
      var request =
          method(server.admins(path), operation.method())
              .header(Headers.CONTENT_DIGEST, signed.parts().contentDigest())
              .header(Headers.SEQUENCE, "1")
              .header(Headers.SIGNATURE_INPUT, signed.input())
              .header(Headers.SIGNATURE, signed.signature())
              .build();
      assertEquals(401, server.send(request).statusCode(), operation.id());
      asked++;
    }
    assertTrue(asked > 50, "only " + asked);
  }

  @Test
  void what_people_sign_in_by_speaks_for_no_device() throws Exception {
    var credentials =
        List.of(List.of("Cookie", cookie()), List.of("Authorization", "Bearer " + token()));
    for (var route : SIGNED) {
      for (var credential : credentials) {
        var request =
            method(server.device(route), "POST")
                .header(credential.getFirst(), credential.getLast())
                .build();
        assertEquals(401, server.send(request).statusCode(), route + " " + credential.getFirst());
      }
    }
  }

  @Test
  void neither_listener_knows_what_the_other_one_serves() throws Exception {
    var cookie = cookie();
    for (var route : SIGNED) {
      var here = method(server.admins(route), "POST").header("Cookie", cookie).build();
      assertEquals(404, server.send(here).statusCode(), route);
    }
    var bearer = "Bearer " + token();
    for (var path : List.of("/api/v1/rules", "/api/v1/me", "/", "/rules", "/login")) {
      var there = server.device(path).header("Authorization", bearer).build();
      assertEquals(404, server.send(there).statusCode(), path);
    }
  }
}
