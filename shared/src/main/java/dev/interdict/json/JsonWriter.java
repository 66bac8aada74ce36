package dev.interdict.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Writes a [Json] value as UTF-8. Thread-safe.
public final class JsonWriter {
  private static final Comparator<String> BY_UTF8 =
      (left, right) -> Arrays.compareUnsigned(utf8(left), utf8(right));

  private JsonWriter() {}

  /// The compact form, members in their own order.
  public static byte[] compact(Json json) {
    return utf8(write(json, Form.COMPACT));
  }

  /// The compact form as text, for one line of a file or a log.
  public static String line(Json json) {
    return write(json, Form.COMPACT);
  }

  /// Indented by two spaces, with a final line feed, for files that people read.
  public static byte[] pretty(Json json) {
    return utf8(write(json, Form.PRETTY) + "\n");
  }

  /// OLPC canonical JSON, the bytes that TUF signs (specification 1.0.34, section 4.2): members
  /// sorted by UTF-8 bytes, no white space, only the quote and the backslash escaped, all else raw.
  ///
  /// @throws IllegalArgumentException on a [Json.Decimal], which canonical JSON cannot express
  public static byte[] canonical(Json json) {
    return utf8(write(json, Form.CANONICAL));
  }

  private enum Form {
    COMPACT,
    PRETTY,
    CANONICAL
  }

  private static String write(Json json, Form form) {
    var out = new StringBuilder();
    write(json, form, out, 0);
    return out.toString();
  }

  private static void write(Json json, Form form, StringBuilder out, int depth) {
    switch (json) {
      case Json.Obj(var members) -> {
        List<Map.Entry<String, Json>> entries = new java.util.ArrayList<>(members.entrySet());
        if (form == Form.CANONICAL) {
          entries.sort(Map.Entry.comparingByKey(BY_UTF8));
        }
        out.append('{');
        var first = true;
        for (var entry : entries) {
          separate(form, out, depth + 1, first);
          first = false;
          text(entry.getKey(), form, out);
          out.append(form == Form.PRETTY ? ": " : ":");
          write(entry.getValue(), form, out, depth + 1);
        }
        close(form, out, depth, '}', first);
      }
      case Json.Arr(var items) -> {
        out.append('[');
        var first = true;
        for (var item : items) {
          separate(form, out, depth + 1, first);
          first = false;
          write(item, form, out, depth + 1);
        }
        close(form, out, depth, ']', first);
      }
      case Json.Text(var value) -> text(value, form, out);
      case Json.Int(var value) -> out.append(value);
      case Json.Decimal(var literal) -> {
        if (form == Form.CANONICAL) {
          throw new IllegalArgumentException("canonical JSON has whole numbers only: " + literal);
        }
        out.append(literal);
      }
      case Json.Bool bool -> out.append(bool == Json.Bool.TRUE);
      case Json.Null _ -> out.append("null");
    }
  }

  private static void separate(Form form, StringBuilder out, int depth, boolean first) {
    if (!first) {
      out.append(',');
    }
    if (form == Form.PRETTY) {
      out.append('\n').repeat("  ", depth);
    }
  }

  private static void close(Form form, StringBuilder out, int depth, char bracket, boolean empty) {
    if (form == Form.PRETTY && !empty) {
      out.append('\n').repeat("  ", depth);
    }
    out.append(bracket);
  }

  private static void text(String value, Form form, StringBuilder out) {
    out.append('"');
    for (var i = 0; i < value.length(); i++) {
      var c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 && form != Form.CANONICAL) {
        out.append(String.format("\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
