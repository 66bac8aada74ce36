package dev.interdict.manual;

import java.util.Locale;

/// Text of a manual page in the language of `man(7)`. Not thread-safe.
final class Roff {
  private final StringBuilder text = new StringBuilder();

  /// The page's head.
  ///
  /// @param date when the page was made, such as 2026-11-21
  Roff head(String name, int section, String date, String source) {
    return request(".TH", name.toUpperCase(Locale.ROOT), "" + section, date, source)
        .request(".nh")
        .line(".ad l");
  }

  /// Begins a section.
  Roff section(String title) {
    return request(".SH", title);
  }

  /// A paragraph.
  Roff paragraph(String words) {
    return request(".PP").line(escaped(words));
  }

  /// The one line by which `apropos` finds a page.
  Roff sentence(String name, String what) {
    return line(escaped(name) + " \\- " + escaped(what));
  }

  /// Lines as they stand, indented and never filled.
  Roff verbatim(Iterable<String> lines) {
    request(".PP").request(".nf");
    lines.forEach(each -> line(escaped(each)));
    return request(".fi");
  }

  /// A term in bold and what it means below it.
  Roff term(String term, String meaning) {
    return request(".TP").line("\\fB" + escaped(term) + "\\fR").line(escaped(meaning));
  }

  /// Words on a line of their own, in bold and plain.
  Roff synopsis(String bold, String rest) {
    return request(".HP").line("\\fB" + escaped(bold) + "\\fR " + escaped(rest));
  }

  @Override
  public String toString() {
    return text.toString();
  }

  private Roff request(String name, String... arguments) {
    text.append(name);
    for (var argument : arguments) {
      text.append(" \"").append(escaped(argument).replace("\"", "\\(dq")).append('"');
    }
    return line("");
  }

  private Roff line(String ready) {
    text.append(ready).append('\n');
    return this;
  }

  /// Nothing in it is a request or an escape any more; hyphens are those that can be typed.
  private static String escaped(String plain) {
    var lines = plain.replace("\\", "\\e").replace("-", "\\-").split("\n", -1);
    for (var i = 0; i < lines.length; i++) {
      if (lines[i].startsWith(".") || lines[i].startsWith("'")) {
        lines[i] = "\\&" + lines[i];
      }
    }
    return String.join("\n", lines);
  }
}
