package dev.interdict.agent.sources.python;

import org.jspecify.annotations.Nullable;

/// Reads of uv's `uv-receipt.toml` the one thing that is asked: which distributions the tool was
/// made of. As much of TOML as uv writes there: in the table `[tool]` the key `requirements`, an
/// array of inline tables with quoted values. Anything else is not understood, never guessed.
final class UvReceipt {
  private final String text;
  private int at;

  private UvReceipt(String text, int at) {
    this.text = text;
    this.at = at;
  }

  /// The one requirement's name, or null where there are more or the text is not understood.
  static @Nullable String only(String receipt) {
    var lines = receipt.lines().iterator();
    var start = 0;
    var inTool = false;
    while (lines.hasNext()) {
      var line = lines.next();
      if (line.startsWith("[")) {
        inTool = line.strip().equals("[tool]");
      } else if (inTool && line.startsWith("requirements")) {
        return new UvReceipt(receipt, start + "requirements".length()).requirements();
      }
      start = receipt.indexOf('\n', start) + 1;
    }
    return null;
  }

  private @Nullable String requirements() {
    if (!skip('=') || !skip('[')) {
      return null;
    }
    String name = null;
    while (!skip(']')) {
      var one = skip('{') && name == null ? table() : null;
      if (one == null || !skip(',') && !next(']')) {
        return null;
      }
      name = one;
    }
    return name;
  }

  /// The name in an inline table; null where it has none or something is not understood.
  private @Nullable String table() {
    String name = null;
    while (!skip('}')) {
      var key = bareKey();
      var value = !key.isEmpty() && skip('=') ? value() : null;
      if (value == null || !skip(',') && !next('}')) {
        return null;
      }
      name = key.equals("name") ? value : name;
    }
    return name;
  }

  private String bareKey() {
    blank();
    var start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "_-".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    return text.substring(start, at);
  }

  /// A quoted text, or an array of such or a true or false as an empty one: the name is neither.
  private @Nullable String value() {
    if (skip('"')) {
      var end = text.indexOf('"', at);
      var value = end < 0 ? "\\" : text.substring(at, end);
      at = end + 1;
      return value.indexOf('\\') < 0 && value.indexOf('\n') < 0 ? value : null;
    }
    if (skip('[')) {
      while (!skip(']')) {
        if (!next('"') || value() == null || !skip(',') && !next(']')) {
          return null;
        }
      }
      return "";
    }
    var word = bareKey();
    return word.equals("true") || word.equals("false") ? "" : null;
  }

  private boolean skip(char wanted) {
    if (next(wanted)) {
      at++;
      return true;
    }
    return false;
  }

  private boolean next(char wanted) {
    blank();
    return at < text.length() && text.charAt(at) == wanted;
  }

  private void blank() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
