package dev.interdict.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// The rules of axe-core, as they stand on the class path, held against the page that a browser
/// shows. Its script is put in by the debugger, which the page's own policy does not concern.
public final class Axe {
  /// How many rules hold, on a line of its own, and then what breaks one: both from one look, since
  /// a look at a long page takes most of a second.
  private static final String RUN =
      """
      axe.run(document, {resultTypes: ['violations', 'passes'], rules: {'target-size': {enabled: true}}}).then(r =>
        [r.passes.length].concat(r.violations.flatMap(v =>
          v.nodes.map(n => v.id + ' (' + v.impact + '): ' + n.target.join(' ') + ': '
            + n.any.concat(n.all, n.none).map(c => c.message).join(', ')))).join('\\n'))\
      """;

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
    var lines = browser.evaluate(RUN).split("\n", 2);
    if (!lines[0].matches("[1-9][0-9]*")) {
      throw new IllegalStateException("axe-core looked at nothing");
    }
    return lines.length == 1 ? "" : lines[1];
  }
}
