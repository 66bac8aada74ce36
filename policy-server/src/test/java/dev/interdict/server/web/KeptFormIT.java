package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.access.Gate;
import dev.interdict.server.access.KeptForms;
import dev.interdict.server.access.Role;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What somebody typed comes back after they proved at the identity provider who they are.
class KeptFormIT {
  private static final String DO = "/do/createAccount";

  @TempDir Path folder;
  private SampleCompany company;
  private ConsoleServer console;

  @BeforeEach
  void open() {
    company = new SampleCompany(folder);
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist, true);
    console.as("an.other", Role.ADMINISTRATOR);
    console.as("an.admin", Role.ADMINISTRATOR);
  }

  @AfterEach
  void close() {
    console.close();
    company.close();
  }

  private String form() {
    return "csrf=" + console.csrf() + "&_back=%2Fsettings%2Faccounts&name=ada&roles=viewer";
  }

  /// The browser's cookie for what was typed.
  private String kept() {
    var answer =
        console.post("/prove/provider", form() + "&_proof=half&_action=%2Fdo%2FcreateAccount");
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(
        "0; url=/login/oidc?to=%2Fprove%2Fkept&again=1",
        answer.headers().firstValue("Refresh").orElseThrow());
    var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
    assertTrue(cookie.contains("HttpOnly; SameSite=Strict"), cookie);
    return cookie.substring(0, cookie.indexOf(';'));
  }

  private HttpResponse<String> back(String kept) {
    return console.get("/prove/kept", "Cookie", console.cookie() + "; " + kept);
  }

  @Test
  void what_was_typed_is_shown_to_whoever_typed_it_and_done_when_they_go_on() {
    company.fleet.clock.move(Gate.RECENTLY.plusSeconds(1));
    var asked = console.post(DO, form());
    assertTrue(asked.body().contains("formaction=\"/prove/provider\""), asked.body());
    assertTrue(asked.body().contains("name=\"_action\" value=\"/do/createAccount\""), asked.body());
    var kept = kept();
    console.signedIn("an.admin");
    var shown = back(kept);
    assertEquals(200, shown.statusCode(), shown.body());
    assertTrue(shown.body().contains("action=\"/do/createAccount\""), shown.body());
    assertTrue(shown.body().contains("<textarea hidden name=\"name\">\nada</textarea>"));
    assertFalse(shown.body().contains("half"), "a half typed password is kept nowhere");
    assertFalse(console.get("/settings/accounts").body().contains(">ada<"), "nothing was done yet");
    assertEquals(
        shown.body().length(), back(kept).body().length(), "loading it anew loses nothing");
    assertEquals(303, console.post(DO, form()).statusCode());
  }

  @Test
  void nobody_else_and_no_other_browser_gets_it_and_not_for_long() {
    var kept = kept();
    console.signedIn("an.other");
    assertEquals(404, back(kept).statusCode());
    console.signedIn("an.admin");
    assertEquals(404, back("interdict-kept=" + "x".repeat(43)).statusCode());
    assertEquals(200, back(kept).statusCode());
    var late = kept();
    company.fleet.clock.move(KeptForms.LONGEST.plusSeconds(1));
    console.signedIn("an.admin");
    assertEquals(404, back(late).statusCode());
  }

  @Test
  void an_account_has_one_and_the_database_cannot_read_it() {
    var first = kept();
    var second = kept();
    var rows =
        company.fleet.database.read(handle ->
            handle.createQuery("select sealed from kept_form").mapTo(String.class).list());
    assertEquals(1, rows.size());
    var bytes = Base64.getDecoder().decode(rows.getFirst());
    assertFalse(new String(bytes, StandardCharsets.ISO_8859_1).contains("ada"));
    assertEquals(404, back(first).statusCode());
    assertEquals(200, back(second).statusCode());
  }

  @Test
  void only_what_a_form_of_our_own_would_do_is_kept() {
    assertEquals(400, console.post("/prove/provider", form() + "&_action=%2Flogout").statusCode());
    assertEquals(400, console.post("/prove/provider", form()).statusCode());
    var forged = form().replaceFirst("csrf=[^&]*&", "") + "&_action=%2Fdo%2FcreateAccount";
    assertEquals(403, console.post("/prove/provider", forged).statusCode());
  }
}
