package dev.interdict.server.cli.terminal;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Writes a [Json] value as YAML in block style, so that readers of YAML 1.1 and of 1.2 take it for
/// the same value: whatever either might take for something other than a text is quoted as JSON
/// quotes it. Stateless.
final class YamlWriter {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_/.+-]*");

  /// What YAML takes only as an escape, and what its version 1.1 takes for the end of a line.
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\u007f-\\u009f\\u2028\\u2029\\ufeff\\ufffe\\uffff]");

  /// Words that one or the other version reads as a truth or as nothing.
  private static final Set<String> SPECIAL =
      Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

  private static final Pattern EXPONENT = Pattern.compile("[eE]");

  private YamlWriter() {}

  /// The document, which ends with a line feed.
  static String write(Json json) {
    var out = new StringBuilder();
    if (isBlock(json)) {
      block(json, out, 0);
    } else {
      out.append(flow(json)).append('\n');
    }
    return out.toString();
  }

  private static boolean isBlock(Json json) {
    return switch (json) {
      case Json.Obj(var members) -> !members.isEmpty();
      case Json.Arr(var items) -> !items.isEmpty();
      default -> false;
    };
  }

  /// The lines of what is not empty, of which the first stands where `out` ends.
  private static void block(Json json, StringBuilder out, int depth) {
    var first = true;
    if (json instanceof Json.Obj(var members)) {
      for (var member : members.entrySet()) {
        out.repeat("  ", first ? 0 : depth).append(text(member.getKey())).append(':');
        value(member.getValue(), out, depth);
        first = false;
      }
    } else if (json instanceof Json.Arr(var items)) {
      for (var item : items) {
        out.repeat("  ", first ? 0 : depth).append("- ");
        if (isBlock(item)) {
          block(item, out, depth + 1);
        } else {
          out.append(flow(item)).append('\n');
        }
        first = false;
      }
    }
  }

  private static void value(Json json, StringBuilder out, int depth) {
    if (isBlock(json)) {
      out.append('\n').repeat("  ", depth + 1);
      block(json, out, depth + 1);
    } else {
      out.append(' ').append(flow(json)).append('\n');
    }
  }

  private static String flow(Json json) {
    return switch (json) {
      case Json.Text(var text) -> text(text);
      case Json.Decimal(var literal) -> number(literal);
      default -> JsonWriter.line(json);
    };
  }

  /// The same number with a point and a signed exponent, where it has an exponent: version 1.1
  /// takes `1e5` for a text.
  private static String number(String literal) {
    var parts = EXPONENT.split(literal, 2);
    if (parts.length < 2) {
      return literal;
    }
    var unsigned = Character.isDigit(parts[1].charAt(0));
    return parts[0] + (parts[0].contains(".") ? "" : ".0") + (unsigned ? "e+" : "e") + parts[1];
  }

  private static String text(String text) {
    var plain = PLAIN.matcher(text).matches() && !SPECIAL.contains(text.toLowerCase(Locale.ROOT));
    return plain
        ? text
        : UNPRINTABLE
            .matcher(JsonWriter.line(new Json.Text(text)))
            .replaceAll(found -> String.format("\\\\u%04x", (int) found.group().charAt(0)));
  }
}
