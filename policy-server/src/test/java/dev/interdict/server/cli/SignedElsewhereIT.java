package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.access.Role;
import dev.interdict.server.cli.setup.RunningServer;
import dev.interdict.server.store.Sql;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that people signed on machines of their own come back in a browser, without scripts.
class SignedElsewhereIT {
  private static final String PASSWORD = "correct horse battery";
  private static final String PAGE = "/releases/signing";
  private static final String ENFORCED = "enforcement: remove ";

  @TempDir Path temp;
  private final HttpClient client = HttpClient.newHttpClient();
  private Admins admins;
  private RunningServer running;

  @BeforeEach
  void start() throws Exception {
    admins = Admins.afterTheWalk(temp);
    running = admins.runningServer();
    person("ada", Role.ADMINISTRATOR);
    person("anna", Role.AUTHOR);
    person("bo", Role.APPROVER);
    person("vera", Role.VIEWER);
  }

  @AfterEach
  void stop() {
    running.close();
  }

  private void person(String name, Role role) {
    running.parts().accounts().create("tester", name, PASSWORD, Set.of(role));
  }

  /// Somebody in a browser that runs no scripts.
  private final class Browser {
    private final String cookie;

    Browser(String name) throws Exception {
      var answer = post("", "/login", "name=" + name + "&password=" + encoded(PASSWORD) + "&to=/");
      cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceAll(";.*", "");
    }

    private HttpResponse<String> post(String cookies, String path, String form) throws Exception {
      return sent(
          request(path, cookies).header("Content-Type", "application/x-www-form-urlencoded"), form);
    }

    private HttpResponse<String> sent(HttpRequest.Builder request, String form) throws Exception {
      return client.send(
          request
              .header("Sec-Fetch-Site", "same-origin")
              .POST(HttpRequest.BodyPublishers.ofString(form))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path, String cookies) {
      var request = HttpRequest.newBuilder(URI.create(running.adminUrl() + path));
      return cookies.isEmpty() ? request : request.header("Cookie", cookies);
    }

    HttpResponse<String> get(String path) throws Exception {
      return client.send(request(path, cookie).GET().build(), HttpResponse.BodyHandlers.ofString());
    }

    private String csrf() throws Exception {
      return first(get("/me").body(), "name=\"csrf\" value=\"([^\"]+)\"");
    }

    /// Sends a form as it would stand on the page.
    HttpResponse<String> does(String deed, String more) throws Exception {
      return post(
          cookie,
          "/do/" + deed,
          "csrf="
              + encoded(csrf())
              + "&_back="
              + encoded(PAGE)
              + (more.isEmpty() ? "" : "&" + more));
    }

    /// Sends files as a browser does.
    String brings(String... files) throws Exception {
      var body = new StringBuilder();
      part(body, "csrf\"", csrf());
      part(body, "_back\"", PAGE);
      part(body, "_secret\"", "yes");
      for (var i = 0; i < 2; i++) {
        part(
            body,
            (i == 0 ? "file" : "copy") + "\"; filename=\"a.draft\"",
            i < files.length ? files[i] : "");
      }
      body.append("--interdict--\r\n");
      var answer =
          sent(
              request("/do/checkSignedDraft", cookie)
                  .header("Content-Type", "multipart/form-data; boundary=interdict"),
              body.toString());
      return answer.body();
    }

    private static void part(StringBuilder body, String name, String value) {
      body.append("--interdict\r\nContent-Disposition: form-data; name=\"")
          .append(name)
          .append("\r\n\r\n")
          .append(value)
          .append("\r\n");
    }

    HttpResponse<String> publishes(String deed, String file) throws Exception {
      return does(deed, "file=" + encoded(file));
    }
  }

