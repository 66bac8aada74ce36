package dev.interdict.agent.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.pipe.GuardClient;
import dev.interdict.browser.Axe;
import dev.interdict.browser.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What only a browser can tell of the page: that its own policy refuses nothing, that it fits and
/// can be read, and that its forms work without scripts.
class PageBrowserIT {
  /// Every control has a name, every id is there once, headings leave no step out, and what is
  /// clicked is at least 24 pixels high (WCAG 2.2, 2.5.8) unless it stands within a text.
  private static final String FLAWS =
      """
      (() => {
        const all = (q) => [...document.querySelectorAll(q)];
        const flaws = [];
        all('input:not([type=hidden]), select, textarea').filter(e => !e.labels.length).forEach(e => flaws.push('no label: ' + e.name));
        all('button, summary, a').filter(e => !e.textContent.trim()).forEach(e => flaws.push('no name: ' + e.outerHTML));
        const ids = all('[id]').map(e => e.id);
        ids.filter((id, i) => ids.indexOf(id) !== i).forEach(id => flaws.push('twice: ' + id));
        all('[aria-labelledby]').filter(e => !document.getElementById(e.getAttribute('aria-labelledby'))).forEach(e => flaws.push('labelled by nothing: ' + e.className));
        let level = 0;
        all('h1, h2, h3').forEach(e => { const n = +e.tagName[1]; if (n > level + 1) flaws.push('step left out: ' + e.textContent); level = n; });
        all('button, summary').filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 24).forEach(e => flaws.push('too small: ' + e.textContent));
        if (document.documentElement.scrollWidth > innerWidth) flaws.push('wider than the window');
        return flaws.join('; ');
      })()\
      """;

  private static final Axe axe = new Axe();

  @TempDir static Path folder;
  private static FakeGuard guard;
  private static PageServer server;
  private static Chromium browser;
  private static String address;

  @BeforeAll
  static void open() throws IOException {
    var place = Chromium.place();
    Assumptions.assumeTrue(place != null, "no Chromium on this machine: browser tests are skipped");
    var socket = folder.resolve("s");
    guard = new FakeGuard(socket);
    var page = new Page(ZoneId.of("Asia/Shanghai"), () -> Instant.parse("2026-07-03T07:30:00Z"));
    var client = new GuardClient(socket, Duration.ofSeconds(60));
    server = PageServer.open(client::ask, page, () -> 0, "");
    address = "http://" + server.opening().getAuthority() + "/";
    browser = Chromium.open(place, folder.resolve("profile"));
    browser.go(server.opening().toString());
    assertEquals(address, browser.evaluate("location.href"));
  }

  @AfterAll
  static void close() throws IOException {
    if (browser != null) {
      browser.close();
      server.close();
      guard.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"false, en, 1280", "true, zh-CN, 1280", "true, en, 320", "false, zh-CN, 320"})
  void every_state_is_shown_without_a_complaint(boolean dark, String language, int width) {
    browser.surroundings(dark, language, width, 900);
    for (var state : Samples.states()) {
      guard.answers.put("status", state);
      browser.go(address);
      assertEquals(language, browser.evaluate("document.documentElement.lang"));
      browser.evaluate(
          "document.querySelectorAll('details').forEach(d => { d.removeAttribute('name'); d.open ="
              + " true; })");
      assertEquals("", browser.evaluate(FLAWS), state);
      assertEquals("", axe.violations(browser), state);
      var colour = browser.evaluate("getComputedStyle(document.body).backgroundColor");
      assertEquals(dark ? "rgb(12, 16, 22)" : "rgb(245, 246, 248)", colour);
      assertEquals("", String.join("; ", browser.complaints()), state);
    }
  }

  @Test
  void what_cannot_be_heard_is_noticed() {
    guard.answers.put("status", Samples.states().getFirst());
    browser.go(address);
    browser.evaluate("document.body.append(document.createElement('button'))");
    assertTrue(axe.violations(browser).contains("button-name"));
  }

  @Test
  void a_form_is_sent_and_answered_without_scripts() {
    guard.answers.put("status", Samples.states().getFirst());
    browser.surroundings(false, "en", 1280, 900);
    browser.scripts(false);
    browser.go(address);
    guard.asked.clear();
    browser.doAndWait("document.querySelector('article form').requestSubmit()");
    assertTrue(guard.asked.getFirst().contains("\"remove\""), guard.asked.toString());
    assertEquals(
        "It is being removed now. Reload this page in a minute to see the result.",
        browser.evaluate("document.querySelector('[role=status]').textContent"));
    browser.scripts(true);
  }
}
