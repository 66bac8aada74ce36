package dev.interdict.server.cli.importing;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.cli.terminal.Exit;
import dev.interdict.server.cli.terminal.Failure;
import java.nio.charset.StandardCharsets;

/// What a foreign file begins with, and JSON from it.
final class Foreign {
  /// What a file may have at most.
  static final int MOST = 16 << 20;

  private static final JsonLimits LIMITS = new JsonLimits(MOST, 32, 1 << 20, 500_000, false);

  private Foreign() {}

  /// Whether the first character that is no space says that it is XML.
  static boolean isXml(byte[] content) {
    return start(content).startsWith("<");
  }

  static boolean isJson(byte[] content) {
    var start = start(content);
    return start.startsWith("{") || start.startsWith("[");
  }

  private static String start(byte[] content) {
    var length = Math.min(content.length, 256);
    return new String(content, 0, length, StandardCharsets.UTF_8).replace("\uFEFF", "").strip();
  }

  static Json json(byte[] content) {
    try {
      return JsonReader.read(content, LIMITS);
    } catch (JsonException e) {
      throw new Failure(Exit.FOUND, "it is no JSON that can be read: " + e.getMessage());
    }
  }

  static Failure no(String what, String instead) {
    return new Failure(Exit.FOUND, "it holds no " + what + "; " + instead);
  }
}
