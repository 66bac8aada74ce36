package dev.interdict.agent.sync;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.state.Uplink;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Servers that answer oddly, at the level of bytes.
class HttpTest {
  private static final String OK = "HTTP/1.1 200 OK\r\n";

  private final CountDownLatch hungUp = new CountDownLatch(1);
  private ServerSocket listening;
  private Talk talk = _ -> {};

  /// What the server says after any question.
  private interface Talk {
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  @BeforeEach
  void listen() throws IOException {
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void close() throws IOException {
    listening.close();
  }

  private void serve() {
    while (true) {
      try (var socket = listening.accept()) {
        question(socket);
        talk.to(socket.getOutputStream());
      } catch (IOException e) {
        if (listening.isClosed()) {
          return;
        }
        hungUp.countDown();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private static void question(Socket socket) throws IOException {
    var in = socket.getInputStream();
    for (var last = 0; ; ) {
      var next = in.read();
      last = next == '\n' ? last + 1 : next == '\r' ? last : 0;
      if (next < 0 || last == 2) {
        return;
      }
    }
  }

  private static void say(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private Http http(Duration wholeAnswer) throws IOException {
    return new Http(
        URI.create("http://127.0.0.1:" + listening.getLocalPort() + "/"),
        Uplink.STRAIGHT,
        wholeAnswer);
  }

  private void drips(Talk dripping) throws Exception {
    talk = dripping;
    var start = System.nanoTime();
    try (var http = http(Duration.ofSeconds(1))) {
      var failure = assertThrows(IOException.class, () -> http.get("timestamp.json", 1000));
      assertTrue(
          String.valueOf(failure.getMessage()).contains("whole answer after 1 s"),
          failure::toString);
      var took = Duration.ofNanos(System.nanoTime() - start);
      assertTrue(took.compareTo(Duration.ofSeconds(10)) < 0, "took " + took);
      assertTrue(hungUp.await(20, TimeUnit.SECONDS), "the connection stays open");
    }
  }

  private static void drop(OutputStream out, String drop) throws IOException, InterruptedException {
    while (true) {
      say(out, drop);
      Thread.sleep(100);
    }
  }

  @Test
  void a_body_that_drips_in_is_given_up() throws Exception {
    drips(out -> {
      say(out, OK + "content-length: 900\r\n\r\n");
      drop(out, "x");
    });
  }

  @Test
  void a_body_without_an_announced_length_that_drips_in_is_given_up() throws Exception {
    drips(out -> {
      say(out, OK + "transfer-encoding: chunked\r\n\r\n");
      drop(out, "1\r\nx\r\n");
    });
  }

  @Test
  void a_header_that_drips_in_is_given_up() throws Exception {
    drips(out -> {
      say(out, OK);
      drop(out, "x-more: x\r\n");
    });
  }

  @Test
  void an_endless_body_is_read_to_one_byte_beyond_its_limit() throws Exception {
    talk =
        out -> {
          say(out, OK + "\r\n");
          var part = new byte[10_000];
          Arrays.fill(part, (byte) 'x');
          while (true) {
            out.write(part);
          }
        };
    try (var http = http(Duration.ofSeconds(30))) {
      assertEquals(12_346, http.get("timestamp.json", 12_345).body().length);
      assertTrue(hungUp.await(20, TimeUnit.SECONDS), "the connection stays open");
    }
  }

  @Test
  void a_body_in_several_parts_is_put_together() throws Exception {
    talk =
        out -> {
          say(out, OK + "content-length: 6\r\nretry-after: 7\r\n\r\n");
          for (var part : new String[] {"ab", "cd", "ef"}) {
            say(out, part);
            Thread.sleep(20);
          }
        };
    try (var http = http(Duration.ofSeconds(30))) {
      for (var limit : new int[] {5, 6, 7}) {
        var answer = http.get("timestamp.json", limit);
        assertEquals(200, answer.status());
        assertEquals("7", answer.retryAfter());
        assertArrayEquals("abcdef".getBytes(StandardCharsets.US_ASCII), answer.body());
      }
      assertEquals(2, http.get("timestamp.json", 1).body().length);
    }
  }

  @Test
  void an_empty_body_and_a_connection_that_breaks() throws Exception {
    try (var http = http(Duration.ofSeconds(30))) {
      talk = out -> say(out, "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
      assertEquals(404, http.get("2.root.json", 10).status());
      talk = out -> say(out, OK + "content-length: 6\r\n\r\nabc");
      assertThrows(IOException.class, () -> http.get("timestamp.json", 10));
      talk = _ -> {};
      assertThrows(IOException.class, () -> http.get("timestamp.json", 10));
    }
  }
}
