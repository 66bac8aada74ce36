package dev.interdict.server.http;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Reads `application/x-www-form-urlencoded`, as in queries and forms. Broken percent-encoding and
/// bytes that are not UTF-8 refuse the request.
final class FormEncoding {
  private static final int MOST = 200;

  private FormEncoding() {}

  static boolean is(String type) {
    return type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
  }

  static Map<String, List<String>> decode(String text) {
    var fields = new LinkedHashMap<String, List<String>>();
    var count = 0;
    for (var pair : text.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      if (++count > MOST) {
        throw HttpRequest.refused("more than " + MOST + " fields");
      }
      var equals = pair.indexOf('=');
      var name = part(equals < 0 ? pair : pair.substring(0, equals));
      var value = equals < 0 ? "" : part(pair.substring(equals + 1));
      fields.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
    return fields;
  }

  static String encode(Map<String, List<String>> fields) {
    var text = new StringBuilder();
    fields.forEach((name, values) -> {
      for (var value : values) {
        text.append(text.isEmpty() ? "" : "&")
            .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    });
    return text.toString();
  }

  private static String part(String text) {
    var encoded = text.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream(encoded.length);
    for (var i = 0; i < encoded.length; i++) {
      if (encoded[i] == '%') {
        out.write(octet(encoded, i));
        i += 2;
      } else {
        out.write(encoded[i] == '+' ? ' ' : encoded[i]);
      }
    }
    try {
      var decoded =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(out.toByteArray())).toString();
      if (decoded.indexOf('\0') >= 0) {
        // No database of all that we support takes it, not even to compare with.
        throw HttpRequest.refused("a field holds the character U+0000");
      }
      return decoded;
    } catch (CharacterCodingException e) {
      throw HttpRequest.refused("a field is not UTF-8");
    }
  }

  private static int octet(byte[] encoded, int at) {
    var whole = at + 2 < encoded.length;
    var high = whole ? Character.digit(encoded[at + 1], 16) : -1;
    var low = whole ? Character.digit(encoded[at + 2], 16) : -1;
    if (high < 0 || low < 0) {
      throw HttpRequest.refused("broken percent-encoding");
    }
    return high * 16 + low;
  }
}
