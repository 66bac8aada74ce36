package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.browser.Axe;
import dev.interdict.browser.Chromium;
import dev.interdict.policy.Blocklist;
import dev.interdict.report.Coverage;
import dev.interdict.report.EvidenceStrength;
import dev.interdict.report.OsFamily;
import dev.interdict.report.Presence;
import dev.interdict.report.ReportedFinding;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What only a browser can tell: that nothing is refused by the page's own policy, and that forms
/// and live parts work.
@Tag("any-database")
@Order(1)
class ConsoleBrowserIT {
  private static final Axe axe = new Axe();

  /// What was fetched from elsewhere.
  private static final String STRANGE =
      "performance.getEntriesByType('resource').map(r => r.name)"
          + ".filter(n => new URL(n).origin !== location.origin).join()";

  /// By how much the page is wider than the window.
  private static final String WIDER = "document.documentElement.scrollWidth - innerWidth";

  static final String LENGTHEN =
      """
      (() => {
        const walker = document.createTreeWalker(document.querySelector('body'), NodeFilter.SHOW_TEXT);
        const texts = [];
        while (walker.nextNode()) texts.push(walker.currentNode);
        for (const text of texts) {
          const words = text.data.trim();
          if (!/[a-z]{3}/i.test(words) || text.parentElement.closest('code, svg, option, .mono')) continue;
          text.data = text.data.replace(words, words + ' ' + 'mnxo '.repeat(Math.ceil(words.length * 0.4 / 5)).trim());
        }
      })()\
      """;

  /// Elements whose text is wider than they are and hidden there; a long choice of a filter may be.
  private static final String CUT =
      """
      [...document.querySelectorAll('body *')].filter(e => e.scrollWidth > e.clientWidth + 1
          && e.clientWidth > 1 && e.checkVisibility() && ['hidden', 'clip'].includes(getComputedStyle(e).overflowX)
          && !e.closest('select, svg, .sr')).map(e => e.tagName + '.' + e.className + ': ' + e.textContent.trim()).join('\\n')\
      """;

  /// The heights of all that stays in sight while the page is scrolled.
  private static final String STUCK =
      """
      [...document.querySelectorAll('body *')].filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position)
          && e.checkVisibility() && e.offsetHeight && e.localName !== 'th').reduce((sum, e) => {
        const box = e.getBoundingClientRect();
        return sum + Math.max(0, Math.min(innerHeight, box.bottom) - Math.max(0, box.top));
      }, 0)\
      """;

  @TempDir static Path folder;
  private static SampleCompany company;
  private static ConsoleServer console;
  private static Chromium browser;
  private static List<String> addresses;

