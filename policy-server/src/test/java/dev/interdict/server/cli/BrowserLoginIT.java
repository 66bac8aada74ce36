package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.RuleId;
import dev.interdict.server.access.Role;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.PassphraseSource;
import dev.interdict.server.draft.Template;
import dev.interdict.server.main.TestingOffice;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `interdict login --browser`, with a person at the console's page.
@Tag("any-database")
@Timeout(60)
class BrowserLoginIT {
  private static final Pattern CODE = Pattern.compile("[B-Z]{4}-[B-Z]{4}");
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  @TempDir Path folder;
  private TestingOffice office;
  private HttpClient browser;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder.resolve("office"));
    office.person("anna", Role.AUTHOR);
    browser = HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    var signedIn =
        browser.send(
            HttpRequest.newBuilder(URI.create(office.address() + "/api/v1/session"))
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"name\": \"anna\", \"password\": \"" + TestingOffice.PASSWORD + "\"}"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertEquals(200, signedIn.statusCode());
  }

  @AfterEach
  void stop() {
    browser.close();
    office.close();
  }

  private String profiles() {
    return folder.resolve("c/profiles.json").toString();
  }

  /// The command, in a thread of its own, and what it has printed so far.
  private record Waiting(CompletableFuture<Integer> code, StringWriter out, StringWriter err) {
    String shown() throws InterruptedException {
      while (true) {
        var found = CODE.matcher(out.toString());
        if (found.find()) {
          return found.group();
        }
        Thread.sleep(20);
      }
    }
  }

  private Waiting login() {
    var out = new StringWriter();
    var err = new StringWriter();
    var console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false,
            "anna",
            office.clock,
            new SecureRandom(),
            PassphraseSource.NONE);
    var code =
        CompletableFuture.supplyAsync(() ->
            Programs.admin(
                console,
                "login",
                "--browser",
                "--server",
                office.address(),
                "--profiles",
                profiles()));
    return new Waiting(code, out, err);
  }

  private HttpResponse<String> page(Map<String, String> fields) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(office.address() + "/command-line"));
    if (!fields.isEmpty()) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .header("Sec-Fetch-Site", "same-origin")
          .POST(
              HttpRequest.BodyPublishers.ofString(
                  fields.entrySet().stream()
                      .map(one ->
                          one.getKey()
                              + "="
                              + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                      .collect(Collectors.joining("&"))));
    }
    return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private String csrf() throws Exception {
    var form = CSRF.matcher(page(Map.of()).body());
    assertTrue(form.find());
    return form.group(1);
  }

  private Typed typed(PassphraseSource person, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--profile", "default", "--profiles", profiles()));
    return Typed.knowing(person, all.toArray(String[]::new));
  }

  @Test
  void a_person_confirms_what_they_read_and_proves_again_for_what_matters() throws Exception {
    var waiting = login();
    var code = waiting.shown();
    var csrf = csrf();
    var look = page(Map.of("csrf", csrf, "code", code.toLowerCase(), "deed", "look"));
    assertEquals(200, look.statusCode());
    assertTrue(look.body().contains("interdict of anna"), look.body());
    assertTrue(look.body().contains("127.0.0.1"), look.body());
    assertTrue(look.body().contains("Author"), look.body());
    assertFalse(waiting.code().isDone());
    var confirmed = page(Map.of("csrf", csrf, "code", code, "deed", "confirm"));
    assertTrue(confirmed.body().contains("Confirmed."), confirmed.body());
    assertEquals(0, waiting.code().get(20, TimeUnit.SECONDS), waiting.err()::toString);
    assertTrue(waiting.out().toString().contains("as anna"), waiting.out().toString());

    var rule = folder.resolve("some-tool.yaml");
    Files.writeString(rule, Template.rule(new RuleId("some-tool"), Typed.NOW));
    assertEquals(0, typed(PassphraseSource.NONE, "draft", "new", rule.toString()).code());
    var unasked = typed(PassphraseSource.NONE, "draft", "observe", "1");
    assertEquals(4, unasked.code());
    assertTrue(unasked.err().contains("password or a code"), unasked.err());
    assertEquals(4, typed(TypedPassphrases.person("wrong"), "draft", "observe", "1").code());
    var right = TypedPassphrases.person(TestingOffice.PASSWORD);
    var observed = typed(right, "draft", "observe", "1");
    assertEquals(0, observed.code(), observed::err);
    assertEquals(1, right.questions.size());
    // The session goes on under the id that it got then.
    assertEquals(0, typed(PassphraseSource.NONE, "draft", "list").code());
  }

  @Test
  void who_refuses_ends_the_command() throws Exception {
    var waiting = login();
    page(Map.of("csrf", csrf(), "code", waiting.shown(), "deed", "refuse"));
    assertEquals(4, waiting.code().get(20, TimeUnit.SECONDS));
    assertTrue(waiting.err().toString().contains("refused"), waiting.err().toString());
    assertFalse(Files.exists(Path.of(profiles())));
  }

  @Test
  void a_strangers_page_confirms_nothing_and_an_old_sign_in_proves_first() throws Exception {
    var waiting = login();
    var code = waiting.shown();
    assertEquals(403, page(Map.of("code", code, "deed", "confirm")).statusCode());
    office.clock.move(java.time.Duration.ofMinutes(9));
    var later = login();
    var csrf = csrf();
    office.clock.move(java.time.Duration.ofMinutes(2));
    var second = later.shown();
    var unproved = page(Map.of("csrf", csrf, "code", second, "deed", "confirm"));
    assertEquals(403, unproved.statusCode());
    var fields =
        Map.of("csrf", csrf, "code", second, "deed", "confirm", "proof", TestingOffice.PASSWORD);
    assertTrue(page(fields).body().contains("Confirmed."));
    assertEquals(0, later.code().get(20, TimeUnit.SECONDS), later.err()::toString);
    assertEquals(4, waiting.code().get(20, TimeUnit.SECONDS), "its code has ended");
  }
}
