package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What stands in a `bin` folder and starts something that lies elsewhere: links by where they
/// lead, generated scripts by what they name. A link or script that leads nowhere of interest is
/// the user's own and is left alone.
public final class Launchers {
  private static final int MAX_SCRIPT = 8 << 10;

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

  /// The links that lead to `place` or below it.
  public List<Part> into(BytePath place) {
    return links.getOrDefault(place, List.of()).stream()
        .filter(link -> !link.startsWith(place))
        .flatMap(this::part)
        .toList();
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

  /// The generated scripts of the command `name` that start a file of the npm package
  /// `packageName`.
  ///
  /// @param paths where that package lies; the same package below another prefix has its own
  public List<Part> of(String name, String packageName, List<BytePath> paths) {
    return scripts.stream()
        .filter(script -> script.name().equals(name))
        .filter(script -> paths.stream().anyMatch(path -> path.startsWith(script.prefix())))
        .filter(script ->
            script.text().contains("node_modules/" + packageName + "/")
                || script.text().contains("node_modules/.bin/" + name + "\""))
        .map(script -> new Part(Part.Role.LAUNCHER, script.path(), script.id(), FileKind.REGULAR))
        .toList();
  }
}
