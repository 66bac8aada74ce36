package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.server.access.Role;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.review.Bureau;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 85, over the API: nobody agrees to their own, not by an edit after the agreement, not by
/// sending an agreement again, not by being quick. A second account of the same person by a program
/// is in `JourneyIT.nobody_is_two_people_by_a_program_of_their_own`; what the server itself keeps
/// to is in `ReviewsIT` and `LettingGoIT`.
class T85FourEyesIT {
  private static final String DRAFT = "/api/v1/drafts/1";

  @TempDir Path folder;
  private TestingOffice office;
  private Client anna;
  private Client bo;
  private Client chen;

  @BeforeEach
  void a_draft_in_review() throws Exception {
    office = new TestingOffice(folder);
    office.person("anna", Role.AUTHOR, Role.APPROVER);
    office.person("bo", Role.APPROVER);
    office.person("chen", Role.APPROVER);
    anna = Client.of(office, "anna");
    bo = Client.of(office, "bo");
    chen = Client.of(office, "chen");
    var content = Json.object().put("content", Bureau.RULE).build();
    assertEquals(201, anna.send("POST", "/api/v1/drafts", content).statusCode());
    assertEquals(200, step(anna, "/observe", nothing()).statusCode());
    assertEquals(201, anna.plain("POST", DRAFT + "/preview").statusCode());
    assertEquals(200, step(anna, "/submit", nothing()).statusCode());
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private static Json.Obj nothing() {
    return Json.object().build();
  }

  private String tag() throws Exception {
    return anna.get(DRAFT).headers().firstValue("ETag").orElseThrow();
  }

  private Json.Obj sha256() throws Exception {
    var draft = Described.read(anna.get(DRAFT).body());
    return Json.object().put("sha256", draft.get("sha256")).build();
  }

  private HttpResponse<String> step(Client who, String verb, Json.Obj body, String... more)
      throws Exception {
    var headers = new ArrayList<>(List.of("If-Match", tag()));
    headers.addAll(List.of(more));
    return who.send("POST", DRAFT + verb, body, headers.toArray(String[]::new));
  }

  /// How many lists devices could see.
  private int published() throws Exception {
    return anna.get("/api/v1/policies?size=1000").body().split("\"shown\"", -1).length - 1;
  }

  @Test
  void nobody_agrees_to_their_own_and_without_anybody_nothing_is_published() throws Exception {
    assertEquals(422, step(anna, "/approve", sha256()).statusCode());
    var before = published();
    assertEquals(422, step(anna, "/publish", nothing()).statusCode());
    assertEquals(before, published());
  }

  @Test
  void an_edit_after_the_agreement_voids_it() throws Exception {
    assertEquals(200, step(bo, "/approve", sha256()).statusCode());
    var other = Json.object().put("content", Bureau.RULE.replace("PT24H", "PT8H")).build();
    assertEquals(200, anna.send("PUT", DRAFT, other, "If-Match", tag()).statusCode());
    var before = published();
    assertEquals(422, step(anna, "/publish", nothing()).statusCode());
    assertEquals(before, published());
  }

  @Test
  void an_agreement_that_is_sent_again_agrees_to_nothing_new() throws Exception {
    var seen = tag();
    var digest = sha256();
    String[] once = {"If-Match", seen, "Idempotency-Key", "bo-agrees-once"};
    assertEquals(200, bo.send("POST", DRAFT + "/approve", digest, once).statusCode());
    // The same request is answered as before, and does nothing.
    var other = Json.object().put("content", Bureau.RULE.replace("PT24H", "PT8H")).build();
    assertEquals(200, anna.send("PUT", DRAFT, other, "If-Match", tag()).statusCode());
    bo.send("POST", DRAFT + "/approve", digest, once);
    assertEquals(412, bo.send("POST", DRAFT + "/approve", digest, "If-Match", seen).statusCode());
    assertEquals(422, step(anna, "/publish", nothing()).statusCode());
    assertTrue(anna.get(DRAFT).body().contains("\"state\":\"open\""), anna.get(DRAFT).body());
  }

  @Test
  void of_many_at_once_one_publishes() throws Exception {
    assertEquals(200, step(bo, "/approve", sha256()).statusCode());
    var before = published();
    var seen = tag();
    var statuses =
        together(8, () -> anna.plain("POST", DRAFT + "/publish", "If-Match", seen).statusCode());
    // Who comes when it is published already may be told that nothing was left to do.
    assertTrue(statuses.contains(200), statuses.toString());
    assertEquals(before + 1, published(), statuses::toString);
  }

  @Test
  void of_an_agreement_and_an_edit_at_once_never_both_hold() throws Exception {
    var seen = tag();
    var digest = sha256();
    var other = Json.object().put("content", Bureau.RULE.replace("PT24H", "PT8H")).build();
    var turn = new java.util.concurrent.atomic.AtomicInteger();
    together(
        6,
        () ->
            switch (turn.getAndIncrement() % 3) {
              case 0 -> bo.send("POST", DRAFT + "/approve", digest, "If-Match", seen).statusCode();
              case 1 ->
                  chen.send("POST", DRAFT + "/approve", digest, "If-Match", seen).statusCode();
              default -> anna.send("PUT", DRAFT, other, "If-Match", seen).statusCode();
            });
    var draft = Described.read(anna.get(DRAFT).body());
    var edited = !java.util.Objects.equals(draft.get("sha256"), digest.get("sha256"));
    var agreed = new Json.Text("approved").equals(draft.get("state"));
    assertTrue(edited != agreed, draft.toString());
  }

  private static List<Integer> together(int many, Callable<Integer> each) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var all = new ArrayList<Integer>();
      var started = java.util.Collections.nCopies(many, each);
      for (var done : threads.invokeAll(started)) {
        all.add(done.get());
      }
      return all;
    }
  }
}
