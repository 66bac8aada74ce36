package dev.interdict.agent.sources.python;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files that an installer says it put down for one distribution: those in the folder of
/// packages, and the programs in the environment's `bin`. Everything else that the list names
/// (manuals, data beside the environment) is left out, and so is Python's compiled cache.
///
/// The programs are kept by name only: below a folder that `pip install --target` made, the list
/// leads to a `bin` that is somebody else's.
///
/// @param paths relative to the folder of packages, `/` between components, none that climbs
/// @param programs what stands in `bin` or `Scripts`
record InstalledFiles(List<String> paths, List<Program> programs) {
  private static final int MAX_BYTES = 16 << 20;
  private static final int MAX_PATH = 1024;
  private static final int MAX_DEPTH = 32;

  /// One program, as it was when it was installed.
  ///
  /// @param sha256 of its content, in URL-safe base64 without padding
  /// @param length in bytes
  record Program(String name, String sha256, long length) {}

  /// What `RECORD` of a `.dist-info` lists, or null where there is none: lines of
  /// `path,sha256=digest,size` (packaging.python.org, recording installed projects).
  ///
  /// @throws UnreadableException if it is there and cannot be read
  static @Nullable InstalledFiles record(Tree tree, BytePath distInfo) throws UnreadableException {
    var bytes = tree.read(distInfo.resolve("RECORD"), MAX_BYTES);
    return bytes == null ? null : parse(bytes, List.of());
  }

  /// What `installed-files.txt` of an `.egg-info` lists, as pip up to version 21 wrote it: paths
  /// relative to that folder, without a digest; null where there is none.
  ///
  /// @throws UnreadableException if it is there and cannot be read
  static @Nullable InstalledFiles legacy(Tree tree, BytePath eggInfo) throws UnreadableException {
    var bytes = tree.read(eggInfo.resolve("installed-files.txt"), MAX_BYTES);
    return bytes == null ? null : parse(bytes, List.of(eggInfo.nameText()));
  }

  /// For each of those folders, none of which lies in another, the names of what is listed in it.
  Map<String, Set<String>> inside(List<String> folders) {
    Map<String, Set<String>> names = new HashMap<>();
    folders.forEach(folder -> names.put(folder, new LinkedHashSet<>()));
    for (var path : paths) {
      for (var slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
        var inside = names.get(path.substring(0, slash));
        if (inside != null) {
          inside.add(path.substring(slash + 1).split("/", 2)[0]);
          break;
        }
      }
    }
    return names;
  }

  private static InstalledFiles parse(byte[] bytes, List<String> base) {
    var paths = new LinkedHashSet<String>();
    Map<String, Program> programs = new LinkedHashMap<>();
    for (var line :
        (Iterable<String>) new String(bytes, StandardCharsets.UTF_8).lines()::iterator) {
      var end = endOfPath(line);
      var path = unquoted(line.substring(0, end));
      var name = programName(path);
      if (name != null) {
        var program = program(name, line.substring(end));
        if (program != null) {
          programs.put(name, program);
        }
      } else if (!path.contains("__pycache__")) {
        var inside = inside(path, base);
        if (inside != null) {
          paths.add(inside);
        }
      }
    }
    return new InstalledFiles(List.copyOf(paths), List.copyOf(programs.values()));
  }

  /// Paths are quoted as in CSV only where they hold a comma or a quote.
  private static int endOfPath(String line) {
    var from = 0;
    if (line.startsWith("\"")) {
      var quote = line.indexOf('"', 1);
      while (quote >= 0 && line.startsWith("\"\"", quote)) {
        quote = line.indexOf('"', quote + 2);
      }
      from = quote < 0 ? line.length() : quote;
    }
    var comma = line.indexOf(',', from);
    return comma < 0 ? line.length() : comma;
  }

  private static String unquoted(String path) {
    return (path.length() >= 2 && path.startsWith("\"") && path.endsWith("\"")
            ? path.substring(1, path.length() - 1).replace("\"\"", "\"")
            : path)
        .replace('\\', '/');
  }

  /// Null where the list does not say what the program was like.
  private static @Nullable Program program(String name, String rest) {
    var start = ",sha256=";
    var comma = rest.indexOf(',', 1);
    if (!rest.startsWith(start) || comma <= start.length()) {
      return null;
    }
    try {
      var length = Long.parseLong(rest.substring(comma + 1));
      return new Program(name, rest.substring(start.length(), comma), length);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  /// The last component of `../../../bin/name`, or of `bin/name` where packages and programs share
  /// a folder.
  private static @Nullable String programName(String path) {
    var rest = path;
    while (rest.startsWith("../")) {
      rest = rest.substring(3);
    }
    for (var folder : List.of("bin/", "Scripts/")) {
      var name = rest.startsWith(folder) ? rest.substring(folder.length()) : "";
      if (!name.isEmpty() && name.indexOf('/') < 0 && usable(name)) {
        return name;
      }
    }
    return null;
  }

  private static @Nullable String inside(String path, List<String> base) {
    if (path.startsWith("/") || path.length() > MAX_PATH) {
      return null;
    }
    var components = new ArrayDeque<>(base);
    for (var component : path.split("/")) {
      if (component.equals("..")) {
        if (components.pollLast() == null) {
          return null;
        }
      } else if (!component.isEmpty() && !component.equals(".")) {
        if (!usable(component)) {
          return null;
        }
        components.addLast(component);
      }
    }
    return components.isEmpty() || components.size() > MAX_DEPTH
        ? null
        : String.join("/", components);
  }

  private static boolean usable(String component) {
    return !component.equals("..")
        && !component.equals(".")
        && component.length() <= 255
        && component.chars().allMatch(c -> c >= ' ' && c != 0x7f && c != 0xfffd)
        && component.getBytes(StandardCharsets.UTF_8).length <= 255;
  }
}
