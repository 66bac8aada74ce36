package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads settings that people write as JSON with comments and trailing commas, as editors and
/// development containers take them: both are blanked out, and the strict reader does the rest. A
/// byte-order mark is let through, and a file without a value is no file. No error quotes what the
/// file holds.
public final class Jsonc {
  private Jsonc() {}

  /// The object in that file, or null where there is no such file or nothing in it.
  ///
  /// @throws UnreadableException if it is longer than 1 MiB, is not JSON with comments, or no
  ///   object
  public static Json.@Nullable Obj object(Tree tree, BytePath file) throws UnreadableException {
    var bytes = tree.read(file, JsonLimits.FOREIGN.bytes());
    if (bytes == null) {
      return null;
    }
    var plain = plain(bytes);
    if (blank(plain)) {
      return null;
    }
    try {
      if (JsonReader.read(plain, JsonLimits.FOREIGN) instanceof Json.Obj object) {
        return object;
      }
    } catch (JsonException e) {
      throw Metadata.malformed(file, String.valueOf(e.getMessage()));
    }
    throw Metadata.malformed(file, "is no JSON object");
  }

  /// The same text with blanks in place of comments, trailing commas and a byte-order mark, so that
  /// lines and columns stay what they were. All that is looked for is ASCII, which no byte of a
  /// longer UTF-8 sequence can be taken for.
  static byte[] plain(byte[] jsonc) {
    var out = jsonc.clone();
    var comma = -1;
    var at = 0;
    if (out.length >= 3
        && out[0] == (byte) 0xef
        && out[1] == (byte) 0xbb
        && out[2] == (byte) 0xbf) {
      Arrays.fill(out, 0, 3, (byte) ' ');
    }
    while (at < out.length) {
      var end = comment(out, at);
      if (end > at) {
        blank(out, at, end);
        at = end;
        continue;
      }
      switch (out[at]) {
        case '"' -> {
          at = text(out, at);
          comma = -1;
        }
        case ',' -> comma = at;
        case ']', '}' -> {
          if (comma >= 0) {
            out[comma] = ' ';
          }
          comma = -1;
        }
        case ' ', '\t', '\r', '\n' -> {}
        default -> comma = -1;
      }
      at++;
    }
    return out;
  }

  /// Where the comment that begins at `at` ends, or `at` where none does.
  private static int comment(byte[] text, int at) {
    if (text[at] != '/' || at + 1 == text.length) {
      return at;
    }
    var end = at + 2;
    if (text[at + 1] == '/') {
      while (end < text.length && text[end] != '\n') {
        end++;
      }
      return end;
    }
    if (text[at + 1] == '*') {
      while (end < text.length && !(text[end] == '/' && text[end - 1] == '*' && end > at + 2)) {
        end++;
      }
      return Math.min(end + 1, text.length);
    }
    return at;
  }

  /// The place of the closing quote of the string that begins at `at`, or the end.
  private static int text(byte[] text, int at) {
    var end = at + 1;
    while (end < text.length && text[end] != '"') {
      end += text[end] == '\\' ? 2 : 1;
    }
    return end;
  }

  private static void blank(byte[] text, int from, int to) {
    for (var i = from; i < to; i++) {
      if (text[i] != '\n') {
        text[i] = ' ';
      }
    }
  }

  private static boolean blank(byte[] text) {
    for (var b : text) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return false;
      }
    }
    return true;
  }
}
