package dev.interdict.agent.sources.editors;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Executables;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Extensions of VS Code and the editors made from it, on the desktop and as the server end of a
/// remote session. Identity and version come from each extension's manifest, since the folder's
/// name carries a platform suffix.
///
/// Does not see: an extensions folder given on the command line, portable editors, and the editors'
/// caches of archives that are not unpacked.
public final class VsCodeSource implements Source {
  private static final List<String> ROOTS =
      Stream.concat(
              Stream.of(
                      ".vscode",
                      ".vscode-insiders",
                      ".vscode-server",
                      ".vscode-server-insiders",
                      ".vscode-remote",
                      ".vscode-oss",
                      ".vscodium-server",
                      ".cursor",
                      ".cursor-server",
                      ".windsurf",
                      ".windsurf-server",
                      ".qoder",
                      ".qoder-server",
                      ".trae",
                      ".trae-server",
                      ".trae-cn",
                      ".trae-cn-server",
                      ".kiro",
                      ".kiro-server",
                      ".antigravity",
                      ".antigravity-ide",
                      ".antigravity-server")
                  .map(editor -> editor + "/extensions"),
              Stream.of(
                  ".local/share/code-server/extensions",
                  ".var/app/com.visualstudio.code/data/vscode/extensions",
                  ".var/app/com.vscodium.codium/data/codium/extensions"))
          .toList();

  /// Where extensions keep programs.
  private static final List<String> PROGRAMS = List.of("bin", "resources", "server", "native");

  @Override
  public String name() {
    return "vscode";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    for (var pattern : ROOTS) {
      for (var root : places.find(places.within(), pattern)) {
        root(home.home(), places, root);
      }
    }
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    // What comes with an editor itself belongs to the editor's package.
  }

  private void root(Home home, Places places, BytePath root) {
    var index = index(places, root);
    var obsolete = obsolete(places, root);
    Set<BytePath> folders = new LinkedHashSet<>();
    Map<BytePath, List<BytePath>> links = new HashMap<>();
    for (var entry : places.list(root)) {
      var path = root.resolve(entry.name());
      if (entry.kind() == FileKind.DIRECTORY || entry.kind() == FileKind.LINK) {
        folders.addAll(places.at(path));
      }
      if (entry.kind() == FileKind.LINK) {
        places.at(path).forEach(to -> links.computeIfAbsent(to, _ -> new ArrayList<>()).add(path));
      }
    }
    for (var listed : index) {
      folders.addAll(places.at(listed));
    }
    // The editor deletes what it lists as obsolete when it next starts; what its index still lists
    // at the same time is in use.
    folders.removeIf(folder ->
        folder.startsWith(root) && obsolete.contains(folder.nameText()) && !index.contains(folder));
    for (var folder : folders) {
      var installed = folder.startsWith(root);
      extension(home, places, folder, installed ? null : links.getOrDefault(folder, List.of()));
    }
  }

  /// @param links null for a folder that an editor put there; else it is somebody's work elsewhere,
  ///   of which only the links to it belong to the installation
  private static void extension(
      Home home, Places places, BytePath folder, @Nullable List<BytePath> links) {
    var file = folder.resolve("package.json");
    try {
      var manifest = Metadata.object(places.tree(), file);
      var fact = places.tree().stat(folder);
      if (manifest == null || fact == null) {
        return;
      }
      var publisher = Metadata.text(manifest, "publisher");
      var name = Metadata.text(manifest, "name");
      if (publisher == null || name == null || !plain(publisher) || !plain(name)) {
        throw Metadata.malformed(file, "states no valid publisher and name");
      }
      var version = Metadata.text(manifest, "version");
      var parts = links == null ? installed(places, folder, fact) : linked(places, links);
      var id = (publisher + "." + name).toLowerCase(Locale.ROOT);
      places
          .out()
          .item(
              new Item(
                  "vscode",
                  new Identity.OfExtension("vscode", id),
                  Metadata.plainVersion(version) ? version : null,
                  home,
                  folder,
                  parts));
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private static List<Part> installed(Places places, BytePath folder, FileFact fact)
      throws UnreadableException {
    var parts = new ArrayList<Part>();
    parts.add(new Part(Part.Role.MAIN, folder, fact.id(), fact.kind()));
    for (var programs : PROGRAMS) {
      for (var directory : places.at(folder.resolve(programs))) {
        parts.addAll(Executables.below(places.tree(), directory));
      }
    }
    return parts;
  }

  private static List<Part> linked(Places places, List<BytePath> links) throws UnreadableException {
    var parts = new ArrayList<Part>();
    for (var link : links) {
      var fact = places.tree().stat(link);
      if (fact != null && fact.kind() == FileKind.LINK) {
        parts.add(new Part(Part.Role.LAUNCHER, link, fact.id(), FileKind.LINK));
      }
    }
    return parts;
  }

  /// The folders that `extensions.json` lists, some of which may lie elsewhere in the home or be
  /// gone.
  private static Set<BytePath> index(Places places, BytePath root) {
    var folders = new LinkedHashSet<BytePath>();
    var file = root.resolve("extensions.json");
    try {
      var json = Metadata.json(places.tree(), file);
      if (json instanceof Json.Arr(var entries)) {
        for (var entry : entries) {
          folders.addAll(listed(places, root, entry));
        }
      } else if (json != null) {
        throw Metadata.malformed(file, "is no list of extensions");
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
    return folders;
  }

  private static List<BytePath> listed(Places places, BytePath root, Json entry) {
    if (!(entry instanceof Json.Obj extension)) {
      return List.of();
    }
    var relative = Metadata.text(extension, "relativeLocation");
    var path =
        extension.get("location") instanceof Json.Obj location
            ? Metadata.text(location, "path")
            : null;
    return Stream.of(relative, path)
        .filter(Objects::nonNull)
        .filter(text -> !text.isEmpty())
        .map(text -> Links.lexical(root, text.getBytes(StandardCharsets.UTF_8)))
        .filter(Objects::nonNull)
        .filter(place -> place.startsWith(places.within()) && !root.startsWith(place))
        .toList();
  }

  private static Set<String> obsolete(Places places, BytePath root) {
    try {
      var json = Metadata.object(places.tree(), root.resolve(".obsolete"));
      return json == null
          ? Set.of()
          : json.members().entrySet().stream()
              .filter(entry -> entry.getValue() == Json.Bool.TRUE)
              .map(Map.Entry::getKey)
              .collect(Collectors.toSet());
    } catch (UnreadableException e) {
      places.out().gap(e);
      return Set.of();
    }
  }

  /// What the marketplace allows in a publisher and a name.
  private static boolean plain(String text) {
    return !text.isEmpty()
        && text.length() <= 128
        && text.chars()
            .allMatch(c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '-'
                    || c == '_'
                    || c == '.');
  }
}
