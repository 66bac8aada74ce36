package dev.interdict.server.web.chart;

import gg.jte.Content;
import gg.jte.TemplateOutput;
import java.util.ArrayDeque;
import java.util.Deque;

/// A drawing under construction; every attribute and text is escaped here and nowhere else. Not
/// thread-safe.
public final class Svg implements Content {
  private final StringBuilder out = new StringBuilder(512);
  private final Deque<String> open = new ArrayDeque<>();

  /// An element that stays open until [#end]; `attributes` alternate name and value.
  public Svg start(String tag, Object... attributes) {
    tag(tag, attributes).append('>');
    open.push(tag);
    return this;
  }

  /// An element without content.
  public Svg leaf(String tag, Object... attributes) {
    tag(tag, attributes).append("/>");
    return this;
  }

  /// An element that holds one text.
  public Svg text(String text, String tag, Object... attributes) {
    tag(tag, attributes).append('>');
    escape(text);
    out.append("</").append(tag).append('>');
    return this;
  }

  /// Closes the element opened last.
  public Svg end() {
    out.append("</").append(open.pop()).append('>');
    return this;
  }

  private StringBuilder tag(String tag, Object... attributes) {
    out.append('<').append(tag);
    for (var i = 0; i < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      escape(attributes[i + 1] instanceof Double d ? number(d) : attributes[i + 1].toString());
      out.append('"');
    }
    return out;
  }

  /// A coordinate with at most one decimal.
  static String number(double value) {
    // A drawing has hundreds of them, for which a formatter is dear.
    var tenths = Math.round(value * 10);
    var whole = tenths / 10;
    var sign = tenths < 0 && whole == 0 ? "-" : "";
    return tenths % 10 == 0 ? Long.toString(whole) : sign + whole + "." + Math.abs(tenths % 10);
  }

  private void escape(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      switch (c) {
        case '<' -> out.append("&lt;");
        case '>' -> out.append("&gt;");
        case '&' -> out.append("&amp;");
        case '"' -> out.append("&quot;");
        case '\'' -> out.append("&#39;");
        default -> out.append(c);
      }
    }
  }

  @Override
  public void writeTo(TemplateOutput output) {
    if (!open.isEmpty()) {
      throw new IllegalStateException("element " + open.peek() + " was never closed");
    }
    output.writeContent(out.toString());
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
