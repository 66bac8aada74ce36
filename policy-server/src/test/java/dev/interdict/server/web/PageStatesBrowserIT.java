package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.browser.Axe;
import dev.interdict.browser.Chromium;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.Language;
import dev.interdict.server.access.Role;
import dev.interdict.server.store.Sql;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pages where there is nothing to show, nothing that may be shown, or nobody to ask: each says
/// why, and what comes next.
@Order(2)
class PageStatesBrowserIT {
  private static final Axe axe = new Axe();

  /// What says that there is nothing, and neither leads on nor is good news nor stands beside a
  /// form.
  private static final String DEAD_ENDS =
      """
      [...document.querySelectorAll('main .empty')].filter(e => !e.matches('.is-done') && !e.querySelector('a, code')
        && !document.querySelector('main form.deed')).map(e => e.textContent.trim()).join('\\n')\
      """;

  @TempDir static Path folder;
  private static Chromium browser;
  private static SampleCompany nobody;
  private static ConsoleServer fresh;

  @BeforeAll
  static void open() throws IOException {
    var place = Chromium.place();
    Assumptions.assumeTrue(place != null, "no Chromium on this machine: browser tests are skipped");
    nobody = new SampleCompany(folder);
    fresh = new ConsoleServer(nobody.fleet, () -> Blocklist.EMPTY).signedIn();
    browser = Chromium.open(place, folder.resolve("profile"));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      fresh.close();
      nobody.close();
    }
  }

  /// Pages that nobody reaches without saying of what.
  private static final List<String> OF_ONE_THING = List.of("/software/devices", "/people");

  /// Pages that are there before anything else is.
  private static List<String> always() {
    return fresh.pages().stream().map(Page::path).filter(path -> !path.contains("{")).toList();
  }

  @ParameterizedTest
  @CsvSource({"false, en, 1440", "true, zh-CN, 320"})
  void a_server_on_its_first_day_says_on_every_page_what_comes_next(
      boolean dark, String language, int width) {
    fresh.as("all." + width, Role.values());
    browser.surroundings(dark, language, width, 900);
    browser.cookie(fresh.address(), fresh.cookie());
    var faults = new ArrayList<String>();
    for (var path : always()) {
      if (OF_ONE_THING.contains(path)) {
        continue;
      }
      browser.go(fresh.address() + path);
      look(path, faults);
    }
    assertEquals(List.of(), faults);
  }

  /// Where a role or a scope is not enough, the page says so with the way to all others around it.
  @ParameterizedTest
  @CsvSource({"viewer", "scoped"})
  void who_may_not_see_a_page_is_told_why_and_where_to_go(String who) {
    if (who.equals("viewer")) {
      fresh.as("a.viewer", Role.VIEWER);
    } else {
      fresh.within("Quality", "of.quality", Role.HELPDESK, Role.APPROVER);
    }
    browser.surroundings(false, "en", 1440, 900);
    browser.cookie(fresh.address(), fresh.cookie());
    var faults = new ArrayList<String>();
    var refused = 0;
    for (var path : always()) {
      var status = fresh.get(path).statusCode();
      if (status == 200 || status == 400) {
        continue;
      }
      refused++;
      browser.go(fresh.address() + path);
      browser.complaints();
      look(path, faults);
      if (status != 403
          || !browser.evaluate("document.querySelectorAll('.nav a').length > 3").equals("true")) {
        faults.add(path + " answers " + status);
      }
      var text = browser.evaluate("document.querySelector('main .empty').innerText");
      if (!text.contains("administrator") && !text.contains("whole fleet")) {
        faults.add(path + " does not say why: " + text);
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(refused >= 3, "pages that this person may not see: " + refused);
  }

  private static void look(String path, List<String> faults) {
    browser.complaints().forEach(each -> faults.add(path + ": " + each));
    var violations = axe.violations(browser);
    var ends = browser.evaluate(DEAD_ENDS);
    var beyond = browser.evaluate("document.documentElement.scrollWidth - innerWidth");
    if (!violations.isEmpty() || !ends.isEmpty() || !beyond.equals("0")) {
      faults.add(path + ": " + violations + " dead end: " + ends + " beyond: " + beyond);
    }
  }

  /// The tables of the fleet are gone while people look: whatever page they ask for says that the
  /// server failed, under which id to ask, and offers to try again. Nothing of the inside is told.
  @Test
  void without_its_database_every_page_says_so_and_how_to_go_on(@TempDir Path other) {
    try (var company = new SampleCompany(other).filled(12).published();
        var console = new ConsoleServer(company.fleet, SampleCompany::blocklist)) {
      console.as("quan.neng", Role.values());
      var paths = new ArrayList<>(always());
      paths.add("/rules/claude-code");
      company.fleet.database.write(connection -> {
        for (var table : List.of("device", "audit", "draft")) {
          Sql.update(connection, "alter table " + table + " rename to gone_" + table);
        }
        return 0;
      });
      browser.surroundings(false, "en", 1440, 900);
      browser.cookie(console.address(), console.cookie());
      var failed = 0;
      for (var path : paths) {
        var answer = console.get(path);
        if (answer.statusCode() < 500) {
          continue;
        }
        failed++;
        assertEquals(500, answer.statusCode(), path);
        var body = answer.body();
        assertTrue(
            body.contains("The server failed") && body.contains("Nothing was changed"), body);
        var request = answer.headers().firstValue("Request-Id").orElseThrow();
        assertTrue(body.contains("<code>" + request + "</code>"), path);
        assertTrue(!body.contains("SQL") && !body.contains("Exception"), body);
      }
      assertTrue(failed > 10, failed + " of " + paths.size());
      browser.go(console.address() + "/devices?os=linux");
      assertEquals("", axe.violations(browser));
      assertEquals(
          "/devices?os=linux",
          browser.evaluate("document.querySelector('.button.primary').getAttribute('href')"));
      browser.complaints();
    }
  }

  /// Nothing is lost by it: who reads need do nothing, and who sent something has it still. Only of
  /// a failure nobody knows how far it got, and nobody is told that nothing was done.
  @ParameterizedTest
  @CsvSource({
    "false, en, 1440, The server is busy, Nothing is lost, Nobody knows whether",
    "true, zh-CN, 320, 服务器繁忙, 数据不会丢失, 无法确定"
  })
  void a_server_with_too_much_to_do_says_when_to_come_back_and_what_became_of_a_form(
      boolean dark, String language, int width, String title, String read, String failed)
      throws Exception {
    fresh.as("busy." + width, Role.VIEWER);
    try (var busy = new BusyConsole(fresh);
        var client = HttpClient.newHttpClient()) {
      browser.surroundings(dark, language, width, 900);
      browser.cookie(busy.address(), fresh.cookie());
      browser.go(busy.address() + "/busy?os=linux");
      browser.complaints();
      var shown = browser.evaluate("document.querySelector('main').innerText");
      assertTrue(shown.contains(title) && shown.contains(read), shown);
      assertEquals("", axe.violations(browser));
      assertEquals(
          "/busy?os=linux",
          browser.evaluate("document.querySelector('.button.primary').getAttribute('href')"));
      assertEquals("0", browser.evaluate("document.documentElement.scrollWidth - innerWidth"));

      var request =
          HttpRequest.newBuilder(URI.create(busy.address() + "/busy"))
              .header("Cookie", fresh.cookie());
      var got = client.send(request.GET().build(), HttpResponse.BodyHandlers.ofString());
      assertEquals(503, got.statusCode());
      assertEquals("30", got.headers().firstValue("Refresh").orElseThrow());
      assertEquals("30", got.headers().firstValue("Retry-After").orElseThrow());
      assertTrue(got.body().contains("href=\"/busy?refresh=off\""), got.body());
      var still =
          client.send(
              request.uri(URI.create(busy.address() + "/busy?refresh=off")).build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(503, still.statusCode());
      assertEquals(Optional.empty(), still.headers().firstValue("Refresh"));
      assertTrue(still.body().contains("<a class=\"button\" href=\"/busy\""), still.body());
      assertTrue(still.body().contains("href=\"/busy?refresh=off\""), "it stays in the address");

      for (var sent :
          List.of(
              "keep /calm 503 refusal.busy", "keep /busy 503 error.503.sent", "fail /calm 500")) {
        var parts = sent.split(" ");
        browser.go(busy.address() + "/calm");
        browser.evaluate(
            """
            (form => { form.method = 'post'; form.action = '/do/%s';
              for (const [name, value] of Object.entries({csrf: '%s', _back: '%s?q=1', note: 'typed'}))
                form.append(Object.assign(document.createElement('input'), {name, value}));
              document.body.append(form); })(document.createElement('form'))\
            """
                .formatted(parts[0], fresh.csrf(), parts[1]));
        browser.doAndWait("document.querySelector('body > form').submit()");
        browser.complaints();
        var words = Words.in(Language.nearest(Locale.forLanguageTag(language)));
        var told = browser.evaluate("document.body.innerText");
        var expected = parts.length > 3 ? words.text(parts[3], 30) : failed;
        assertTrue(told.contains(expected), told);
        assertEquals("", axe.violations(browser));
        if (!parts[1].equals("/calm") || parts[2].equals("500")) {
          assertEquals(
              parts[1] + "?q=1",
              browser.evaluate("document.querySelector('.button.primary').getAttribute('href')"));
        }
      }
    }
  }
}
