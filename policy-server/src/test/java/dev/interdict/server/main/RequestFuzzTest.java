package dev.interdict.server.main;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.interdict.fuzz.Fuzz;
import dev.interdict.wire.Routes;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whole requests, byte by byte, to both listeners of a real server: none is answered by our own
/// failure.
class RequestFuzzTest {
  @TempDir Path folder;
  private TestingServer server;

  @BeforeEach
  void start() throws IOException {
    server = new TestingServer(folder);
    server.admin("ada");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String answer(int port, byte[] request) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static void noneFails(String parser, int port, String... requests)
      throws InterruptedException {
    Fuzz.of(parser)
        .seeds(requests)
        .words("HTTP/1.1", "\r\n", "\r\n\r\n", "Content-Length: ", "Host: ", "%2e", "?size=", "&")
        .words("page_after=", "state=", "Transfer-Encoding: chunked\r\n", "GET / HTTP/1.1\r\n")
        .refuses(IOException.class)
        .run(input -> {
          var answer = answer(port, input);
          assertFalse(answer.startsWith("HTTP/1.1 500"), answer);
        });
  }

  private static String get(String target, String fields) {
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n" + fields + "Connection: close\r\n\r\n";
  }

  private static String post(String target, String fields, String body) {
    return "POST "
        + target
        + " HTTP/1.1\r\nHost: x\r\n"
        + fields
        + "Content-Length: "
        + body.length()
        + "\r\nConnection: close\r\n\r\n"
        + body;
  }

  @Test
  void what_somebody_signed_in_asks() throws Exception {
    var signedIn = server.signIn("ada", TestingServer.PASSWORD);
    var field = signedIn.headers().firstValue("Set-Cookie").orElseThrow();
    var cookie = "Cookie: " + field.substring(0, field.indexOf(';')) + "\r\n";
    var port = server.server.adminPort();
    var devices =
        get(
            "/api/v1/devices?rule=claude-code&state=present&dept=a&os=linux&size=5&q=x"
                + "&page_after=WyJ3cy0xIiwiMDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYiXQ",
            cookie);
    assertEquals("HTTP/1.1 200", answer(port, bytes(devices)).substring(0, 12));
    noneFails("admin-request", port, devices, get("/api/v1/rules/claude-code", cookie));
  }

  @Test
  void what_anybody_sends_to_the_listener_for_devices() throws Exception {
    var port = server.server.devicePort();
    var time = post(Routes.TIME, "", "{\"nonce\":\"" + "ab".repeat(32) + "\"}");
    noneFails(
        "device-request",
        port,
        time,
        get(Routes.TUF + "1.root.json", "If-None-Match: \"a\", \"b\"\r\n"),
        post(
            Routes.REPORTS,
            "Interdict-Sequence: 1\r\nContent-Digest: sha-256=:AA=:\r\n"
                + "Signature-Input: interdict=()\r\nSignature: interdict=:AA==:\r\n",
            "{}"),
        post(
            Routes.HEARTBEAT,
            "Interdict-Sequence: 1\r\nContent-Digest: sha-256=:AA=:\r\n"
                + "Signature-Input: interdict=()\r\nSignature: interdict=:AA==:\r\n",
            "{\"report\":\"" + "ab".repeat(32) + "\"}"),
        post(
            Routes.KEY,
            "Interdict-Sequence: 1\r\nContent-Digest: sha-256=:AA=:\r\n"
                + "Signature-Input: interdict=()\r\nSignature: interdict=:AA==:\r\n",
            "{\"key\":\"" + "ab".repeat(32) + "\"}"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
