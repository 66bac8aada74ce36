package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.browser.Chromium;
import dev.interdict.server.access.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is done in a hurry, without a mouse: a rule is paused and let go again, a device retired
/// and taken back. (Publishing is in PublishingBrowserIT, an exemption in ExemptionPagesIT.)
@Tag("any-database")
class KeyboardBrowserIT {
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
    office.as("bo").send("/drafts/1", "approveDraft", "samples-seen", "true");
    office.as("anna").send("/drafts/1", "publishDraft", "_confirm", "Claude Code");
    office.console.as("ada", Role.ADMINISTRATOR);
    browser = Chromium.open(place, folder.resolve("profile"));
    browser.surroundings(false, "en", 1440, 900);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
      office.close();
    }
  }

  private static Keyboard at(String name, String path) {
    office.as(name);
    browser.cookie(office.console.address(), office.console.cookie());
    browser.go(office.console.address() + path);
    return new Keyboard(browser);
  }

  private static String page() {
    return browser.evaluate("document.body.textContent");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_rule_is_paused_by_one_and_let_go_by_two(boolean scripted) {
    var rule = "/rules/claude-code";
    browser.scripts(scripted);
    at("bo", rule).fill("pause", "reason", "A build broke");
    assertTrue(page().contains("A build broke"), KeyboardBrowserIT::page);
    at("anna", rule).fill("proposeResume", "note", "It is mended");
    var proposals = at("bo", "/proposals");
    assertTrue(page().contains("It is mended"));
    proposals.reach("form[action*=agreeProposal] .button");
    browser.pressAndWait("Enter");
    var last = at("anna", rule);
    last.reach("form[action*='/do/resume'] .button");
    browser.pressAndWait("Enter");
    assertFalse(PageForm.isOn(office.console.get(rule).body(), "resume"));
    assertTrue(PageForm.isOn(office.console.get(rule).body(), "pause"));
    assertEquals(List.of(), browser.complaints());
    browser.scripts(true);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_device_is_retired_and_taken_back(boolean scripted) {
    var device = "/devices/" + device();
    browser.scripts(scripted);
    at("ada", device).fill("retireDevice", "reason", "Sold");
    assertTrue(page().contains("This device is retired"));
    at("ada", device).answer("form[action*=returnDevice]", "reason", "Not sold");
    assertFalse(page().contains("This device is retired"));
    assertEquals(List.of(), browser.complaints());
    browser.scripts(true);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void devices_are_chosen_in_the_list_and_retired(boolean scripted) {
    var device = device();
    browser.scripts(scripted);
    var list = at("ada", "/devices");
    list.reach("tbody input[value='" + device + "']");
    browser.press(" ");
    list.reach("form.bulk .button.primary");
    browser.pressAndWait("Enter");
    assertTrue(page().contains("Type 1, how many they are"), KeyboardBrowserIT::page);
    list.reach("form[action*=retireDevices] [name=reason]");
    list.type("Sold");
    list.answer("form[action*=retireDevices]", "_confirm", "1");
    assertTrue(page().contains("They no longer count"), KeyboardBrowserIT::page);
    at("ada", "/devices/" + device).answer("form[action*=returnDevice]", "reason", "Not sold");
    assertEquals(List.of(), browser.complaints());
    browser.scripts(true);
  }

  private static String device() {
    var page = office.as("ada").console.get("/devices").body();
    var start = page.indexOf("href=\"/devices/") + 15;
    return page.substring(start, start + 32);
  }
}
