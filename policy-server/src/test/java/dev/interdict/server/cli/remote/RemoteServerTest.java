package dev.interdict.server.cli.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.interdict.json.Json;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Against servers that answer late, too much, or nonsense.
@Tag("any-database")
@Timeout(60)
class RemoteServerTest {

  /// One answer.
  @FunctionalInterface
  private interface Saying {
    void say(HttpExchange exchange) throws IOException;
  }

  private static final Saying DONE = exchange -> send(exchange, 200, "{\"done\":true}");
  private static final Saying IN_PROGRESS =
      exchange -> {
        exchange.getResponseHeaders().set("Retry-After", "1");
        send(
            exchange,
            409,
            "{\"type\":\"urn:interdict:problem:in-progress\",\"detail\":\"it is being done\"}");
      };

  private final Queue<Saying> sayings = new ArrayDeque<>();
  private final List<Instant> asked = new CopyOnWriteArrayList<>();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closing = new CountDownLatch(1);
  private HttpServer http;

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(command -> Thread.ofVirtual().start(command));
    http.createContext("/", this::say);
    http.start();
  }

  @AfterEach
  void stop() {
    closing.countDown();
    http.stop(0);
  }

  private void say(HttpExchange exchange) throws IOException {
    Saying next;
    synchronized (sayings) {
      asked.add(Instant.now());
      keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key")));
      next = sayings.size() == 1 ? sayings.element() : sayings.remove();
    }
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      next.say(exchange);
    }
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /// The last one is said again and again.
  private RemoteServer server(Duration patience, Saying... said) throws IOException {
    sayings.addAll(List.of(said));
    var address = URI.create("http://127.0.0.1:" + http.getAddress().getPort());
    var quiet = new PrintWriter(Writer.nullWriter());
    var console =
        new Console(quiet, quiet, false, "it", InstantSource.system(), new SecureRandom());
    var proving = new Proving(new Profiles(Path.of("none")), "it", console);
    return new RemoteServer(new Profile(address, new Credential.None(), null), proving, patience);
  }

  private static Answer change(RemoteServer server) {
    return server.change("POST", "/x", Json.object().build(), null);
  }

  @Test
  void a_change_that_is_being_done_is_waited_for_and_one_that_broke_off_is_not_sent_at_once()
      throws Exception {
    try (var server =
        server(
            Duration.ofSeconds(30),
            HttpExchange::close,
            IN_PROGRESS,
            IN_PROGRESS,
            IN_PROGRESS,
            DONE)) {
      assertEquals(Json.Bool.TRUE, change(server).body().get("done"));
    }
    assertEquals(5, asked.size());
    assertEquals(1, keys.size(), keys::toString);
    var pause = Duration.between(asked.get(0), asked.get(1));
    assertTrue(pause.toMillis() >= 900, pause::toString);
  }

  @Test
  void a_change_that_is_not_done_in_time_is_not_said_to_be_somebody_elses() throws Exception {
    try (var server = server(Duration.ofSeconds(1), IN_PROGRESS)) {
      var failure = assertThrows(Failure.class, () -> change(server));
      assertEquals(Exit.UNREACHABLE, failure.code());
      assertTrue(String.valueOf(failure.getMessage()).contains("it is being done"));
    }
  }

  @Test
  void a_busy_server_may_say_a_date_or_nonsense() throws Exception {
    for (var field : List.of("Sun, 06 Nov 1994 08:49:37 GMT", "soon")) {
      try (var server =
          server(
              Duration.ofSeconds(30),
              exchange -> {
                exchange.getResponseHeaders().set("Retry-After", field);
                send(exchange, 503, "");
              },
              DONE)) {
        assertEquals(200, change(server).status());
      }
      sayings.clear();
    }
  }

  @Test
  void a_page_that_is_the_next_of_itself_ends_a_list() throws IOException {
    var again = "{\"things\":[],\"next\":\"x\"}";
    try (var server = server(Duration.ofSeconds(1), exchange -> send(exchange, 200, again))) {
      assertThrows(Failure.class, () -> server.list("/things", "things", Map.of(), 10));
    }
  }

  @Test
  void seconds_and_dates_say_when_to_come_again() {
    var now = List.of("Wed, 01 Jul 2026 00:00:00 GMT");
    var said =
        Map.of(
            "7", 7L,
            "0", 0L,
            "-1", 1L,
            "99999999999999999999", 1L,
            "", 1L,
            "Wed, 01 Jul 2026 00:00:30 GMT", 30L,
            "Tue, 30 Jun 2026 00:00:30 GMT", 0L);
    said.forEach((field, seconds) -> {
      var headers =
          HttpHeaders.of(Map.of("Retry-After", List.of(field), "Date", now), (_, _) -> true);
      assertEquals(seconds, RetryAfter.seconds(headers), field);
    });
  }

  private static void assertUnreachable(RemoteServer server, String words) {
    var failure = assertThrows(Failure.class, () -> server.read("/x"));
    assertEquals(Exit.UNREACHABLE, failure.code());
    assertTrue(String.valueOf(failure.getMessage()).contains(words), failure.getMessage());
  }

  @Test
  @Timeout(20)
  void an_answer_that_stops_in_its_middle_holds_nobody() throws Exception {
    try (var server =
        server(
            Duration.ofSeconds(1),
            exchange -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
              try {
                closing.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            })) {
      assertUnreachable(server, "no whole answer within 1 s");
    }
  }

  @Test
  void an_answer_without_end_is_given_up() throws Exception {
    var megabyte = new byte[1 << 20];
    try (var server =
        server(
            Duration.ofSeconds(30),
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              while (closing.getCount() > 0) {
                exchange.getResponseBody().write(megabyte);
              }
            })) {
      assertUnreachable(server, String.valueOf(Answer.LIMITS.bytes()));
    }
  }

  @Test
  void a_row_that_is_no_object_is_nonsense() throws Exception {
    try (var server =
        server(Duration.ofSeconds(30), exchange -> send(exchange, 200, "{\"rows\":[{},7]}"))) {
      var answer = server.read("/x");
      var failure = assertThrows(Failure.class, () -> answer.rows("rows"));
      assertEquals(Exit.UNREACHABLE, failure.code());
    }
  }

  @Test
  void no_secret_is_in_what_a_log_would_print() {
    var all =
        List.of(
            new Credential.Token("s3cret"),
            new Credential.SignedIn("interdict=s3cret", "s3cret"),
            new Answer(200, Json.object().put("secret", "s3cret").build(), null, "i=s3cret"));
    assertFalse(all.toString().contains("s3cret"), all::toString);
  }
}
