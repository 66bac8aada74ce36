package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.browser.Chromium;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Test 75: a real browser on every page, with hostile names of devices, departments, packages,
/// rules and people: no script of theirs runs, and the page's policy has nothing to report, since
/// nothing of theirs was ever markup.
@Order(2)
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
          + "</script>{{1}}${1}`\u202Etxt.exe\u2066\u200B\uD83D\uDE08 javascript:"
          + MARK
          + "//"
          + "W".repeat(70);

  private static final String BEYOND = "document.documentElement.scrollWidth - innerWidth";
  private static final String MARKUP =
      """
      [...document.querySelectorAll('*')].filter(e => e.localName === 'script' && !e.src
        || e.localName === 'img' || [...e.attributes].some(a => /^on/.test(a.name)
        || /^\\s*javascript:/i.test(a.value) && ['href', 'src', 'action', 'formaction'].includes(a.name))).length\
      """;

  /// Texts with a mark of direction that are in no element of their own which keeps it to itself.
  private static final String LOOSE =
      """
      (() => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const loose = new Set();
        while (walker.nextNode()) {
          const {data, parentElement} = walker.currentNode;
          if (!/[\\u202A-\\u202E\\u2066-\\u2069]/.test(data)) continue;
          const {unicodeBidi, display} = getComputedStyle(parentElement);
          if (unicodeBidi !== 'isolate' && !/^(block|list-item|table-cell|flex|grid|none)/.test(display)) {
            loose.add(parentElement.localName + '.' + parentElement.className);
          }
        }
        return [...loose].join(' ');
      })()\
      """;

  @TempDir static Path folder;
  private static HostileCompany company;
  private static Chromium browser;

  @BeforeAll
  static void open() throws IOException {
    var place = Chromium.place();
    Assumptions.assumeTrue(place != null, "no Chromium on this machine: browser tests are skipped");
    company = new HostileCompany(folder, EVIL).furnished();
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

  /// Every page with its tabs, found by links, and addresses that hold the text themselves.
  private static Set<String> pages() {
    var evil = ConsoleServer.encoded(EVIL);
    var pages = Everywhere.withTabs(company.console);
    pages.addAll(
        List.of(
            "/rules/" + evil.replace("+", "%20").replace("%2F", "-"),
            "/devices/" + company.device.id(),
            "/exemptions/" + company.device.id() + "/claude-code",
            "/queue/" + company.device.id() + "/claude-code",
            "/drafts/2",
            "/devices?q=" + evil,
            "/devices?dept=" + evil,
            "/devices?rule=claude-code&detector=" + evil,
            "/audit?object=" + evil,
            "/rings?ring=" + ConsoleServer.encoded("G" + HostileCompany.line(EVIL)),
            "/software/devices?identity=" + ConsoleServer.encoded("I" + EVIL) + "&detector=npm",
            "/nothing?" + evil + "=" + evil,
            "/login?to=" + evil,
            "/?lang=" + evil));
    return pages;
  }

  @Test
  void no_script_runs_and_the_policy_has_nothing_to_report_and_pages_stay_as_wide_as_the_window() {
    var faults = new ArrayList<String>();
    for (var path : pages()) {
      browser.surroundings(false, "en", 1440, 900);
      browser.go(company.console.address() + path);
      var wide = browser.evaluate(BEYOND);
      browser.surroundings(false, "en", 320, 640);
      var narrow = browser.evaluate(BEYOND);
      if (!wide.equals("0") || !narrow.equals("0")) {
        faults.add(path + " is " + wide + " and, narrow, " + narrow + " px wider than the window");
      }
      if (!browser.evaluate("top.x").equals("undefined")) {
        faults.add(path + " ran a script");
      }
      if (!browser.evaluate(MARKUP).equals("0")) {
        faults.add(path + " has markup of theirs");
      }
      // That a page is not there is no complaint of its policy.
      browser.complaints().stream()
          .filter(each -> !each.contains("404 (") && !each.contains("400 ("))
          .forEach(each -> faults.add(path + ": " + each));
    }
    assertEquals(List.of(), faults);
  }

  /// What turns the reading of a text round ends with it.
  @Test
  void a_name_does_not_turn_round_what_stands_beside_it() {
    var faults = new ArrayList<String>();
    for (var path : pages()) {
      browser.go(company.console.address() + path);
      var loose = browser.evaluate(LOOSE);
      if (!loose.isEmpty()) {
        faults.add(path + ": " + loose);
      }
    }
    assertEquals(List.of(), faults);
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
