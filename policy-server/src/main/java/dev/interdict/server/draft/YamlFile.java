package dev.interdict.server.draft;

import dev.interdict.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A file that people write, YAML 1.2 or JSON, read into JSON together with the places of its
/// values.
///
/// @param name as findings show it
/// @param lines of the file, for remarks that allow a warning
public record YamlFile(String name, Json json, Places places, List<String> lines) {
  /// Longest file, in bytes.
  static final int MAX_BYTES = 256 << 10;

  public YamlFile {
    lines = List.copyOf(lines);
  }

  /// A file that was read, or why it was not.
  public sealed interface Reading {
    record Read(YamlFile file) implements Reading {}

    record Malformed(Finding finding) implements Reading {}
  }

  /// Reads the file's content.
  public static Reading read(String name, byte[] content) {
    if (content.length > MAX_BYTES) {
      return malformed(
          name,
          Place.START,
          "is "
              + content.length
              + " bytes long, limit is "
              + MAX_BYTES
              + "; write one rule a file");
    }
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
      var bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
      return new YamlPass(bare).read(name);
    } catch (CharacterCodingException e) {
      return malformed(name, Place.START, "is not UTF-8; save it as UTF-8");
    }
  }

  static Reading malformed(String name, Place at, String message) {
    return new Reading.Malformed(new Finding(name, at, LintCode.R001, message));
  }
}
