package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningInIT {
  private static final String RIGHT =
      "name=" + ConsoleServer.NAME + "&password=" + ConsoleServer.encoded(ConsoleServer.PASSWORD);

  @TempDir Path folder;
  private SampleCompany company;
  private ConsoleServer console;

  @BeforeEach
  void open() {
    company = new SampleCompany(folder);
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist);
  }

  @AfterEach
  void close() {
    console.close();
    company.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/rules", "/rules/claude-code", "/devices", "/devices/00"})
  void a_stranger_sees_no_page(String path) {
    var answer = console.get(path);
    assertEquals(303, answer.statusCode());
    assertEquals("", answer.body());
    assertTrue(answer.headers().firstValue("Location").orElse("").startsWith("/login?to="));
  }

  @Test
  void signing_in_leads_where_one_wanted_to_go() {
    var asked = console.get("/devices?rule=claude-code&state=present,failed");
    var form = console.get(asked.headers().firstValue("Location").orElseThrow()).body();
    assertTrue(
        form.contains("name=\"to\" value=\"/devices?rule=claude-code&amp;state=present,failed\""));
    var to = ConsoleServer.encoded("/devices?rule=claude-code&state=present,failed");
    var answer = console.post("/login", RIGHT + "&to=" + to);
    assertEquals(303, answer.statusCode());
    assertEquals(
        "/devices?rule=claude-code&state=present,failed",
        answer.headers().firstValue("Location").orElse(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil"})
  void signing_in_never_leads_to_another_host(String to) {
    var answer = console.post("/login", RIGHT + "&to=" + ConsoleServer.encoded(to));
    assertEquals("/", answer.headers().firstValue("Location").orElse(""));
  }

  @Test
  void a_wrong_password_gets_the_form_again_and_no_cookie() {
    var answer = console.post("/login", "name=li.na&password=wrong-wrong-wrong&to=/");
    assertEquals(401, answer.statusCode());
    assertTrue(answer.body().contains("Name or password is wrong"));
    assertFalse(answer.body().contains("wrong-wrong-wrong"));
    assertTrue(answer.headers().firstValue("Set-Cookie").isEmpty());
  }

  @Test
  void a_form_on_a_strangers_page_signs_nobody_in_or_out() {
    assertEquals(403, console.postFromElsewhere("/login", RIGHT + "&to=/").statusCode());
    console.signedIn();
    var csrf = csrf();
    assertEquals(403, console.postFromElsewhere("/logout", "csrf=" + csrf).statusCode());
    assertEquals(403, console.post("/logout", "csrf=guess").statusCode());
    assertEquals(403, console.post("/logout", "").statusCode());
    assertEquals(200, console.get("/").statusCode());
  }

  @Test
  void signing_out_ends_the_session() {
    console.signedIn();
    assertEquals(303, console.post("/logout", "csrf=" + csrf()).statusCode());
    assertEquals(303, console.get("/").statusCode());
  }

  @Test
  void guessing_is_slowed_down() {
    var status = 0;
    for (var i = 0; i < 12; i++) {
      status = console.post("/login", "name=li.na&password=guess-number-" + i).statusCode();
    }
    assertEquals(429, status);
  }

  private String csrf() {
    var matcher =
        Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"").matcher(console.get("/").body());
    assertTrue(matcher.find());
    return matcher.group(1);
  }
}