  private static String first(String text, String pattern) {
    var matcher = Pattern.compile(pattern, Pattern.DOTALL).matcher(text);
    assertTrue(matcher.find(), () -> pattern + " in " + text);
    return matcher.group(1);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String draft(String name) throws IOException {
    return Files.readString(temp.resolve(name));
  }

  private static void refused(HttpResponse<String> answer, int status, String why) {
    assertEquals(status, answer.statusCode(), answer::body);
    assertTrue(answer.body().contains(why), () -> why + " in " + answer.body());
  }

  private List<String> audited(String action) {
    return running
        .parts()
        .database()
        .read(handle ->
            handle
                .createQuery("select actor from audit where action = :action order by 1")
                .bind("action", action)
                .mapTo(String.class)
                .list());
  }

  @Test
  void roles_that_run_out_are_fetched_signed_elsewhere_and_brought_back() throws Exception {
    var ada = new Browser("ada");
    var fetched = ada.get("/export/getSigningRenewal?role=root&role=targets");
    assertEquals(200, fetched.statusCode(), fetched::body);
    Files.writeString(temp.resolve("a.draft"), fetched.body());
    Files.writeString(temp.resolve("b.draft"), fetched.body());
    refused(ada.publishes("publishSignedKeys", fetched.body()), 409, "signatures are missing");
    for (var role : List.of("root", "targets")) {
      admins.signed("root", "anna-" + role, "a.draft");
      admins.signed("root", "bo-" + role, "b.draft");
    }
    var half = ada.brings(draft("a.draft"));
    assertTrue(half.contains("signatures are missing"), half);
    assertFalse(half.contains("/do/publishSignedKeys"), half);
    refused(ada.publishes("publishSignedKeys", draft("a.draft")), 409, "signatures are missing");
    var whole = ada.brings(draft("a.draft"), draft("b.draft"));
    assertTrue(whole.contains("enough signatures"), whole);
    assertTrue(whole.contains("/do/publishSignedKeys"), whole);
    var joined = first(whole, "<textarea hidden name=\"file\">\n(.*?)</textarea>");
    var published = ada.publishes("publishSignedKeys", joined.replace("&#34;", "\""));
    assertEquals(303, published.statusCode(), published::body);
    assertTrue(running.parts().signed().exists("3.root.json"));
    admins.contact();
    assertEquals(1, admins.believed().serial());
    assertEquals(List.of("ada", "ada"), audited("trust.publish-refused"));
    assertEquals(List.of("ada"), audited("trust.publish").stream().filter("ada"::equals).toList());
    refused(ada.publishes("publishSignedKeys", draft("a.draft")), 409, "does not hold");
  }

  @Test
  void nothing_that_was_changed_on_its_way_is_taken() throws Exception {
    var ada = new Browser("ada");
    var fetched = ada.get("/export/getSigningRenewal?role=targets").body();
    Files.writeString(temp.resolve("a.draft"), fetched);
    admins.signed("root", "anna-targets", "a.draft");
    admins.signed("root", "bo-targets", "a.draft");
    var signed = draft("a.draft");
    var other = ada.get("/export/getSigningRenewal?role=root").body();
    refused(ada.publishes("publishSignedList", signed), 403, "may not do this");
    refused(new Browser("anna").publishes("publishSignedList", signed), 422, "change of keys");
    refused(new Browser("anna").publishes("publishSignedKeys", signed), 403, "may not do this");
    assertTrue(ada.brings(signed, other).contains("drafts of different changes"));
    assertTrue(ada.brings("{}").contains("is no draft to sign"));
    assertTrue(ada.brings("").contains("has to change"), "a file that was not chosen");
    var page = new Browser("vera").get(PAGE).body();
    assertTrue(page.contains("may not bring signed files"), page);
    assertFalse(page.contains("/do/checkSignedDraft"), page);
    assertFalse(running.parts().signed().exists("3.root.json"));
    admins.contact();
  }

  @Test
  void a_reviewed_draft_is_the_same_file_for_each_signer() throws Exception {
    admins.rule("new-tool", "pkg:npm/%40example/tool", "pkg:npm/new-tool");
    admins.done("draft", "new", admins.path("new-tool.yaml"), "--actor", "anna");
    var observed = new String[] {"--observe", "1", "--actor", "anna"};
    admins.done(
        "blocklist",
        "draft",
        observed[0],
        observed[1],
        observed[2],
        observed[3],
        "--out",
        admins.path("o.draft"));
    for (var name : List.of("anna-blocklist", "bo-blocklist")) {
      admins.signed("blocklist", name, "o.draft");
    }
    var anna = new Browser("anna");
    assertEquals(303, anna.publishes("publishSignedList", draft("o.draft")).statusCode());
    assertEquals(2, admins.believed().serial());
    admins.done("draft", "preview", "1", "--actor", "anna");
    admins.done("draft", "submit", "1", "--actor", "anna");
    refused(anna.does("handOutDraft?draft=1", seen(anna, 1)), 422, "nobody else has agreed");
    var shown = admins.done("draft", "show", "1").out();
    var digits = shown.substring(shown.indexOf("SHA-256") + 12, shown.indexOf("SHA-256") + 28);
    admins.done("draft", "approve", "1", "--sha256", digits, "--actor", "bo");
    assertEquals(409, anna.get("/export/getSigningDraft?draft=1").statusCode());
    var stale = seen(anna, 1).replaceFirst("%22[0-9]+-", "%229-");
    refused(anna.does("handOutDraft?draft=1", stale), 412, "");
    refused(anna.does("handOutDraft?draft=1", ""), 428, "");
    assertEquals(303, anna.does("handOutDraft?draft=1", seen(anna, 1)).statusCode());
    Files.writeString(temp.resolve("a.draft"), anna.get("/export/getSigningDraft?draft=1").body());
    admins.later(Duration.ofHours(1));
    failed(3);
    var bo = new Browser("bo");
    Files.writeString(temp.resolve("b.draft"), bo.get("/export/getSigningDraft?draft=1").body());
    admins.signed("blocklist", "anna-blocklist", "a.draft");
    admins.signed("blocklist", "bo-blocklist", "b.draft");
    var whole = bo.brings(draft("a.draft"), draft("b.draft"));
    assertTrue(whole.contains("enough signatures"), whole);
    var joined = first(whole, "<textarea hidden name=\"file\">\n(.*?)</textarea>");
    var done = bo.publishes("publishSignedList", joined.replace("&#34;", "\""));
    assertEquals(303, done.statusCode(), done::body);
    assertEquals(3, admins.believed().serial());
    assertTrue(admins.done("draft", "list", "--all").out().contains("published"));
    refused(bo.publishes("publishSignedList", draft("a.draft")), 409, "");
  }

  /// What is told as seen of a draft, as the page has it.
  private static String seen(Browser who, int draft) throws Exception {
    var head = who.get("/api/v1/drafts/" + draft).headers();
    return "_seen=" + encoded(head.firstValue("ETag").orElseThrow());
  }

  /// Something else was to be published after a serial, and was not.
  private void failed(long after) {
    running
        .parts()
        .database()
        .write(connection ->
            Sql.update(
                connection,
                "insert into publication (serial, begun_at, actor, summary, sha256, document)"
                    + " values (?, 1, 'x', 'x', 'none', 'x')",
                after + 1));
  }

  @Test
  void a_change_that_needs_nobody_else_is_handed_out_and_its_draft_is_done_with_it()
      throws Exception {
    // It is on the list as it was made; only observing what it would remove is less.
    admins.done(
        "draft",
        "new",
        admins.rule("some-tool", ENFORCED, "enforcement: observe "),
        "--actor",
        "anna");
    var anna = new Browser("anna");
    assertTrue(anna.get(PAGE).body().contains("/do/handOutDraft?draft=1"), "it is offered");
    assertEquals(303, anna.does("handOutDraft?draft=1", seen(anna, 1)).statusCode());
    var file = anna.get("/export/getSigningDraft?draft=1").body();
    failed(2);
    assertEquals(file, anna.get("/export/getSigningDraft?draft=1").body());
    assertEquals(file, new Browser("bo").get("/export/getSigningDraft?draft=1").body());
    Files.writeString(temp.resolve("a.draft"), file);
    for (var name : List.of("anna-blocklist", "bo-blocklist")) {
      admins.signed("blocklist", name, "a.draft");
    }
    assertEquals(303, anna.publishes("publishSignedList", draft("a.draft")).statusCode());
    assertEquals(2, admins.believed().serial());
    assertTrue(admins.done("draft", "list", "--all").out().contains("published"));
    assertFalse(anna.get(PAGE).body().contains("/do/handOutDraft"), "it is done");
  }

  @Test
  void a_file_whose_serial_went_to_something_else_is_made_anew() throws Exception {
    admins.done(
        "draft",
        "new",
        admins.rule("some-tool", ENFORCED, "enforcement: observe "),
        "--actor",
        "anna");
    var anna = new Browser("anna");
    assertEquals(303, anna.does("handOutDraft?draft=1", seen(anna, 1)).statusCode());
    var file = anna.get("/export/getSigningDraft?draft=1").body();
    failed(1);
    var other = anna.get("/export/getSigningDraft?draft=1").body();
    assertNotEquals(file, other);
    assertEquals(other, anna.get("/export/getSigningDraft?draft=1").body());
    Files.writeString(temp.resolve("a.draft"), other);
    for (var name : List.of("anna-blocklist", "bo-blocklist")) {
      admins.signed("blocklist", name, "a.draft");
    }
    assertEquals(303, anna.publishes("publishSignedList", draft("a.draft")).statusCode());
    assertEquals(3, admins.believed().serial());
  }

  @Test
  void a_file_that_was_withdrawn_is_published_by_nobody_however_many_have_signed()
      throws Exception {
    var ada = new Browser("ada");
    Files.writeString(
        temp.resolve("a.draft"), ada.get("/export/getSigningRenewal?role=targets").body());
    for (var name : List.of("anna-targets", "bo-targets")) {
      admins.signed("root", name, "a.draft");
    }
    var page = ada.brings(draft("a.draft"));
    assertTrue(
        page.contains("at the latest until") && page.contains("/do/publishSignedKeys"), page);
    var file = "file=" + encoded(draft("a.draft"));
    refused(new Browser("anna").does("withdrawSignedDraft", file + "&reason=x"), 403, "may not");
    assertEquals(303, ada.does("withdrawSignedDraft", file + "&reason=Lost+stick").statusCode());
    var shown = ada.brings(draft("a.draft"));
    assertTrue(shown.contains("Lost stick"), shown);
    assertFalse(shown.contains("/do/publishSignedKeys"), shown);
    refused(ada.publishes("publishSignedKeys", draft("a.draft")), 409, "Lost stick");
    assertTrue(admins.here("root", "publish", admins.path("a.draft")).err().contains("Lost stick"));
    assertEquals(1, audited("signing.withdraw").size());
    admins.contact();
  }

  private Browser handedOut() throws Exception {
    admins.done(
        "draft",
        "new",
        admins.rule("some-tool", ENFORCED, "enforcement: observe "),
        "--actor",
        "anna");
    var anna = new Browser("anna");
    assertEquals(303, anna.does("handOutDraft?draft=1", seen(anna, 1)).statusCode());
    return anna;
  }

  private HttpResponse<String> signedAndPublished(Browser who, String file) throws Exception {
    Files.writeString(temp.resolve("a.draft"), file);
    for (var name : List.of("anna-blocklist", "bo-blocklist")) {
      admins.signed("blocklist", name, "a.draft");
    }
    return who.publishes("publishSignedList", draft("a.draft"));
  }

  @Test
  void a_draft_whose_file_was_withdrawn_is_another_file_and_a_published_one_stays()
      throws Exception {
    var anna = handedOut();
    var ada = new Browser("ada");
    var file = anna.get("/export/getSigningDraft?draft=1").body();
    var reason = "&reason=Lost+stick";
    assertEquals(
        303, ada.does("withdrawSignedDraft", "file=" + encoded(file) + reason).statusCode());
    var other = anna.get("/export/getSigningDraft?draft=1").body();
    assertNotEquals(file, other);
    assertEquals(other, anna.get("/export/getSigningDraft?draft=1").body());
    var published = signedAndPublished(anna, other);
    assertEquals(303, published.statusCode(), published::body);
    assertEquals(3, admins.believed().serial());
    refused(
        ada.does("withdrawSignedDraft", "file=" + encoded(draft("a.draft")) + reason),
        409,
        "published already");
  }

  @Test
  void a_draft_that_lay_for_three_weeks_is_a_file_that_signers_take() throws Exception {
    var file = handedOut().get("/export/getSigningDraft?draft=1").body();
    running.close();
    admins.later(Duration.ofDays(22));
    admins.acceptClock();
    running = admins.runningServer();
    var anna = new Browser("anna");
    var other = anna.get("/export/getSigningDraft?draft=1").body();
    assertNotEquals(file, other);
    var published = signedAndPublished(anna, other);
    assertEquals(303, published.statusCode(), published::body);
  }

  @Test
  void what_nobody_reviewed_is_not_published_however_many_have_signed_it() throws Exception {
    admins.rule("new-tool", "pkg:npm/%40example/tool", "pkg:npm/new-tool");
    admins.done(
        "blocklist",
        "draft",
        admins.path("new-tool.yaml"),
        "--break-glass",
        Typed.ALONE,
        "--out",
        admins.path("a.draft"));
    for (var name : List.of("anna-blocklist", "bo-blocklist")) {
      admins.signed("blocklist", name, "a.draft");
    }
    refused(
        new Browser("bo").publishes("publishSignedList", draft("a.draft")),
        422,
        "needs a second person");
    assertEquals(1, admins.believed().serial());
  }
}
