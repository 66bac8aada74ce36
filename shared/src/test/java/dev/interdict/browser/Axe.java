package dev.interdict.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The rules of axe-core, as they stand on the class path, held against the page that a browser
/// shows. Its script is put in by the debugger, which the page's own policy does not concern.
public final class Axe {
  /// How many rules hold, on a line of its own, and then what breaks one: both from one look, since
  /// a look at a long page takes a quarter of a second. Of what holds no element is named, which
  /// took as long again.
  private static final String RUN =
      """
      axe.run(document, {resultTypes: ['violations'], preload: false, %s}).then(r =>
        [r.passes.length].concat(r.violations.flatMap(v =>
          v.nodes.map(n => v.id + ' (' + v.impact + '): ' + n.target.join(' ') + ': '
            + n.any.concat(n.all, n.none).map(c => c.message).join(', ')))).join('\\n'))\
      """;

  private static final String ALL = RUN.formatted("rules: {'target-size': {enabled: true}}");

  /// The rules that look at colours and sizes, which is all that a style sheet decides by itself.
  private static final String LOOKS =
      RUN.formatted(
          "runOnly: ['color-contrast', 'link-in-text-block', 'target-size',"
              + " 'scrollable-region-focusable', 'aria-hidden-focus', 'region', 'bypass']");

  private final String script;

  public Axe() {
    try (var in = Axe.class.getResourceAsStream("/axe.min.js")) {
      if (in == null) {
        throw new IllegalStateException("axe-core is not on the class path");
      }
      script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Each element that breaks a rule on its own line; empty where none does.
  ///
  /// @throws IllegalStateException if no rule was found to hold either, so that nothing was looked
  ///   at
  public String violations(Chromium browser) {
    browser.inject(script);
    return told(browser.evaluate(ALL));
  }

  /// The same of a page that [#violations] has looked at, and that is shown in other colours or in
  /// another size by now: by the rules alone for which that makes a difference.
  ///
  /// @throws IllegalStateException likewise
  public String inOtherLooks(Chromium browser) {
    return told(browser.evaluate(LOOKS));
  }

  private static String told(String answer) {
    var lines = answer.split("\n", 2);
    if (!lines[0].matches("[1-9][0-9]*")) {
      throw new IllegalStateException("axe-core looked at nothing");
    }
    return lines.length == 1 ? "" : lines[1];
  }
}
