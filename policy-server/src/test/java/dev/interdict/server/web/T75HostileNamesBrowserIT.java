package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.browser.Chromium;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 75: a real browser on every page, with hostile names of devices, departments, packages,
/// rules and people: no script of theirs runs, and the page's policy has nothing to report, since
/// nothing of theirs was ever markup.
class T75HostileNamesBrowserIT {
  private static final String MARK = "top.x=1";

  /// Breaks out of texts, attributes, scripts, comments and styles, whichever it meets.
  private static final String EVIL =
      "'\"--></style></script></title><svg onload="
          + MARK
          + "><img src=x onerror="
          + MARK
          + "><script>"
          + MARK
          + "</script>{{1}}${1}`";

  @TempDir static Path folder;
  private static HostileCompany company;
  private static Chromium browser;

  @BeforeAll
  static void open() throws IOException {
    var place = Chromium.place();
    Assumptions.assumeTrue(place != null, "no Chromium on this machine: browser tests are skipped");
    company = new HostileCompany(folder, EVIL);
    browser = Chromium.open(place, folder.resolve("profile"));
    browser.surroundings(false, "en", 1440, 900);
    browser.cookie(company.console.address(), company.console.cookie());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
    if (company != null) {
      company.close();
    }
  }

  private static List<String> pages() {
    var evil = ConsoleServer.encoded(EVIL);
    return List.of(
        "/",
        "/rules",
        "/rules/claude-code",
        "/rules/" + evil.replace("+", "%20").replace("%2F", "-"),
        "/devices",
        "/devices?rule=claude-code&state=failed",
        "/devices?q=" + evil,
        "/devices?dept=" + evil,
        "/devices?rule=claude-code&detector=" + evil,
        "/devices/" + company.device.id(),
        "/nothing?" + evil + "=" + evil,
        "/login?to=" + evil,
        "/?lang=" + evil);
  }

  @Test
  void no_script_runs_and_the_policy_has_nothing_to_report() {
    for (var path : pages()) {
      browser.go(company.console.address() + path);
      assertEquals("undefined", browser.evaluate("top.x"), path);
      assertEquals(
          "0",
          browser.evaluate(
              "[...document.querySelectorAll('*')].filter(e => e.localName === 'script' && !e.src"
                  + " || [...e.attributes].some(a => /^on/.test(a.name) ||"
                  + " /^\\s*javascript:/i.test(a.value) && a.name === 'href')).length"),
          path);
      // That a page is not there is no complaint of its policy.
      var complaints =
          browser.complaints().stream().filter(each -> !each.contains("404 (")).toList();
      assertEquals(
          List.of(), complaints.stream().filter(each -> !each.contains("400 (")).toList(), path);
    }
  }

  @Test
  void the_names_are_there_to_be_read() {
    browser.go(company.console.address() + "/devices/" + company.device.id());
    var text = browser.evaluate("document.body.textContent");
    for (var whose : List.of("H", "D", "S", "I", "V", "L", "A", "G", "N", "U", "O")) {
      assertTrue(text.contains(whose + EVIL.substring(0, 30)), whose);
    }
  }

  /// Else the test above would prove nothing.
  @Test
  void the_browser_would_have_run_it() {
    browser.go("about:blank");
    browser.inject("document.body.innerHTML = " + quoted("<p>H" + EVIL));
    assertEquals(
        "1",
        browser.evaluate(
            "new Promise(done => setInterval(() => {" + " if (top.x) done(1) }, 20))"));
    browser.complaints();
  }

  private static String quoted(String text) {
    return "\""
        + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("</script", "<\\/script")
        + "\"";
  }

  @Test
  void errors_carry_the_security_headers_too() throws IOException {
    var port = URI.create(company.console.address()).getPort();
    for (var request :
        List.of(
            "GET /nothing HTTP/1.1\r\nHost: x\r\n",
            "GET /devices?state=present HTTP/1.1\r\nHost: x\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\n",
            "GET /api/v1/me HTTP/1.1\r\nHost: x\r\n",
            "POST /devices HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n",
            "POST /logout HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n",
            "POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n",
            "GET /..%2f HTTP/1.1\r\nHost: x\r\n",
            "GET /%zz HTTP/1.1\r\nHost: x\r\n",
            "NONSENSE / HTTP/1.1\r\nHost: x\r\n",
            "GET / HTTP/1.1\r\nHost: x\r\nX: " + "a".repeat(70_000) + "\r\n")) {
      var answer = raw(port, request + "Connection: close\r\n\r\n");
      var head = answer.split("\r\n\r\n", 2)[0];
      var what = request.substring(0, Math.min(60, request.length())) + "\n" + head;
      assertTrue(head.startsWith("HTTP/1.1 "), what);
      assertTrue(head.contains("Content-Security-Policy: default-src 'none'"), what);
      assertTrue(head.contains("X-Content-Type-Options: nosniff"), what);
      assertTrue(head.contains("Referrer-Policy: "), what);
    }
  }

  private static String raw(int port, String request) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
