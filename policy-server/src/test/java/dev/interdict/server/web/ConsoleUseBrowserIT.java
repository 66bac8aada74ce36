package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.browser.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the console's scripts add for somebody at a browser: lists that change in place, keys, rows
/// to choose, a line to point at; and that all is there without them.
@Tag("any-database")
class ConsoleUseBrowserIT {
  @TempDir static Path folder;
  private static SampleCompany company;
  private static ConsoleServer console;
  private static Chromium browser;

  @BeforeAll
  static void open() throws IOException {
    var place = Chromium.place();
    Assumptions.assumeTrue(place != null, "no Chromium on this machine: browser tests are skipped");
    company = new SampleCompany(folder).filled(130);
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist).signedIn();
    browser = Chromium.open(place, folder.resolve("profile"));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      console.close();
      company.close();
    }
  }

  @BeforeEach
  void asAnew() {
    browser.scripts(true);
    browser.surroundings(false, "en", 1440, 900);
    browser.cookie(console.address(), console.cookie());
    browser.cookie(console.address(), "display=system.roomy.on");
    browser.complaints();
  }

  @Test
  void a_filter_changes_the_list_in_place_and_back_restores_it_with_its_place() {
    go("/devices?rule=claude-code");
    browser.evaluate("window.same = true");
    browser.evaluate("scrollTo(0, 600)");
    browser.until("sessionStorage.getItem('y:/devices?rule=claude-code') === '600'");
    browser.evaluate("document.getElementById('filter-os').focus({preventScroll: true})");
    choose("filter-os", "linux");
    browser.until("location.search === '?rule=claude-code&os=linux'");
    browser.until("document.getElementById('said').textContent.includes(' of 130 devices')");
    assertEquals("filter-os", browser.evaluate("document.activeElement.id"));
    assertEquals("true", browser.evaluate("window.same"));
    var linux = browser.evaluate("document.querySelector('.head .sub').textContent");
    assertNotEquals("130 of 130 devices", linux);
    assertTrue(browser.evaluate("document.querySelector('#who').innerHTML").contains("os=linux"));
    browser.evaluate("scrollTo(0, 100)");
    browser.evaluate("history.back()");
    browser.until("document.querySelector('.head .sub')?.textContent === '130 of 130 devices'");
    assertEquals("?rule=claude-code", browser.evaluate("location.search"));
    assertEquals("", browser.evaluate("document.getElementById('filter-os').value"));
    browser.until("scrollY === 600");
    assertEquals("true", browser.evaluate("window.same"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void while_a_list_is_on_its_way_the_page_says_so_and_no_longer() {
    go("/devices");
    browser.evaluate(
        """
        document.addEventListener('htmx:beforeSend', () => { window.meanwhile =
          document.getElementById('main').getAttribute('aria-busy') + ' ' + getComputedStyle(document.body, '::before').position; })\
        """);
    choose("filter-os", "linux");
    browser.until("location.search === '?os=linux' && !document.querySelector('.htmx-request')");
    assertEquals("true fixed", browser.evaluate("window.meanwhile"));
    assertEquals(
        "false", browser.evaluate("document.getElementById('main').hasAttribute('aria-busy')"));
    assertEquals("none", browser.evaluate("getComputedStyle(document.body, '::before').content"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void pages_of_a_list_follow_one_another_in_place() {
    go("/devices");
    browser.evaluate("window.same = true");
    var first = browser.evaluate("document.querySelector('td.keep').textContent");
    browser.evaluate("document.querySelector('a[rel=next]').click()");
    browser.until("location.search.startsWith('?page_after=')");
    browser.until("document.querySelector('td.keep').textContent !== '" + first + "'");
    assertEquals("0", browser.evaluate("scrollY"));
    assertEquals("true", browser.evaluate("window.same"));
    // Somebody sent this address sees the same.
    var second = browser.evaluate("document.querySelector('td.keep').textContent");
    browser.go(browser.evaluate("location.href"));
    assertEquals(second, browser.evaluate("document.querySelector('td.keep').textContent"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void columns_are_chosen_without_losing_filters() {
    go("/devices?os=linux");
    browser.evaluate("document.getElementById('columns').open = true");
    browser.evaluate("document.querySelector('#columns [value=department]').click()");
    browser.evaluate("document.querySelector('#columns form').requestSubmit()");
    browser.until("location.search.includes('cols=')");
    browser.until(
        "![...document.querySelectorAll('th')].some(h => h.textContent === 'Department')");
    assertTrue(browser.evaluate("location.search").contains("os=linux"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void keys_go_places_walk_rows_and_tell_what_they_do() {
    go("/");
    press("g", "d");
    browser.until("location.pathname === '/devices' && document.readyState === 'complete'");
    press("j", "j", "j", "k");
    assertEquals(
        "1",
        browser.evaluate(
            "[...document.querySelectorAll('tbody tr')]"
                + ".indexOf(document.activeElement.closest('tr'))"));
    press("x");
    assertEquals("1", browser.evaluate("document.querySelectorAll('tbody :checked').length"));
    press("/");
    assertEquals("q", browser.evaluate("document.activeElement.name"));
    press("j");
    assertEquals("j", browser.evaluate("document.activeElement.value"));
    press("Escape");
    press("f");
    assertEquals("filter-rule", browser.evaluate("document.activeElement.id"));
    browser.evaluate("document.activeElement.blur()");
    press("?");
    assertEquals("true", browser.evaluate("document.getElementById('help').open"));
    assertTrue(browser.evaluate("document.getElementById('help').innerText").contains("Devices"));
    press("Escape");
    browser.until("!document.getElementById('help').open");
    // A key that comes before the page is drawn without the dialog, which has the focus until then.
    browser.evaluate(
        "(help => { help.showModal(); help.close(); document.activeElement.dispatchEvent("
            + "new KeyboardEvent('keydown', {key: 'j', bubbles: true})); })"
            + "(document.getElementById('help'))");
    assertEquals("true", browser.evaluate("document.activeElement.matches('tbody a')"));
    var href = browser.evaluate("document.activeElement.getAttribute('href')");
    press("Enter");
    browser.until("location.pathname === '" + href + "'");
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void keys_that_somebody_switched_off_do_nothing() {
    browser.go(console.address() + "/devices?keys=off");
    assertEquals("", browser.evaluate("location.search"));
    press("?");
    press("j");
    assertEquals("false", browser.evaluate("document.getElementById('help').open"));
    assertEquals("BODY", browser.evaluate("document.activeElement.tagName"));
    browser.evaluate("document.querySelector('#display [data-help]').click()");
    assertEquals("true", browser.evaluate("document.getElementById('help').open"));
  }

  @Test
  void focus_stays_in_sight_below_the_head_of_a_list() {
    go("/devices");
    press("j");
    for (var i = 0; i < 40; i++) {
      press("j");
    }
    browser.evaluate("scrollTo(0, document.body.scrollHeight)");
    for (var i = 0; i < 39; i++) {
      press("k");
      var under =
          browser.evaluate(
              "document.activeElement.getBoundingClientRect().top"
                  + " - document.querySelector('thead th').getBoundingClientRect().bottom");
      assertTrue(Double.parseDouble(under) >= 0, under);
    }
  }

  @Test
  void rows_are_chosen_and_a_click_on_one_opens_it() {
    go("/devices");
    assertEquals("false", browser.evaluate("document.getElementById('bulk').checkVisibility()"));
    browser.evaluate("document.querySelector('[data-every]').click()");
    assertEquals(
        "50 chosen", browser.evaluate("document.querySelector('[data-count]').textContent"));
    browser.evaluate("document.querySelector('[data-all]').click()");
    assertEquals(
        "130 chosen, all matching",
        browser.evaluate("document.querySelector('[data-count]').textContent"));
    assertEquals(
        "true", browser.evaluate("new FormData(document.getElementById('bulk')).get('all')"));
    browser.evaluate("document.querySelectorAll('tbody input')[3].click()");
    assertEquals(
        "49 chosen", browser.evaluate("document.querySelector('[data-count]').textContent"));
    var sent = "new FormData(document.getElementById('bulk'))";
    assertEquals("", browser.evaluate(sent + ".get('all')"));
    assertEquals("49", browser.evaluate(sent + ".getAll('device').length"));
    browser.evaluate("document.querySelector('[data-none]').click()");
    assertEquals("false", browser.evaluate("document.getElementById('bulk').checkVisibility()"));
    browser.evaluate("document.querySelectorAll('tbody tr')[2].children[3].click()");
    browser.until("location.pathname.startsWith('/devices/')");
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void the_line_is_read_by_keys_and_its_events_lead_to_their_dates() {
    go("/");
    browser.evaluate("document.querySelector('svg.touch.wide').focus()");
    browser.press("ArrowRight");
    var first = browser.evaluate("document.getElementById('said').textContent");
    assertTrue(first.matches("12 Jun 10:00 · [0-9]+ devices"), first);
    browser.press("ArrowRight");
    assertNotEquals(first, browser.evaluate("document.getElementById('said').textContent"));
    var reminder = "document.querySelector('svg.touch.wide a[aria-label^=\"Reminder, 14 d\"]')";
    browser.doAndWait(reminder + ".dispatchEvent(new MouseEvent('click', {bubbles: true}))");
    assertEquals("/rules/claude-code", browser.evaluate("location.pathname"));
    assertTrue(
        browser.evaluate("document.querySelector(':target').textContent").contains("14 d before"));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void somebody_is_warned_before_their_session_ends_and_can_stay() {
    go("/devices");
    assertEquals("true", browser.evaluate("document.getElementById('ending').hidden"));
    // Half an hour in which nobody did anything, but for the last minutes.
    browser.evaluate("document.getElementById('ending').dataset.idle = '240'");
    browser.evaluate("dispatchEvent(new Event('focus'))");
    browser.until("!document.getElementById('ending').hidden");
    assertEquals(
        "true", browser.evaluate("document.querySelector('#ending button').checkVisibility()"));
    browser.evaluate("document.getElementById('ending').dataset.idle = '1800'");
    browser.evaluate("document.querySelector('#ending button').click()");
    browser.until("document.getElementById('ending').hidden");
    // An end that nothing puts off.
    browser.evaluate("document.getElementById('ending').dataset.left = '60'");
    browser.evaluate("dispatchEvent(new Event('focus'))");
    browser.until("!document.getElementById('ending').hidden");
    assertEquals(
        "false", browser.evaluate("document.querySelector('#ending button').checkVisibility()"));
  }

  @Test
  void the_chosen_colours_hold_whatever_the_system_says() {
    browser.go(console.address() + "/rules?theme=dark");
    var colour = "getComputedStyle(document.body).backgroundColor";
    assertEquals("rgb(12, 16, 22)", browser.evaluate(colour));
    browser.surroundings(true, "en", 1440, 900);
    browser.go(console.address() + "/rules?theme=light");
    assertEquals("rgb(245, 246, 248)", browser.evaluate(colour));
    assertEquals(List.of(), browser.complaints());
  }

  @Test
  void text_becomes_markup_nowhere() {
    go("/");
    for (var sink :
        List.of(
            "document.body.innerHTML = '<p>'",
            "document.body.insertAdjacentHTML('beforeend', '<p>')",
            "document.createElement('script').src = '/x.js'",
            "document.createElement('script').text = '1'")) {
      var refused =
          browser.evaluate(
              "(() => { try { " + sink + "; return 'done' } catch { return 'refused' } })()");
      assertEquals("refused", refused, sink);
    }
    browser.complaints();
  }

  @Test
  void lists_are_filtered_and_turned_without_scripts() {
    browser.scripts(false);
    go("/devices");
    assertEquals(
        "true", browser.evaluate("document.querySelector('.filters button').checkVisibility()"));
    choose("filter-os", "linux");
    browser.doAndWait("document.querySelector('.filters button').click()");
    assertTrue(browser.evaluate("location.search").contains("os=linux"));
    go("/devices");
    browser.doAndWait("document.querySelector('a[rel=next]').click()");
    assertTrue(browser.evaluate("location.search").startsWith("?page_after="));
    go("/");
    browser.doAndWait("document.querySelector('.segments a[href*=os]').click()");
    assertEquals(
        "System", browser.evaluate("document.querySelector('#live-where th').textContent"));
    assertEquals(
        "false", browser.evaluate("document.querySelector('[data-help]').checkVisibility()"));
  }

  private static void go(String path) {
    browser.go(console.address() + path);
  }

  private static void press(String... keys) {
    for (var key : keys) {
      browser.press(key);
    }
  }

  private static void choose(String field, String value) {
    browser.evaluate(
        "(() => { const s = document.getElementById('%s'); s.value = '%s'; s.dispatchEvent(new Event('change', {bubbles: true})); })()"
            .formatted(field, value));
  }
}
