package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.browser.Chromium;
import dev.interdict.server.access.Gate;
import dev.interdict.server.access.oidc.RealProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One person's way in by the company's sign-in, through the console and out again, in a browser
/// that must find nothing to complain about. `-Dpictures=FOLDER` keeps a picture of each page.
public final class OidcWalk implements AutoCloseable {
  private static final String CALM = "document.readyState === 'complete' && ";
  private static final @Nullable String PICTURES = System.getProperty("pictures");

  private final RealProvider provider;
  private final SampleCompany company;
  private final ConsoleServer console;
  private final Chromium browser;

  public OidcWalk(RealProvider provider, Path browser, Path folder) throws IOException {
    this.provider = provider;
    company = new SampleCompany(folder).filled(3);
    now();
    console = new ConsoleServer(company.fleet, SampleCompany::blocklist, true);
    console.signingInBy(provider, company.fleet.clock);
    this.browser = Chromium.open(browser, folder.resolve("profile"));
    this.browser.surroundings(false, "en", 1280, 800);
  }

  /// The provider's clock is this machine's.
  private void now() {
    company.fleet.clock.move(
        Duration.between(company.fleet.clock.instant(), InstantSource.system().instant()));
  }

  /// The whole way.
  public void all() {
    whoever_is_of_no_group_is_told_so_and_comes_in_as_somebody_else();
    a_second_tab_is_in_and_signing_out_ends_both();
    what_was_left_open_too_long_says_so_and_still_leads_there();
    a_step_that_matters_asks_the_provider_again();
    // What the provider's own pages lack is not ours.
    var theirs = "\"url\":\"" + provider.address();
    assertEquals(
        List.of(), browser.complaints().stream().filter(each -> !each.contains(theirs)).toList());
  }

  private void whoever_is_of_no_group_is_told_so_and_comes_in_as_somebody_else() {
    open("/devices?rule=claude-code&state=present");
    assertEquals("/login", path());
    shot("first");
    leave("a[href^=\"/login/oidc\"]");
    shot("provider");
    atProvider("stranger");
    arrive("/login");
    shot("no-group");
    assertTrue(text("[role=alert]").contains("no group of your company account"), this::page);
    leave("a[href^=\"/login/oidc\"]");
    // The provider knows the stranger still, and is told to ask.
    atProvider("li.na");
    arrive("/devices");
    assertEquals("?rule=claude-code&state=present", browser.evaluate("location.search"));
    assertTrue(page().contains("li.na"), this::page);
    shot("in");
  }

  private void a_second_tab_is_in_and_signing_out_ends_both() {
    open("/rules/claude-code");
    var seen = text("main h1");
    var second = browser.newTab();
    open("/devices");
    assertEquals("/devices", path());
    click("form[action='/logout'] button");
    arrive("/login");
    browser.tab(second);
    // Whatever is asked for is not given any more.
    open("/rules");
    arrive("/login");
    browser.evaluate("history.back()");
    browser.until(CALM + "!document.body.textContent.includes('" + seen + "')");
    arrive("/login");
    shot("back-after-sign-out");
    assertFalse(page().contains("li.na"), this::page);
  }

  private void what_was_left_open_too_long_says_so_and_still_leads_there() {
    open("/software");
    leave("a[href^=\"/login/oidc\"]");
    company.fleet.clock.move(Duration.ofMinutes(11));
    atProvider("li.na");
    arrive("/login");
    now();
    shot("late");
    assertTrue(text("[role=alert]").contains("more than ten minutes"), this::page);
    leave("a[href^=\"/login/oidc\"]");
    atProvider("li.na");
    arrive("/software");
    click("form[action='/logout'] button");
    arrive("/login");
  }

  private void a_step_that_matters_asks_the_provider_again() {
    browser.go(provider.address() + "/session/end");
    click("button[name=logout]");
    browser.until(CALM + "location.pathname === '/session/end/success'");
    open("/settings/accounts");
    leave("a[href^=\"/login/oidc\"]");
    atProvider("boss");
    arrive("/settings/accounts");
    company.fleet.clock.move(Gate.RECENTLY.plusSeconds(1));
    open("/settings/accounts");
    browser.evaluate(
        """
        (() => {
          const form = document.querySelector('form[action*=createAccount]');
          form.querySelector('[name=name]').value = 'ada';
          form.querySelector('[name=roles][value=viewer]').checked = true;
          form.requestSubmit();
        })()\
        """);
    browser.until(CALM + "document.querySelector('[name=_proof]') !== null");
    shot("step-up");
    leave("[formaction='/prove/provider']");
    now();
    atProvider("boss");
    arrive("/prove/kept");
    shot("kept");
    assertTrue(text("main").contains("You proved who you are"), this::page);
    click("main form .button.primary");
    browser.until(CALM + "document.querySelector('#made')?.textContent.includes('ada')");
    shot("done");
  }

  private void open(String path) {
    browser.go(console.address() + path);
  }

  private String path() {
    return browser.evaluate("location.pathname");
  }

  private String page() {
    return text("body");
  }

  private String text(String selector) {
    return browser.evaluate("document.querySelector('" + selector + "')?.textContent ?? ''");
  }

  private void click(String selector) {
    browser.evaluate("document.querySelector(\"" + selector.replace("\"", "\\\"") + "\").click()");
  }

  /// Goes to the provider, until it asks for something or has sent the browser back.
  private void leave(String selector) {
    click(selector);
    browser.until(CALM + "location.origin === '" + provider.address() + "'");
  }

  /// Gives the provider what it asks for, as often as it does.
  private void atProvider(String name) {
    browser.until(CALM + "document.querySelector('[name=login], [name=prompt]') !== null");
    if (browser.evaluate("document.querySelector('[name=login]') !== null").equals("true")) {
      browser.evaluate(
          """
          (() => {
            document.querySelector('[name=login]').value = '%s';
            document.querySelector('[name=password]').value = 'x';
            document.querySelector('form').requestSubmit();
          })()\
          """
              .formatted(name));
    }
    browser.until(
        CALM
            + "(location.origin !== '"
            + provider.address()
            + "' || document.querySelector('[name=prompt][value=consent]') !== null)");
    if (browser.evaluate("location.origin").equals(provider.address())) {
      browser.evaluate("document.querySelector('form').requestSubmit()");
    }
    browser.until(CALM + "location.origin === '" + console.address() + "'");
  }

  private void arrive(String path) {
    browser.until(
        CALM
            + "location.origin === '"
            + console.address()
            + "' && location.pathname === '"
            + path
            + "'");
  }

  private void shot(String name) {
    if (PICTURES != null) {
      try {
        Files.write(Path.of(PICTURES, name + ".png"), browser.picture(900));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public void close() {
    browser.close();
    console.close();
    company.close();
  }
}
