package dev.interdict.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/// Puts pieces that mean something to parsers where they were not.
final class Tokens {
  private static final String[] COMMON = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "/",
    "//",
    ".",
    "..",
    "../",
    "%",
    "%2F",
    "%00",
    "%ff",
    "=",
    "&",
    ";",
    "#",
    "?",
    "@",
    "|",
    "*",
    "**",
    "~",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\u0000",
    "\u001b[2J",
    "\u202e",
    "\u00e9",
    "e\u0301",
    "\ud83d\ude00",
    "\u2028",
    "null",
    "true",
    "NaN",
    "0",
    "-0",
    "-1",
    "00",
    "1.0",
    "1e9",
    "1e999999999",
    "2147483648",
    "-2147483649",
    "9007199254740992",
    "9223372036854775807",
    "9223372036854775808",
    "99999999999999999999999999999999",
    "\\u0000",
    "\\ud800",
    "\\udc00\\ud800",
    "0x10",
    "${HOME}",
    "2026-02-30",
    "24:00:00",
    "T23:59:60Z",
    "+18:00",
    "P999999999999D",
    "PT-1S",
    "P2147483648D",
    "-----BEGIN PUBLIC KEY-----",
    "-----END PUBLIC KEY-----"
  };

  private Tokens() {}

  static byte[] edit(byte[] bytes, List<byte[]> words, Random random) {
    var token = token(words, random);
    var from = random.nextInt(bytes.length + 1);
    var to = random.nextBoolean() ? from : end(bytes, from);
    return Bytes.replaced(bytes, from, to, token);
  }

  private static byte[] token(List<byte[]> words, Random random) {
    if (!words.isEmpty() && random.nextBoolean()) {
      return words.get(random.nextInt(words.size()));
    }
    return COMMON[random.nextInt(COMMON.length)].getBytes(StandardCharsets.UTF_8);
  }

  /// The end of the word or number at `from`.
  private static int end(byte[] bytes, int from) {
    var end = from;
    while (end < bytes.length && Character.isLetterOrDigit(bytes[end])) {
      end++;
    }
    return end;
  }
}