  @BeforeAll
  static void open() throws IOException {
    var place = Chromium.place();
    Assumptions.assumeTrue(place != null, "no Chromium on this machine: browser tests are skipped");
    company = new SampleCompany(folder).filled(140);
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist).signedIn();
    // Who may do everything sees everything.
    console.as("quan.neng", Role.values());
    Everywhere.furnish(console);
    addresses = everywhere();
    browser = Chromium.open(place, folder.resolve("profile"));
    browser.cookie(console.address(), console.cookie());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      console.close();
      company.close();
    }
  }

  /// Both themes in both languages at three widths, and print, 400 per cent and longer texts beside
  /// them, of each page as it was loaded once in each language: its theme and its width are the
  /// style sheet's alone. So axe-core looks at all of it in one theme, and at what colours and
  /// sizes decide in the other.
  @ParameterizedTest
  @CsvSource({"en, false, 1440, 320", "zh-CN, true, 390, 1440"})
  void every_page_is_shown_without_a_complaint(
      String language, boolean dark, int width, int other) {
    for (var path : addresses) {
      browser.surroundings(dark, language, width, 900);
      // Somebody who wants it still, in one of the languages.
      browser.shown("screen", dark, dark);
      browser.go(console.address() + path);
      assertEquals(language, browser.evaluate("document.documentElement.lang"), path);
      assertEquals("", browser.evaluate(STRANGE), path);
      looks(path, dark);
      assertEquals("", axe.violations(browser), path);
      if (dark) {
        assertEquals("0", browser.evaluate("document.getAnimations().length"), path);
      }
      browser.shown("screen", !dark, dark);
      browser.size(other, 900);
      looks(path, !dark);
      assertEquals("", axe.inOtherLooks(browser), path);
      if (dark) {
        there_is_room_to_read_at_four_times_the_size(path);
      } else {
        what_is_printed_is_dark_on_white_without_what_nobody_can_press(path);
        longer_texts_are_neither_cut_off_nor_wider_than_the_page(path);
      }
      assertEquals(List.of(), browser.complaints(), path);
    }
  }

  private static void looks(String path, boolean dark) {
    var colour = browser.evaluate("getComputedStyle(document.body).backgroundColor");
    assertEquals(dark ? "rgb(12, 16, 22)" : "rgb(245, 246, 248)", colour, path);
    assertEquals("0", browser.evaluate(WIDER), path);
  }

  /// Texts as long as those of a language that needs 40 per cent more room. The page is another
  /// after it.
  private static void longer_texts_are_neither_cut_off_nor_wider_than_the_page(String path) {
    browser.shown("screen", false, false);
    browser.evaluate(LENGTHEN);
    for (var width : List.of(320, 1440)) {
      browser.size(width, 900);
      assertEquals("", browser.evaluate(CUT), path);
      assertEquals("0", browser.evaluate(WIDER), path);
    }
  }

  /// At 400 per cent a window of 1280 by 1024 is one of 320 by 256: what sticks to its edges leaves
  /// room for what is read.
  private static void there_is_room_to_read_at_four_times_the_size(String path) {
    browser.size(320, 256);
    browser.evaluate("scrollTo(0, 500)");
    var stuck = browser.evaluate(STUCK);
    assertTrue(Double.parseDouble(stuck) <= 100, path + ": " + stuck + " px stick");
    assertEquals("", browser.evaluate(CUT), path);
    assertEquals("0", browser.evaluate(WIDER), path);
  }

  private static void what_is_printed_is_dark_on_white_without_what_nobody_can_press(String path) {
    browser.shown("print", true, false);
    browser.size(794, 1123);
    assertEquals(
        "rgb(255, 255, 255) rgb(0, 0, 0)",
        browser.evaluate(
            "getComputedStyle(document.body).backgroundColor + ' ' +"
                + " getComputedStyle(document.body).color"),
        path);
    assertEquals(
        "",
        browser.evaluate(
            "[...document.querySelectorAll('.side, .filters, .button, .search, dialog')]"
                + ".filter(e => e.checkVisibility()).map(e => e.outerHTML).join()"),
        path);
    assertEquals(
        "true", browser.evaluate("document.querySelector('main h1').checkVisibility()"), path);
    assertEquals("0", browser.evaluate(WIDER), path);
  }

  /// Or that nothing moves for somebody who wants it still would say nothing.
  @Test
  void something_moves_for_everybody_else() {
    browser.surroundings(false, "en", 1440, 900);
    browser.go(console.address() + "/");
    assertNotEquals("0", browser.evaluate("document.getAnimations().length"));
    assertEquals(List.of(), browser.complaints());
  }

  /// At least one address of each page, and lists in their states.
  private static List<String> everywhere() {
    var addresses = new ArrayList<>(Everywhere.in(console).values());
    addresses.addAll(
        List.of(
            "/?rule=all",
            "/?group=os",
            "/?group=ring",
            "/?group=version",
            "/?ring=everyone&from=2026-06-20&to=2026-06-28",
            "/software?reviewed=no",
            "/risks?entry=anthropic",
            "/rules/claude-desktop",
            "/devices?rule=claude-code&state=failed",
            "/devices?q=nothing-like-this"));
    return addresses;
  }

  @Test
  void a_person_signs_in_and_out_through_the_forms() throws IOException {
    var place = Chromium.place();
    Assumptions.assumeTrue(place != null, "no Chromium on this machine: browser tests are skipped");
    try (var fresh = Chromium.open(place, folder.resolve("fresh"))) {
      fresh.go(console.address() + "/rules");
      assertEquals("/login", fresh.evaluate("location.pathname"));
      fresh.evaluate(
          "(document.querySelector('[name=name]').value = '"
              + ConsoleServer.NAME
              + "', document.querySelector('[name=password]').value = '"
              + ConsoleServer.PASSWORD
              + "')");
      fresh.doAndWait("document.querySelector('form').requestSubmit()");
      assertEquals("/rules", fresh.evaluate("location.pathname"));
      fresh.doAndWait("document.querySelector('.out').click()");
      assertEquals("/login", fresh.evaluate("location.pathname"));
      assertEquals(List.of(), fresh.complaints());
    }
  }

  @Test
  void the_overview_follows_the_reports_by_itself(@TempDir Path other) {
    Assumptions.assumeTrue(browser != null);
    try (var small = new SampleCompany(other);
        var live = new ConsoleServer(small.fleet, () -> soon(small)).signedIn()) {
      var device = small.fleet.enrolled("SH-LNX-0001", OsFamily.LINUX, "Quality");
      browser.surroundings(false, "en", 1440, 900);
      browser.cookie(live.address(), live.cookie());
      browser.go(live.address() + "/");
      assertEquals("0", browser.evaluate("document.querySelector('.headline').textContent"));
      var finding =
          new ReportedFinding(
              "npm", "pkg:npm/x", null, "~/x", null, EvidenceStrength.STRONG, false);
      small.fleet.send(
          device,
          new Coverage(small.fleet.clock.instant(), true, List.of()),
          new ReportedRule(
              SampleCompany.RULE,
              RuleState.PRESENT,
              Presence.NEW,
              null,
              null,
              List.of(finding),
              List.of()));
      var seen =
          browser.evaluate(
              "new Promise(done => setInterval(() => { const n ="
                  + " document.querySelector('.headline').textContent; if (n !== '0') done(n) },"
                  + " 50))");
      assertEquals("1", seen);
      assertTrue(
          browser
              .evaluate("document.querySelector('#live-states').textContent")
              .contains("Has it"));
      assertEquals(List.of(), browser.complaints());
      // The page would go on asking a server that is about to close.
      browser.go("about:blank");
    }
  }

  private static Blocklist soon(SampleCompany company) {
    var now = company.fleet.clock.instant();
    return SampleCompany.blocklist(text ->
        text.replace("2026-06-12T10:00", local(now.minusSeconds(60)))
            .replace("2026-07-10T00:00", local(now.plusSeconds(120))));
  }

  private static String local(java.time.Instant at) {
    return at.atZone(java.time.ZoneId.of("Asia/Shanghai"))
        .toLocalDateTime()
        .truncatedTo(java.time.temporal.ChronoUnit.MINUTES)
        .toString();
  }
}
