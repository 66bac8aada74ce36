package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a `package.json` says of its package, as far as an inventory needs it.
///
/// @param name as the file writes it, checked: the folder's own name may be an alias
/// @param version as the file writes it; null where it states none or none that can be compared
/// @param programs the commands it installs, each with its file relative to the package
/// @param platform whether it is for one operating system or processor only, and so carries a
///   program rather than a script
record PackageManifest(
    String name,
    @Nullable String version,
    SequencedMap<String, BytePath> programs,
    boolean platform) {
  private static final Set<String> MEMBERS = Set.of("name", "version", "bin", "os", "cpu");
  private static final int MAX_NAME = 214;
  private static final int MAX_PROGRAMS = 64;
  private static final int MAX_FILE = 4096;
  private static final String MARKS = "-._~!'()*";

  /// The manifest of the package in `directory`, or null where there is none.
  ///
  /// @throws UnreadableException if it is there and is no manifest; the content is not quoted
  static @Nullable PackageManifest read(Tree tree, BytePath directory) throws UnreadableException {
    var file = directory.resolve("package.json");
    var json = Metadata.members(tree, file, MEMBERS);
    return json == null ? null : of(file, json);
  }

  /// The same of what stands in the file.
  ///
  /// @throws UnreadableException if it is no manifest
  static PackageManifest of(BytePath file, Json.Obj json) throws UnreadableException {
    var name = Metadata.text(json, "name");
    if (name == null || !validName(name)) {
      throw Metadata.malformed(file, "states no valid package name");
    }
    var version = Metadata.text(json, "version");
    return new PackageManifest(
        name,
        Metadata.plainVersion(version) ? version : null,
        programs(name, json.get("bin")),
        json.get("os") instanceof Json.Arr || json.get("cpu") instanceof Json.Arr);
  }

  /// The rule of the npm registry, with the capitals and marks of its early days.
  private static boolean validName(String name) {
    if (name.length() > MAX_NAME) {
      return false;
    }
    var parts = name.startsWith("@") ? name.substring(1).split("/", -1) : new String[] {name};
    if (parts.length != (name.startsWith("@") ? 2 : 1)) {
      return false;
    }
    return List.of(parts).stream().allMatch(PackageManifest::validPart);
  }

  private static boolean validPart(String part) {
    return !part.isEmpty()
        && part.charAt(0) != '.'
        && part.chars()
            .allMatch(c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || MARKS.indexOf(c) >= 0);
  }

  private static SequencedMap<String, BytePath> programs(String name, @Nullable Json bin) {
    SequencedMap<String, BytePath> programs = new LinkedHashMap<>();
    Map<String, Json> stated = Map.of();
    if (bin instanceof Json.Text) {
      stated = Map.of(name.substring(name.lastIndexOf('/') + 1), bin);
    } else if (bin instanceof Json.Obj(var members)) {
      stated = members;
    }
    for (var entry : stated.entrySet()) {
      if (entry.getValue() instanceof Json.Text(var text) && programs.size() < MAX_PROGRAMS) {
        var file = inside(text);
        if (file != null) {
          programs.put(entry.getKey(), file);
        }
      }
    }
    return programs;
  }

  /// The path below the package, or null for one that climbs out of it.
  private static @Nullable BytePath inside(String relative) {
    if (relative.length() > MAX_FILE) {
      return null;
    }
    var path = BytePath.ROOT;
    for (var component : relative.split("/")) {
      if (component.equals("..")) {
        return null;
      }
      if (!component.isEmpty() && !component.equals(".")) {
        try {
          path = path.resolve(component);
        } catch (IllegalArgumentException e) {
          return null;
        }
      }
    }
    return path.depth() == 0 ? null : path;
  }
}
