package dev.interdict.server.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.server.access.Role;
import dev.interdict.server.main.TestingOffice;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 74, over the API: somebody else's page has a visitor's browser send a change, in all ways
/// that browsers know, at every operation that changes anything. The console's own forms are in
/// `SigningInIT`.
@Tag("any-database")
class T74CrossSiteIT {
  private static final HttpClient BROWSER = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static TestingOffice office;
  private static String cookie = "";
  private static String csrf = "";
  private static final List<Described.One> CHANGES = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    office = new TestingOffice(folder);
    office.person("victim", Role.values());
    var answer = signIn("Sec-Fetch-Site", "same-origin");
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    csrf = Described.text(Described.member(Described.read(answer.body()), "csrf"));
    new Described(Client.of(office, "victim").get("/api/v1/openapi.json").body())
        .operations().stream().filter(Described.One::changes).forEach(CHANGES::add);
    assertTrue(CHANGES.size() > 25, () -> "only " + CHANGES.size());
  }

  @AfterAll
  static void stop() {
    office.close();
  }

  private static HttpResponse<String> signIn(String... headers) throws Exception {
    var body = Json.object().put("name", "victim").put("password", TestingOffice.PASSWORD).build();
    return BROWSER.send(
        HttpRequest.newBuilder(URI.create(office.address() + "/api/v1/session"))
            .header("Content-Type", "application/json")
            .headers(headers)
            .POST(HttpRequest.BodyPublishers.ofString(JsonWriter.line(body)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /// What the visitor's browser sends to an operation, cookie included.
  private static int sent(Described.One to, String type, String body, String... headers)
      throws Exception {
    var path =
        to.path()
            .replace("{device}", "0".repeat(32))
            .replaceAll("\\{(draft|serial|proposal)}", "1")
            .replaceAll("\\{[a-z]+}", "some-tool");
    var request =
        HttpRequest.newBuilder(URI.create(office.address() + path))
            .header("Cookie", cookie)
            .header("Content-Type", type)
            .header("If-Match", "\"0\"")
            .method(to.method(), HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return BROWSER.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private void refusedEverywhere(String type, String body, String... headers) throws Exception {
    for (var change : CHANGES) {
      // Signing in needs no session, and starts one that no other page can read.
      if (!change.roles().isEmpty()) {
        assertEquals(403, sent(change, type, body, headers), change.id());
      }
    }
  }

  @Test
  void a_form_of_another_page_is_refused_even_with_the_right_token() throws Exception {
    for (var site : List.of("cross-site", "same-site", "none")) {
      var form = "csrf=" + csrf;
      refusedEverywhere("application/x-www-form-urlencoded", form, "Sec-Fetch-Site", site);
      refusedEverywhere("application/json", "{}", "Sec-Fetch-Site", site, "X-CSRF-Token", csrf);
    }
  }

  @Test
  void text_that_looks_like_json_is_refused() throws Exception {
    refusedEverywhere("text/plain", "{}", "Origin", "https://elsewhere.example");
    refusedEverywhere("text/plain", "{}", "Origin", office.address());
    refusedEverywhere("multipart/form-data; boundary=x", "--x--", "Origin", office.address());
  }

  @Test
  void no_origin_at_all_and_made_up_ones_are_refused() throws Exception {
    refusedEverywhere("application/json", "{}", "X-CSRF-Token", csrf);
    for (var origin :
        List.of("null", "https://elsewhere.example", office.address() + ".elsewhere.example")) {
      refusedEverywhere("application/json", "{}", "Origin", origin, "X-CSRF-Token", csrf);
    }
    for (var origin : List.of("null", "https://elsewhere.example")) {
      refusedEverywhere(
          "application/json",
          "{}",
          "Sec-Fetch-Site",
          "same-origin",
          "Origin",
          origin,
          "X-CSRF-Token",
          csrf);
    }
    refusedEverywhere("application/json", "{}", "Origin", office.address());
    refusedEverywhere(
        "application/json", "{}", "Origin", office.address(), "X-CSRF-Token", csrf + "x");
  }

  /// Else all the above would prove nothing.
  @Test
  void our_own_page_is_let_in() throws Exception {
    for (var change : CHANGES) {
      if (!change.roles().isEmpty() && !change.id().equals("endSession")) {
        var status =
            sent(
                change,
                "application/json",
                "{\"nothing\":\"known\"}",
                "Origin",
                office.address(),
                "X-CSRF-Token",
                csrf);
        assertNotEquals(403, status, change.id());
      }
    }
  }

  @Test
  void a_page_elsewhere_can_neither_sign_a_visitor_in_nor_read_the_answer() throws Exception {
    for (var change : CHANGES) {
      if (change.roles().isEmpty()) {
        for (var type : List.of("text/plain", "application/x-www-form-urlencoded")) {
          var status = sent(change, type, "{}", "Origin", "https://elsewhere.example");
          assertTrue(status == 403 || status == 415, change.id() + " as " + type + ": " + status);
          // An old browser says nothing of the page that sent it.
          assertEquals(415, sent(change, type, "{}"), change.id() + " as " + type);
        }
      }
    }
    var answer = signIn("Origin", "https://elsewhere.example");
    assertEquals(403, answer.statusCode());
    assertEquals(403, signIn("Origin", "null").statusCode());
    assertEquals("", answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
  }
}
