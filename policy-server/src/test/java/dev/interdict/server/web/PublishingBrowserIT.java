package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.browser.Axe;
import dev.interdict.browser.Chromium;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages on which a ban is published, with a keyboard alone and to a reader of screens.
@Tag("any-database")
@Order(1)
class PublishingBrowserIT {
  private static final Axe axe = new Axe();

  @TempDir static Path folder;
  private static PublishingOffice office;
  private static Chromium browser;

  @BeforeAll
  static void open() throws IOException {
    var place = Chromium.place();
    Assumptions.assumeTrue(place != null, "no Chromium on this machine: browser tests are skipped");
    office = new PublishingOffice(folder);
    office.as("anna");
    office.send("/drafts/new", "createDraft", "catalogue", "claude-code");
    office.send("/drafts/1", "observeDraft");
    office.report("claude-code", 1);
    office.send("/drafts/1", "previewDraft");
    office.send("/drafts/1", "submitDraft", "note", "As decided on Monday");
    browser = Chromium.open(place, folder.resolve("profile"));
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      office.close();
    }
  }

  private static void go(String name, String path) {
    office.as(name);
    browser.cookie(office.console.address(), office.console.cookie());
    browser.go(office.console.address() + path);
  }

  private static void tabTo(String selector) {
    new Keyboard(browser).reach(selector);
  }

  private static void type(String text) {
    new Keyboard(browser).type(text);
  }

  @Test
  void a_second_person_agrees_and_the_first_publishes_without_a_mouse_or_scripts() {
    browser.surroundings(false, "en", 1440, 900);
    browser.scripts(false);
    try {
      go("bo", "/drafts/1");
      tabTo("[name=samples-seen]");
      browser.press(" ");
      assertEquals("true", browser.evaluate("document.activeElement.checked"));
      tabTo("form[action*=approveDraft] .button");
      browser.press("Enter");
      browser.until("document.querySelector('.box.good')?.textContent.includes('Approved')");
      go("anna", "/drafts/1");
      tabTo("form[action*=publishDraft] [name=_confirm]");
      type("Claude Code");
      browser.press("Enter");
      browser.until("document.querySelector('.box.good')?.textContent.includes('Published')");
      go("anna", "/rules/claude-code");
      assertTrue(browser.evaluate("document.body.textContent").contains("serial 2"));
    } finally {
      browser.scripts(true);
    }
  }

  @Test
  void every_page_is_shown_without_a_complaint() {
    var pages =
        List.of(
            "/drafts",
            "/drafts/new",
            "/drafts/1",
            "/proposals",
            "/rules/claude-code",
            "/rules/claude-code?tab=detection",
            "/rules/claude-code?tab=schedule",
            "/rules/claude-code?tab=notices",
            "/rules/claude-code?tab=devices",
            "/rules/claude-code?tab=exemptions",
            "/rules/claude-code?tab=history",
            "/rules/claude-code/versions/1",
            "/rules/claude-code/diff");
    for (var dark : List.of(false, true)) {
      browser.surroundings(dark, dark ? "zh-CN" : "en", dark ? 390 : 1440, 900);
      for (var path : pages) {
        go("bo", path);
        assertEquals(List.of(), browser.complaints(), path);
        assertEquals("", axe.violations(browser), path);
        assertEquals(
            "0", browser.evaluate("document.documentElement.scrollWidth - innerWidth"), path);
      }
    }
  }
}
