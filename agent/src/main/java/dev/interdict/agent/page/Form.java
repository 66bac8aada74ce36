package dev.interdict.agent.page;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The fields of a form or a query (WHATWG URL, `application/x-www-form-urlencoded`), strictly:
/// each name once, well-formed escapes, UTF-8, no control but line breaks.
///
/// @param fields by name
record Form(Map<String, String> fields) {
  /// Most bytes of a body.
  static final int MOST_BYTES = 8 << 10;

  private static final int MOST_FIELDS = 16;

  Form {
    fields = Map.copyOf(fields);
  }

  /// The field, or an empty text.
  String get(String name) {
    return fields.getOrDefault(name, "");
  }

  /// The fields of `text`, or null where it is no form.
  static @Nullable Form read(String text) {
    var fields = new HashMap<String, String>();
    if (text.length() > MOST_BYTES) {
      return null;
    }
    for (var pair : text.split("&", MOST_FIELDS + 1)) {
      if (pair.isEmpty()) {
        continue;
      }
      var equals = pair.indexOf('=');
      var name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      var value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
      if (name == null || value == null || fields.put(name, value) != null) {
        return null;
      }
    }
    return fields.size() > MOST_FIELDS ? null : new Form(fields);
  }

  private static @Nullable String decoded(String text) {
    var bytes = ByteBuffer.allocate(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c == '%') {
        var high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        var low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else if (c <= ' ' || c >= 0x7f || c == '&') {
        return null;
      } else {
        bytes.put((byte) (c == '+' ? ' ' : c));
      }
    }
    try {
      var value = StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
      return value.chars().anyMatch(c -> c < ' ' && c != '\r' && c != '\n' || c == 0x7f)
          ? null
          : value;
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
