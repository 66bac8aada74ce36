package dev.interdict.server.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.MovableClock;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.events.EventKind;
import dev.interdict.server.events.EventLog;
import dev.interdict.server.events.Events;
import dev.interdict.server.events.Links;
import dev.interdict.server.peer.Resolver;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Leases;
import dev.interdict.server.store.Sealing;
import dev.interdict.server.store.TestingDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksIT {
  private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
  private final SecureRandom random = new SecureRandom();

  @TempDir Path folder;
  private Database database;
  private Webhooks webhooks;
  private Sealing key;
  private Receiver receiver;
  private @Nullable Delivering delivering;

  @BeforeEach
  void open() throws IOException {
    database = TestingDatabase.open(folder);
    webhooks = new Webhooks(database, new Audit(database, clock), clock, random);
    key = new Sealing(folder.resolve("sealing.key"), List::of, random);
    receiver = new Receiver();
  }

  @AfterEach
  void close() {
    if (delivering != null) {
      delivering.close();
    }
    receiver.close();
    database.close();
  }

  private Webhooks.Made made(Template template, @Nullable String chat, EventKind... kinds)
      throws Exception {
    return webhooks.add(
        "ada",
        "siem",
        receiver.url(),
        Set.of(kinds),
        template,
        Locale.ENGLISH,
        chat,
        key,
        Set.of(receiver.named()));
  }

  private Sender sender(Resolver resolver, Duration limit) throws Exception {
    return new Sender(
        key,
        new Links("https://interdict.example/"),
        Set.of(receiver.named()),
        resolver,
        SSLContext.getDefault(),
        limit);
  }

  private void start(InstantSource time) throws Exception {
    delivering =
        new Delivering(
                database,
                webhooks,
                new Leases(database),
                sender(Resolver.SYSTEM, Duration.ofSeconds(10)),
                time)
            .start(Duration.ofMillis(10));
  }

  private void happens(EventKind kind, String host) {
    database.write(connection -> {
      Events.add(
          connection,
          kind,
          clock.instant(),
          null,
          "d".repeat(64),
          "claude-code",
          Json.object().put("host", host).build());
      return 0;
    });
  }

  private static void until(BooleanSupplier condition) throws InterruptedException {
    for (var i = 0; i < 3_000 && !condition.getAsBoolean(); i++) {
      Thread.sleep(10);
    }
    assertTrue(condition.getAsBoolean(), "did not come to pass");
  }

  @Test
  void a_message_is_signed_and_says_where_to_look() throws Exception {
    happens(EventKind.FINDING_OPENED, "before");
    var made = made(Template.GENERIC, null);
    happens(EventKind.FINDING_OPENED, "ws-1");
    start(clock);
    until(() -> webhooks.tally(made.webhook().id()).delivered() == 1);
    var got = receiver.got.getFirst();
    assertEquals(1, receiver.got.size(), "nothing of before it was made");
    assertEquals(new EventLog(database).after(1, 1).getFirst().id(), got.id());
    assertEquals(Long.toString(clock.instant().getEpochSecond()), got.timestamp());
    assertEquals(
        Signature.of(
            made.secret(), got.id(), clock.instant(), got.body().getBytes(StandardCharsets.UTF_8)),
        got.signature());
    assertTrue(got.body().contains("\"type\":\"finding.opened\""), got.body());
    assertTrue(
        got.body()
            .contains("\"link\":\"https://interdict.example/devices/" + "d".repeat(64) + "\""),
        got.body());
  }

  @Test
  void a_webhook_is_told_only_of_what_it_asked_for() throws Exception {
    var made = made(Template.GENERIC, null, EventKind.REMOVAL_FAILED);
    happens(EventKind.FINDING_OPENED, "ws-1");
    happens(EventKind.REMOVAL_FAILED, "ws-2");
    start(clock);
    until(() -> webhooks.tally(made.webhook().id()).delivered() == 1);
    assertEquals(1, receiver.got.size());
    assertTrue(receiver.got.getFirst().body().contains("ws-2"));
  }

  @Test
  void what_is_refused_is_tried_again_under_its_id_and_given_up_after_a_day() throws Exception {
    var made = made(Template.GENERIC, null);
    happens(EventKind.FINDING_OPENED, "ws-1");
    receiver.answering = (exchange, _) -> Receiver.answer(exchange, 500, "secret of the receiver");
    start(clock);
    var id = made.webhook().id();
    until(() -> receiver.got.size() == 1 && webhooks.tally(id).lastError() != null);
    assertEquals("it answered 500", webhooks.tally(id).lastError());
    clock.move(Duration.ofHours(1));
    until(() -> receiver.got.size() >= 2);
    for (var hour = 0; hour < 30; hour++) {
      clock.move(Duration.ofHours(1));
      var tries = receiver.got.size();
      until(() -> receiver.got.size() > tries || webhooks.tally(id).dead() == 1 || isResting(id));
    }
    until(() -> webhooks.tally(id).dead() == 1);
    assertEquals(1, receiver.got.stream().map(Receiver.Got::id).distinct().count());

    receiver.answering = (exchange, _) -> Receiver.answer(exchange, 204, "");
    assertEquals(1, webhooks.replay("ada", id, null));
    until(() -> webhooks.tally(id).delivered() == 1);
    assertEquals(1, receiver.got.stream().map(Receiver.Got::id).distinct().count());
    assertEquals(1, webhooks.replay("ada", id, Instant.parse("2026-07-01T00:00:00Z")));
    var before = receiver.got.size();
    until(() -> receiver.got.size() > before);
  }

  /// Whether its next try is later than the clock.
  private boolean isResting(String id) {
    var next =
        database.first(
            "select next_at from webhook_delivery where webhook_id = ? and state = 'waiting'",
            row -> row.getLong(1),
            id);
    return next == null || next > clock.millis();
  }

  @Test
  void a_redirect_is_not_followed() throws Exception {
    try (var inside = new Receiver()) {
      var made = made(Template.GENERIC, null);
      receiver.answering =
          (exchange, _) -> {
            exchange.getResponseHeaders().set("Location", inside.url());
            Receiver.answer(exchange, 307, "");
          };
      happens(EventKind.FINDING_OPENED, "ws-1");
      start(clock);
      until(() -> webhooks.tally(made.webhook().id()).lastError() != null);
      assertEquals(
          "it answered 307, and redirects are not followed",
          webhooks.tally(made.webhook().id()).lastError());
      assertEquals(List.of(), inside.got);
    }
  }

  @Test
  void a_receiver_that_never_ends_its_answer_has_taken_the_message_and_is_left() throws Exception {
    var made = made(Template.GENERIC, null);
    var closed = new CountDownLatch(1);
    receiver.answering =
        (exchange, _) -> {
          exchange.sendResponseHeaders(200, 0);
          try (var out = exchange.getResponseBody()) {
            // Alive as far as any time-out between two bytes can tell.
            while (true) {
              out.write('x');
              out.flush();
              Thread.sleep(20);
            }
          } catch (IOException | InterruptedException e) {
            closed.countDown();
          }
        };
    happens(EventKind.FINDING_OPENED, "ws-1");
    var event = new EventLog(database).after(0, 1).getFirst();
    var outcome =
        sender(Resolver.SYSTEM, Duration.ofSeconds(5)).send(made.webhook(), event, clock.instant());
    assertTrue(outcome.taken(), "it would be sent again and again: " + outcome);
    assertTrue(closed.await(30, TimeUnit.SECONDS), "the connection was kept");
  }

  @Test
  void a_receiver_that_says_nothing_has_taken_nothing() throws Exception {
    var made = made(Template.GENERIC, null);
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var to =
          webhooks.add(
              "ada",
              "silent",
              "http://127.0.0.1:" + silent.getLocalPort() + "/x",
              Set.of(EventKind.FINDING_OPENED),
              Template.GENERIC,
              Locale.ENGLISH,
              null,
              key,
              Set.of("127.0.0.1:" + silent.getLocalPort()));
      happens(EventKind.FINDING_OPENED, "ws-1");
      var event = new EventLog(database).after(0, 1).getFirst();
      var named = Set.of("127.0.0.1:" + silent.getLocalPort());
      var outcome =
          new Sender(
                  key,
                  sender(Resolver.SYSTEM, Duration.ofMillis(400)).links(),
                  named,
                  Resolver.SYSTEM,
                  SSLContext.getDefault(),
                  Duration.ofMillis(400))
              .send(to.webhook(), event, clock.instant());
      assertFalse(outcome.taken());
      assertEquals(null, outcome.status());
    }
    assertEquals(0, webhooks.tally(made.webhook().id()).delivered());
  }

  @Test
  void a_name_that_means_something_else_a_moment_later_leads_nowhere() throws Exception {
    // As an attacker's name server answers: first what passes, then somebody else. Both are this
    // machine, since a test calls nothing outside; nobody listens at the first.
    var asked = new ArrayList<String>();
    var named = Set.of("rebinding.example");
    var made =
        webhooks.add(
            "ada",
            "rebinding",
            "http://rebinding.example:" + receiver.port() + "/",
            Set.of(),
            Template.GENERIC,
            Locale.ENGLISH,
            null,
            key,
            named);
    Resolver rebinding =
        host -> {
          asked.add(host);
          return Resolver.SYSTEM.addresses(asked.size() == 1 ? "127.0.0.2" : "127.0.0.1");
        };
    happens(EventKind.FINDING_OPENED, "ws-1");
    var event = new EventLog(database).after(0, 1).getFirst();
    var sender =
        new Sender(
            key,
            new Links("https://interdict.example/"),
            named,
            rebinding,
            SSLContext.getDefault(),
            Duration.ofSeconds(2));
    var outcome = sender.send(made.webhook(), event, clock.instant());
    assertFalse(outcome.taken());
    assertEquals(List.of("rebinding.example"), asked, "asked once, and connected to that");
    assertEquals(List.of(), receiver.got);
    assertTrue(
        String.valueOf(outcome.error()).contains("Connect"),
        () -> "it was refused before anything was connected: " + outcome);
  }

  @Test
  void what_became_inside_since_it_was_added_is_not_reached() throws Exception {
    var made =
        webhooks.add(
            "ada",
            "inside",
            "https://siem.example/",
            Set.of(),
            Template.GENERIC,
            Locale.ENGLISH,
            null,
            key,
            Set.of());
    Resolver inside = _ -> Resolver.SYSTEM.addresses("169.254.169.254");
    happens(EventKind.FINDING_OPENED, "ws-1");
    var event = new EventLog(database).after(0, 1).getFirst();
    var outcome =
        sender(inside, Duration.ofSeconds(5)).send(made.webhook(), event, clock.instant());
    assertTrue(
        String.valueOf(outcome.error()).contains("no address of the public internet"),
        outcome::toString);
  }

  @Test
  void chats_get_what_they_show_and_hostile_names_call_nobody() throws Exception {
    for (var template : Template.values()) {
      made(template, template == Template.FEISHU || template == Template.DINGTALK ? "s3" : null);
    }
    happens(EventKind.REMOVAL_FAILED, "<!channel> <at id=all></at> @all \"}\n](http://evil)");
    start(clock);
    until(() -> receiver.got.size() == Template.values().length);
    var bodies = receiver.got.stream().map(Receiver.Got::body).toList();
    for (var body : bodies) {
      assertNotNull(
          dev.interdict.json.JsonReader.read(
              body.getBytes(StandardCharsets.UTF_8), dev.interdict.json.JsonLimits.OWN));
      if (body.startsWith("{\"text\":")) {
        assertFalse(body.contains("<!channel>"), body);
      }
      if (body.contains("msg_type")) {
        assertFalse(body.contains("<at"), body);
      }
      if (body.contains("msgtype")) {
        assertFalse(body.contains("@all"), body);
      }
    }
    assertTrue(bodies.stream().anyMatch(body -> body.contains("\"sign\"")), "Feishu is signed");
    assertTrue(
        receiver.got.stream().anyMatch(got -> got.path().contains("&sign=")), "DingTalk is signed");
  }

  @Test
  void a_chat_that_refuses_with_status_200_has_not_taken_it() throws Exception {
    var made = made(Template.WECOM, null);
    receiver.answering =
        (exchange, _) ->
            Receiver.answer(exchange, 200, "{\"errcode\":93000,\"errmsg\":\"invalid\"}");
    happens(EventKind.FINDING_OPENED, "ws-1");
    start(clock);
    until(() -> webhooks.tally(made.webhook().id()).lastError() != null);
    assertEquals(0, webhooks.tally(made.webhook().id()).delivered());
  }

  @Test
  void the_database_alone_gives_neither_address_nor_secret_away() throws Exception {
    var made = made(Template.SLACK, "chat-secret");
    var row =
        database.read(
            handle -> handle.createQuery("select * from webhook").mapToMap().one().toString());
    assertFalse(row.contains("/hook"), row);
    assertFalse(row.contains(made.secret()), row);
    assertFalse(row.contains("chat-secret"), row);
    var other = new Sealing(folder.resolve("other.key"), List::of, random);
    other.seal(new byte[1], "something else");
    assertThrows(IOException.class, () -> Address.of(made.webhook(), other));
  }

  @Test
  void a_removed_webhook_is_told_nothing() throws Exception {
    var made = made(Template.GENERIC, null);
    assertTrue(webhooks.remove("ada", made.webhook().id()));
    assertFalse(webhooks.remove("ada", made.webhook().id()));
    var other = made(Template.GENERIC, null);
    happens(EventKind.FINDING_OPENED, "ws-1");
    start(clock);
    until(() -> webhooks.tally(other.webhook().id()).delivered() == 1);
    assertEquals(1, receiver.got.size());
  }

  @Test
  void nothing_is_lost_when_the_server_is_killed_in_the_middle() throws Exception {
    made(Template.GENERIC, null);
    for (var i = 0; i < 40; i++) {
      happens(EventKind.FINDING_OPENED, "ws-" + i);
    }
    var wanted =
        new EventLog(database)
            .after(0, 99).stream().map(event -> event.id()).collect(Collectors.toSet());
    var killed = new CountDownLatch(1);
    var hanging = new CountDownLatch(1);
    receiver.answering =
        (exchange, _) -> {
          if (receiver.got.size() == 10) {
            // Got, and not yet answered: the server dies without knowing.
            hanging.countDown();
            try {
              killed.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
          Receiver.answer(exchange, 200, "");
        };
    var process = process();
    assertTrue(hanging.await(60, TimeUnit.SECONDS), "it never came to the tenth message");
    process.destroyForcibly().waitFor();
    killed.countDown();
    // The lease that the dead one held runs out.
    database.write(connection ->
        dev.interdict.server.store.Sql.update(
            connection, "update store_lease set until_at = 1 where task like 'webhook:%'"));
    start(InstantSource.system());
    until(() -> new HashSet<>(ids()).equals(wanted));
    until(() -> webhooks.tally(webhooks.list().getFirst().id()).delivered() == wanted.size());
    assertTrue(ids().size() <= wanted.size() + 1, "at most the one that was on its way came twice");
  }

  private List<String> ids() {
    return receiver.got.stream().map(Receiver.Got::id).toList();
  }

  private Process process() throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(TestingDatabase.javaOptions(folder));
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            KilledDelivering.class.getName(),
            folder.toString(),
            receiver.named()));
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
