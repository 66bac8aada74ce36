package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.browser.Chromium;
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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Back, on every page that has filters or rows: it is as it was left, filters, columns and place,
/// after what a row leads to and after another filter; with scripts and without. (Without them a
/// browser that kept the whole page shows in a filter what was chosen last; the address, the list
/// and its place are those of before.)
@Tag("any-database")
@Order(1)
class BackBrowserIT {
  private static final String FIELDS =
      """
      JSON.stringify([...document.querySelectorAll('main .filters :is(select, input:not([type=hidden])), main form.panel input[type=checkbox]')]
        .map(f => f.type === 'checkbox' ? f.checked : f.value))\
      """;

  /// Sets the first filter that has something to choose, and says what the address then holds.
  private static final String FILTER =
      """
      (() => {
        for (const field of document.querySelectorAll('main form.filters :is(select, input:not([type=hidden], [type=date]))')) {
          const other = field.options ? [...field.options].find(o => o.value && !o.selected)?.value : 'a';
          if (!other) continue;
          field.value = other;
          if (!field.options || !document.documentElement.classList.contains('scripted')) {
            field.form.querySelector('button').click();
          } else field.dispatchEvent(new Event('change', {bubbles: true}));
          return new URLSearchParams([[field.name, other]]).toString();
        }
        return '';
      })()\
      """;

  /// Follows the first row, or the first way to another page.
  private static final String FOLLOW =
      """
      (() => {
        const ways = [...document.querySelectorAll('main td.keep a'), ...document.querySelectorAll('main section a')];
        const way = ways.find(a => a.origin === location.origin && a.pathname !== location.pathname
          && !a.pathname.startsWith('/export') && !a.hasAttribute('download'));
        way?.click();
        return way ? way.pathname : '';
      })()\
      """;

  @TempDir static Path folder;
  private static SampleCompany company;
  private static ConsoleServer console;
  private static Chromium browser;
  private static List<String> lists;

  @BeforeAll
  static void open() throws IOException {
    var place = Chromium.place();
    Assumptions.assumeTrue(place != null, "no Chromium on this machine: browser tests are skipped");
    company = new SampleCompany(folder).filled(90);
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist).signedIn();
    console.as("quan.neng", Role.values());
    Everywhere.furnish(console);
    lists = new ArrayList<>();
    for (var address : Everywhere.in(console).values()) {
      var page = console.get(address).body();
      if (page.contains("class=\"filters\"") || page.contains("<td")) {
        lists.add(address);
      }
    }
    assertTrue(lists.size() > 10, lists::toString);
    browser = Chromium.open(place, folder.resolve("profile"));
    browser.surroundings(false, "en", 1000, 380);
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

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void back_shows_a_list_as_it_was_left(boolean scripted) {
    browser.scripts(scripted);
    var filtered = 0;
    var followed = 0;
    var faults = new ArrayList<String>();
    for (var path : lists) {
      browser.go(console.address() + path);
      var first = left();
      if (!browser.evaluate(FILTER).isEmpty()) {
        browser.until(
            "location.href !== '" + first.href + "' && document.readyState === 'complete'");
        returned(first, scripted, path + " after a filter", faults);
        filtered++;
        browser.evaluate("history.forward()");
        calm();
        browser.until(
            "location.href !== '" + first.href + "' && document.readyState === 'complete'");
      }
      var second = left();
      var way = browser.evaluate(FOLLOW);
      if (!way.isEmpty()) {
        browser.until("location.pathname === '" + way + "' && document.readyState === 'complete'");
        returned(second, scripted, path + " after " + way, faults);
        followed++;
      }
    }
    browser.scripts(true);
    assertEquals(List.of(), faults);
    assertTrue(filtered >= 6 && followed >= 10, filtered + " filtered, " + followed + " followed");
  }

  /// Waits until a list that changes in place has changed.
  private static void calm() {
    try {
      Thread.sleep(250);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// How a page is when somebody leaves it.
  private record Left(String href, String fields, String place) {}

  /// Scrolls some way down, as somebody does who looks for a row.
  private static Left left() {
    calm();
    browser.evaluate(
        "scrollTo(0, Math.min(170, document.documentElement.scrollHeight - innerHeight))");
    return new Left(
        browser.evaluate("location.href"),
        browser.evaluate(FIELDS),
        browser.evaluate("Math.round(scrollY)"));
  }

  private static void returned(Left left, boolean scripted, String what, List<String> faults) {
    browser.evaluate("history.back()");
    try {
      browser.until("location.href === '" + left.href + "' && document.readyState === 'complete'");
      browser.until("Math.round(scrollY) === " + left.place);
    } catch (IllegalStateException e) {
      faults.add(
          what
              + ": at "
              + browser.evaluate("location.href + ' ' + scrollY")
              + " in place of "
              + left);
      return;
    }
    calm();
    try {
      // A list that changes in place takes as long as the machine lets it.
      if (scripted) {
        browser.until(FIELDS + " === " + text(left.fields));
      }
    } catch (IllegalStateException e) {
      faults.add(what + ": " + browser.evaluate(FIELDS) + " in place of " + left.fields);
    }
  }

  private static String text(String value) {
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
