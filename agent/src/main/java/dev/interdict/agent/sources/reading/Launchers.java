package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What stands in a `bin` folder and starts something that lies elsewhere: links by where they
/// lead, generated scripts by what they name. A link or script that leads nowhere of interest is
/// the user's own and is left alone.
public final class Launchers {
  /// Those of pnpm 11 have six thousand bytes besides the paths in them.
  private static final int MAX_SCRIPT = 32 << 10;

  /// Of links that lead to links: Yarn's starters lead to those beside its packages.
  private static final int MAX_CHAIN = 4;

  /// How scripts write the folder that they lie in, or the one above.
  private static final List<String> FROM_HERE =
      List.of("basedir", "%~dp0", "%~dp0/", "%dp0%", "%dp0%/", "/..", "'..");

  /// What can follow a path or a name in a script.
  private static final String ENDS = "/\"' \t\r\n";

  /// One small script.
  private record Script(BytePath path, FileId id, BytePath prefix, String name, String text) {}

  private final Places places;

  /// Links by the path that their text means and every folder above that.
  private final Map<BytePath, List<BytePath>> links = new HashMap<>();

  private final List<Script> scripts = new ArrayList<>();

  public Launchers(Places places) {
    this.places = places;
  }

  /// Reads the links of a folder.
  public void links(BytePath bin) {
    for (var entry : places.list(bin)) {
      if (entry.kind() == FileKind.LINK) {
        try {
          link(bin, bin.resolve(entry.name()));
        } catch (UnreadableException e) {
          places.out().gap(e);
        }
      }
    }
  }

  private void link(BytePath bin, BytePath path) throws UnreadableException {
    var text = places.tree().readLink(path);
    var target = text == null ? null : Links.lexical(bin, text);
    for (var above = target; above != null && above.depth() > 0; above = above.parent()) {
      links.computeIfAbsent(above, _ -> new ArrayList<>()).add(path);
    }
  }

  /// Reads the generated scripts of those names in a folder.
  ///
  /// @param prefix below which lies what they start
  public void scripts(BytePath bin, BytePath prefix, Set<String> names) {
    for (var entry : places.list(bin)) {
      var path = bin.resolve(entry.name());
      var name = commandOf(path.nameText());
      if (entry.kind() == FileKind.REGULAR && names.contains(name)) {
        try {
          script(path, prefix, name);
        } catch (UnreadableException e) {
          places.out().gap(e);
        }
      }
    }
  }

  private void script(BytePath path, BytePath prefix, String name) throws UnreadableException {
    var fact = places.tree().stat(path);
    if (fact == null || fact.size() > MAX_SCRIPT) {
      return;
    }
    var bytes = places.tree().read(path, MAX_SCRIPT);
    if (bytes != null) {
      var text = new String(bytes, StandardCharsets.UTF_8).replace('\\', '/');
      scripts.add(new Script(path, fact.id(), prefix, name, text));
    }
  }

  /// On Windows one command has three scripts: `x`, `x.cmd` and `x.ps1`.
  private static String commandOf(String file) {
    return file.endsWith(".cmd") || file.endsWith(".ps1")
        ? file.substring(0, file.length() - 4)
        : file;
  }

  /// The links that lead to `place` or below it, and those that lead to such a link.
  public List<Part> into(BytePath place) {
    var found = new LinkedHashSet<BytePath>();
    into(place, found, MAX_CHAIN);
    return found.stream().filter(link -> !link.startsWith(place)).flatMap(this::part).toList();
  }

  private void into(BytePath place, Set<BytePath> found, int chain) {
    for (var link : links.getOrDefault(place, List.of())) {
      if (found.add(link) && chain > 0) {
        into(link, found, chain - 1);
      }
    }
  }

  private Stream<Part> part(BytePath link) {
    try {
      var fact = places.tree().stat(link);
      return fact != null && fact.kind() == FileKind.LINK
          ? Stream.of(new Part(Part.Role.LAUNCHER, link, fact.id(), FileKind.LINK))
          : Stream.of();
    } catch (UnreadableException e) {
      places.out().gap(e);
      return Stream.of();
    }
  }

  /// The generated scripts of the command `name` that start a file of a package, told by its path
  /// from the script's prefix on or from beside the script.
  ///
  /// @param exactly how else they may name it, such as Deno's `npm:x@1.0.0`
  /// @param paths where that package lies; the same package below another prefix has its own
  public List<Part> of(String name, String exactly, List<BytePath> paths) {
    return scripts.stream()
        .filter(script -> script.name().equals(name))
        .filter(script -> paths.stream().anyMatch(path -> path.startsWith(script.prefix())))
        .filter(script ->
            paths.stream().anyMatch(path -> names(script, path))
                || holds(script.text(), exactly)
                || holds(script.text(), "node_modules/.bin/" + name))
        .map(script -> new Part(Part.Role.LAUNCHER, script.path(), script.id(), FileKind.REGULAR))
        .toList();
  }

  /// Whether a script names a path: absolutely, from its prefix on, or from beside its folder on.
  private static boolean names(Script script, BytePath path) {
    var beside = script.path().parent().parent();
    return holds(script.text(), path.toString())
        || namesFrom(script.prefix(), script, path)
        || namesFrom(beside, script, path);
  }

  private static boolean namesFrom(BytePath place, Script script, BytePath path) {
    return path.startsWith(place)
        && FROM_HERE.stream().anyMatch(here -> holds(script.text(), here + path.relativeTo(place)));
  }

  /// Whether a script holds that text as a whole: a longer name is another's.
  private static boolean holds(String script, String text) {
    for (var at = script.indexOf(text); at >= 0; at = script.indexOf(text, at + 1)) {
      var end = at + text.length();
      if (end == script.length() || ENDS.indexOf(script.charAt(end)) >= 0 || isShim(script, end)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isShim(String script, int end) {
    return script.startsWith(".cmd\"", end) || script.startsWith(".ps1\"", end);
  }
}
