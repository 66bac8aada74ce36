package dev.interdict.server.web;

import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.interdict.browser.Chromium;

/// Somebody who uses a browser without a mouse: they get where the tabulator leads, and see each
/// time where they are.
record Keyboard(Chromium browser) {
  private static final int MOST = 160;

  /// Goes on by the tabulator until a part of that selector has the focus.
  ///
  /// @throws AssertionError where it never has, or where nothing shows which part has it
  void reach(String selector) {
    for (var i = 0; i < MOST; i++) {
      browser.tab();
      assertNotEquals(
          "none",
          browser.evaluate(
              "getComputedStyle(document.activeElement.closest('.search, .chip') ??"
                  + " document.activeElement).outlineStyle"),
          () -> browser.evaluate("document.activeElement.outerHTML"));
      if (browser.evaluate("document.activeElement.matches(`" + selector + "`)").equals("true")) {
        return;
      }
    }
    throw new AssertionError(
        "the tabulator never came to "
            + selector
            + " on "
            + browser.evaluate("document.body.innerText"));
  }

  void type(String text) {
    text.chars().forEach(letter -> browser.press(Character.toString(letter)));
  }

  /// Opens a form that is folded away, fills one field of it and sends it off.
  void fill(String operation, String field, String text) {
    var form = "form[action*=" + operation + "]";
    reach("details:has(" + form + ") > summary");
    browser.press("Enter");
    answer(form, field, text);
  }

  /// Fills one field of a form and sends it off.
  void answer(String form, String field, String text) {
    reach(form + " [name=" + field + "]");
    type(text);
    reach(form + " .button");
    browser.pressAndWait("Enter");
  }
}
