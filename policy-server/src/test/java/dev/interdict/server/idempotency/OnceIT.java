package dev.interdict.server.idempotency;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.interdict.json.Json;
import dev.interdict.server.MovableClock;
import dev.interdict.server.http.HttpRequest;
import dev.interdict.server.http.HttpResponse;
import dev.interdict.server.http.RefusedException;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.TestingDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnceIT {
  private static final String KEY = "a key of the client";

  @TempDir Path folder;
  private final MovableClock clock = new MovableClock(Instant.parse("2026-07-01T08:00:00Z"));
  private final AtomicInteger done = new AtomicInteger();
  private Database database;
  private Once once;

  @BeforeEach
  void open() {
    database = TestingDatabase.open(folder);
    once = new Once(database, clock);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static HttpRequest request(String body) {
    return new HttpRequest(
        "POST",
        "/api/v1/drafts",
        null,
        Map.of(),
        "192.0.2.1",
        true,
        Map.of(),
        body.getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse work() {
    return HttpResponse.json(201, Json.object().put("n", done.incrementAndGet()).build())
        .with("ETag", "\"1\"")
        .with("Location", "/api/v1/drafts/1");
  }

  private HttpResponse run(String account, String key, String body) {
    return once.run(account, key, request(body), false, this::work);
  }

  private static String text(HttpResponse answer) {
    return answer.status() + " " + new String(answer.body(), StandardCharsets.UTF_8);
  }

  @Test
  void a_long_answer_is_given_once_and_its_request_done_once() {
    var body = new byte[Once.LONGEST + 1];
    for (var i = 0; i < 2; i++) {
      var answer =
          once.run(
              "ada",
              KEY,
              request("{}"),
              false,
              () -> {
                done.incrementAndGet();
                return HttpResponse.of(201, "application/json", body);
              });
      assertEquals(i == 0 ? 201 : 409, answer.status());
    }
    assertEquals(1, done.get());
  }

  @Test
  void one_account_keeps_so_many_keys_and_no_more() {
    database.write(connection -> {
      for (var i = 0; i < Once.OF_ACCOUNT; i++) {
        Sql.update(
            connection,
            "insert into idempotency_key (account, key_hash, request_hash, at) values"
                + " ('ada',?,'',?)",
            "key-" + i,
            clock.millis());
      }
      return 0;
    });
    var refused = assertThrows(RefusedException.class, () -> run("ada", KEY, "{}"));
    assertEquals(429, refused.response().status());
    assertEquals(201, run("bo", KEY, "{}").status());
    clock.move(Once.KEPT);
    assertEquals(201, run("ada", KEY, "{}").status());
  }

  @Test
  void repeated_request_is_answered_the_same_and_done_once() {
    var first = run("anna", KEY, "a");
    var again = run("anna", KEY, "a");
    assertEquals(text(first), text(again));
    assertEquals(first.headers(), again.headers());
    assertEquals(1, done.get());
  }

  @Test
  void same_key_for_another_request_is_refused() {
    run("anna", KEY, "a");
    assertEquals(422, run("anna", KEY, "b").status());
    assertEquals(1, done.get());
  }

  @Test
  void keys_of_two_accounts_do_not_meet() {
    run("anna", KEY, "a");
    assertEquals(201, run("bo", KEY, "b").status());
    assertEquals(2, done.get());
  }

  @Test
  void after_a_day_a_key_is_forgotten() {
    run("anna", KEY, "a");
    clock.move(Once.KEPT.minus(Duration.ofSeconds(1)));
    run("anna", KEY, "a");
    assertEquals(1, done.get());
    clock.move(Duration.ofSeconds(1));
    run("anna", KEY, "a");
    assertEquals(2, done.get());
  }

  @Test
  void of_two_at_once_on_two_nodes_one_is_done() throws Exception {
    var entered = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    try (var other = TestingDatabase.open(folder);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var first =
          threads.submit(() ->
              once.run(
                  "anna",
                  KEY,
                  request("a"),
                  false,
                  () -> {
                    entered.countDown();
                    try {
                      go.await();
                    } catch (InterruptedException e) {
                      throw new IllegalStateException(e);
                    }
                    return work();
                  }));
      entered.await();
      var second = new Once(other, clock).run("anna", KEY, request("a"), false, this::work);
      assertEquals(409, second.status());
      go.countDown();
      assertEquals(201, first.get().status());
    }
    assertEquals(1, done.get());
  }

  @Test
  void what_was_refused_may_be_sent_again() {
    assertThrows(
        RefusedException.class,
        () ->
            once.run(
                "anna",
                KEY,
                request("a"),
                false,
                () -> {
                  throw new RefusedException(HttpResponse.problem(422, "no", "No."));
                }));
    assertEquals(201, run("anna", KEY, "a").status());
  }

  @Test
  void what_failed_half_way_is_not_done_again() {
    assertThrows(
        IllegalStateException.class,
        () ->
            once.run(
                "anna",
                KEY,
                request("a"),
                false,
                () -> {
                  throw new IllegalStateException("the disk is full");
                }));
    assertEquals(409, run("anna", KEY, "a").status());
    assertEquals(0, done.get());
  }

  @Test
  void an_answer_with_a_secret_is_not_kept() {
    once.run("anna", KEY, request("a"), true, this::work);
    assertEquals(409, once.run("anna", KEY, request("a"), true, this::work).status());
    assertEquals(1, done.get());
    var kept =
        database.read(handle ->
            handle.createQuery("select body from idempotency_key").mapTo(String.class).list());
    assertFalse(kept.stream().anyMatch(body -> body != null));
  }

  @Test
  void a_key_that_anybody_may_guess_is_refused() {
    assertEquals(400, run("anna", "short", "a").status());
    assertEquals(List.of(0), List.of(done.get()));
  }
}
