package dev.interdict.agent.sync;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;

/// Random names that stand for somebody's personal data, and the search for them in what was sent:
/// plain, percent-encoded, in hex, in base64 at any offset and as JSON escapes; as they are, in
/// lower and in upper case.
final class Canaries {
  /// Neither vowels, so that no word comes about, nor digits of hex.
  private static final String LETTERS = "ghjklmnpqrstvwxz";

  private final Random random;
  private final Map<String, String> planted = new LinkedHashMap<>();

  Canaries(long seed) {
    random = new Random(seed);
  }

  /// A new name that is to be found nowhere, planted in `where`.
  String name(String where) {
    var name = new StringBuilder();
    for (var i = 0; i < 9; i++) {
      name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return kept(name.toString(), where);
  }

  /// One with a capital, a dot and digits, as people's names in addresses are.
  String address(String where) {
    var first = name(where);
    return first.substring(0, 1).toUpperCase(Locale.ROOT)
        + first.substring(1)
        + "."
        + name(where)
        + random.nextInt(10, 99);
  }

  /// One in Chinese characters.
  String hanzi(String where) {
    var name = new StringBuilder();
    for (var i = 0; i < 4; i++) {
      name.appendCodePoint(0x4E00 + random.nextInt(0x5000));
    }
    return kept(name.toString(), where);
  }

  /// One that looks like a telephone number.
  String number(String where) {
    return kept("13" + random.nextLong(100_000_000L, 1_000_000_000L), where);
  }

  private String kept(String name, String where) {
    planted.put(name, where);
    return name;
  }

  int count() {
    return planted.size();
  }

  /// What of it stands in `sent`, with where it was planted.
  List<String> in(byte[] sent) {
    var exact = new String(sent, StandardCharsets.ISO_8859_1);
    var folded = exact.toLowerCase(Locale.ROOT);
    var found = new ArrayList<String>();
    planted.forEach((name, where) -> {
      var seen = new TreeSet<String>();
      for (var spelt :
          List.of(
              name,
              name.toUpperCase(Locale.ROOT),
              name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))) {
        for (var form : base64(spelt)) {
          if (exact.contains(form)) {
            seen.add("base64 " + form);
          }
        }
        for (var form : forms(spelt)) {
          if (folded.contains(form.toLowerCase(Locale.ROOT))) {
            seen.add(form);
          }
        }
      }
      if (!seen.isEmpty()) {
        found.add(name + " of " + where + " as " + seen);
      }
    });
    return found;
  }

  /// Those whose letters may change case and stay the same.
  private static List<String> forms(String name) {
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    var escapes = new StringBuilder();
    name.chars().forEach(c -> escapes.append("\\u%04x".formatted(c)));
    return List.of(
        new String(bytes, StandardCharsets.ISO_8859_1),
        HexFormat.of().formatHex(bytes),
        HexFormat.of().withPrefix("%").formatHex(bytes),
        HexFormat.of().withPrefix("\\x").formatHex(bytes),
        escapes.toString());
  }

  /// What is left of it wherever it begins in what was encoded.
  private static List<String> base64(String name) {
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    var forms = new ArrayList<String>();
    for (var offset = 0; offset < 3; offset++) {
      var shifted = new byte[offset + bytes.length];
      System.arraycopy(bytes, 0, shifted, offset, bytes.length);
      for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
        var text = encoder.withoutPadding().encodeToString(shifted);
        // The first and last characters share bits with what stands beside the name.
        forms.add(text.substring((offset * 8 + 5) / 6, shifted.length * 8 / 6));
      }
    }
    return forms;
  }
}
