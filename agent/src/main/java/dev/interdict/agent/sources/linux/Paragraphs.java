package dev.interdict.agent.sources.linux;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Paragraphs of `Name: value` lines with a blank line between, as dpkg (deb-control(5)) and apk
/// keep their packages. Lines that begin with a blank go on with the one before and are passed
/// over.
final class Paragraphs {
  private Paragraphs() {}

  /// The paragraphs that hold any of the wanted fields, each under the name that was asked for.
  ///
  /// @param folded whether names compare without case
  static List<Map<String, String>> of(byte[] bytes, Set<String> wanted, boolean folded) {
    var paragraphs = new ArrayList<Map<String, String>>();
    Map<String, String> fields = new LinkedHashMap<>();
    for (var line :
        (Iterable<String>) new String(bytes, StandardCharsets.UTF_8).lines()::iterator) {
      if (line.isBlank()) {
        if (!fields.isEmpty()) {
          paragraphs.add(fields);
          fields = new LinkedHashMap<>();
        }
      } else if (line.charAt(0) != ' ' && line.charAt(0) != '\t') {
        field(line, wanted, folded, fields);
      }
    }
    if (!fields.isEmpty()) {
      paragraphs.add(fields);
    }
    return paragraphs;
  }

  private static void field(
      String line, Set<String> wanted, boolean folded, Map<String, String> fields) {
    for (var name : wanted) {
      if (line.length() > name.length()
          && line.charAt(name.length()) == ':'
          && line.regionMatches(folded, 0, name, 0, name.length())) {
        fields.put(name, line.substring(name.length() + 1).strip());
      }
    }
  }
}
