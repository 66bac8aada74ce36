package dev.interdict.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What clients see on the wire, beyond what a route answers.
@Tag("any-database")
class EdgeIT {
  private Listener listener;

  @BeforeEach
  void start() throws IOException {
    var router =
        new Router()
            .post(
                "/closed",
                1 << 20,
                Admission.byHead(_ -> HttpResponse.problem(401, "sign-in", "Sign in first.")),
                _ -> HttpResponse.empty(204))
            .post("/full", 1 << 20, () -> 30, _ -> HttpResponse.empty(204))
            .get("/open", _ -> HttpResponse.empty(204))
            .get("/{rest...}", _ -> HttpResponse.html(404, "nothing here"));
    listener =
        Listener.start(
            "test", new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null, router);
  }

  @AfterEach
  void stop() {
    listener.close();
  }

  /// One connection that stays open between requests.
  private final class Wire implements AutoCloseable {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.port());
    private final BufferedReader in =
        new BufferedReader(
            new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));

    Wire() throws IOException {
      socket.setSoTimeout(10_000);
    }

    void send(String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    }

    /// The lines of an answer's head, with its body as the last.
    List<String> answer() throws IOException {
      var lines = new ArrayList<String>();
      var length = 0;
      for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        lines.add(line);
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).strip());
        }
      }
      var body = new char[length];
      for (var read = 0; read < length; ) {
        read += in.read(body, read, length - read);
      }
      lines.add(new String(body));
      return lines;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  private static String request(String line, int length) {
    return line + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n";
  }

  private static boolean closes(List<String> answer) {
    return answer.contains("Connection: close");
  }

  @Test
  void a_connection_goes_on_though_a_refused_body_comes_late() throws Exception {
    try (var wire = new Wire()) {
      wire.send(request("POST /closed", 16));
      Thread.sleep(100);
      wire.send("0123456789abcdef");
      var refused = wire.answer();
      assertEquals("HTTP/1.1 401 Unauthorized", refused.getFirst());
      assertFalse(closes(refused));
      wire.send(request("GET /open", 0));
      assertEquals("HTTP/1.1 204 No Content", wire.answer().getFirst());
    }
  }

  @Test
  void it_ends_and_says_so_where_more_would_come_than_is_worth_reading() throws Exception {
    try (var wire = new Wire()) {
      wire.send(request("POST /closed", 1 << 20));
      var refused = wire.answer();
      assertEquals("HTTP/1.1 401 Unauthorized", refused.getFirst());
      assertTrue(closes(refused));
    }
  }

  @Test
  void who_is_to_come_again_keeps_the_connection_for_it() throws Exception {
    try (var wire = new Wire()) {
      wire.send(request("POST /full", 16) + "0123456789abcdef");
      var away = wire.answer();
      assertEquals("HTTP/1.1 503 Service Unavailable", away.getFirst());
      assertTrue(away.contains("Retry-After: 30"), away::toString);
      assertFalse(closes(away));
      wire.send(request("GET /open", 0));
      assertEquals("HTTP/1.1 204 No Content", wire.answer().getFirst());
    }
  }

  @Test
  void a_body_that_is_not_there_yet_is_not_waited_for_by_who_has_no_time() throws Exception {
    try (var wire = new Wire()) {
      wire.send(request("POST /full", 16));
      var away = wire.answer();
      assertEquals("HTTP/1.1 503 Service Unavailable", away.getFirst());
      assertTrue(closes(away));
    }
  }

  @Test
  void what_answers_everything_else_is_no_reason_to_name_methods() throws Exception {
    try (var wire = new Wire()) {
      wire.send(request("DELETE /nowhere", 0));
      assertEquals("HTTP/1.1 404 Not Found", wire.answer().getFirst());
      wire.send(request("DELETE /open", 0));
      var other = wire.answer();
      assertEquals("HTTP/1.1 405 Method Not Allowed", other.getFirst());
      assertTrue(other.contains("Allow: GET, HEAD"), other::toString);
      assertTrue(other.getLast().contains("takes GET, HEAD, not DELETE"), other::toString);
    }
  }

  @Test
  void what_is_no_http_is_told_why() throws Exception {
    try (var wire = new Wire()) {
      wire.send(request("GET /" + "a".repeat(20_000), 0));
      var refused = wire.answer();
      assertEquals("HTTP/1.1 414 URI Too Long", refused.getFirst());
      assertTrue(refused.getLast().contains("the address is too long"), refused::toString);
    }
  }
}
