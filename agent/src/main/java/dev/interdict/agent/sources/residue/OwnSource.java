package dev.interdict.agent.sources.residue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Ini;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What may be taken away with a place that packages come from: the file that names it and nothing
/// else, and the keys that no other such file names. A file with anything more in it, even switched
/// off, is somebody else's as well and has no parts.
final class OwnSource {
  private static final Pattern KEY =
      Pattern.compile(
          "(?i)(?:signed-by[=:][ \\t]*|gpgkey[ \\t]*=[ \\t]*file://)(/[A-Za-z0-9._/+-]{1,200})");
  private static final Pattern PLACE = Pattern.compile("\\s*deb\\s.*");

  /// Nothing, or a remark that is no place switched off.
  private static final Pattern REMARK = Pattern.compile("\\s*(#(?!\\s*deb(-src)?\\s).*)?");

  private static final List<BytePath> KEY_FOLDERS =
      List.of(
          BytePath.parse("/etc/apt/keyrings"),
          BytePath.parse("/usr/share/keyrings"),
          BytePath.parse("/etc/pki/rpm-gpg"));

  private OwnSource() {}

  /// The parts of a file in a folder of such files that says nothing but one place; none of
  /// another.
  ///
  /// @param texts every file of the machine that names such places
  static List<Part> parts(Tree tree, BytePath file, Map<BytePath, String> texts)
      throws UnreadableException {
    var text = texts.getOrDefault(file, "");
    var folder = file.parent().nameText().endsWith(".d");
    if (!folder || !single(file.nameText(), text)) {
      return List.of();
    }
    var parts = new ArrayList<Part>();
    add(tree, file, parts);
    for (var key : keys(text)) {
      var shared =
          texts.entrySet().stream()
              .anyMatch(other ->
                  !other.getKey().equals(file) && other.getValue().contains(key.toString()));
      if (!shared) {
        add(tree, key, parts);
      }
    }
    return parts;
  }

  private static void add(Tree tree, BytePath path, List<Part> parts) throws UnreadableException {
    var fact = tree.stat(path);
    if (fact != null && fact.kind() == FileKind.REGULAR) {
      parts.add(new Part(Part.Role.MAIN, path, fact.id(), fact.kind()));
    }
  }

  private static boolean single(String name, String text) {
    if (name.endsWith(".list")) {
      return text.lines().filter(line -> !REMARK.matcher(line).matches()).count() == 1
          && text.lines().anyMatch(line -> PLACE.matcher(line).matches());
    }
    if (name.endsWith(".sources")) {
      return Arrays.stream(text.split("\\n[ \\t\\r]*\\n"))
              .filter(piece -> piece.contains(":"))
              .count()
          == 1;
    }
    return name.endsWith(".repo") && Ini.read(text, true).size() == 1;
  }

  static Set<BytePath> keys(String text) {
    var keys = new LinkedHashSet<BytePath>();
    var match = KEY.matcher(text);
    while (match.find()) {
      try {
        var key = BytePath.parse(match.group(1));
        if (KEY_FOLDERS.contains(key.parent())) {
          keys.add(key);
        }
      } catch (IllegalArgumentException e) {
        // It climbs, and so is none of ours.
      }
    }
    return keys;
  }
}
