package dev.interdict.agent.sources.editors;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.reading.ListFile;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.RecordedPath;
import dev.interdict.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an editor of the VS Code family has written down of the extensions in one folder:
/// `extensions.json` there and one more for each further profile, and `.obsolete`.
final class ExtensionIndex {
  private final Places places;
  private final BytePath root;

  /// Folders by the editor's own list; some lie elsewhere in the home or are gone.
  private final Set<BytePath> listed = new LinkedHashSet<>();

  /// Folders by the lists of profiles.
  private final Set<BytePath> inProfiles = new LinkedHashSet<>();

  /// Names of folders that the editor deletes when it next starts.
  private final Set<String> obsolete = new LinkedHashSet<>();

  /// What to cut out of each list once a folder is gone.
  private final Map<ListFile, Map<BytePath, List<Amendment.Cut>>> cuts = new LinkedHashMap<>();

  private boolean known;

  private ExtensionIndex(Places places, BytePath root) {
    this.places = places;
    this.root = root;
  }

  /// Reads them; what is broken is a gap and counts as empty.
  ///
  /// @param userData folders that hold `User/profiles`
  static ExtensionIndex of(Places places, BytePath root, List<BytePath> userData) {
    var index = new ExtensionIndex(places, root);
    index.known = index.list(root.resolve("extensions.json"), index.listed);
    for (var data : userData) {
      for (var profile : places.find(data, "User/profiles/*")) {
        index.list(profile.resolve("extensions.json"), index.inProfiles);
      }
    }
    index.readObsolete();
    return index;
  }

  /// Whether the editor's own list was there to be read.
  boolean known() {
    return known;
  }

  Set<BytePath> listed() {
    return listed;
  }

  Set<BytePath> inProfiles() {
    return inProfiles;
  }

  Set<String> obsolete() {
    return obsolete;
  }

  /// Whether any list holds the folder. What one of them does is in use, whatever is obsolete.
  boolean lists(BytePath folder) {
    return listed.contains(folder) || inProfiles.contains(folder);
  }

  /// What the lists hold of a folder and shall not once it is gone.
  List<Amendment> amendments(BytePath folder) {
    return cuts.entrySet().stream()
        .flatMap(
            list -> list.getKey().without(list.getValue().getOrDefault(folder, List.of())).stream())
        .toList();
  }

  private boolean list(BytePath file, Set<BytePath> folders) {
    try {
      var list = ListFile.read(places.tree(), file);
      if (list == null) {
        return false;
      }
      if (!(list.json() instanceof Json.Arr)) {
        throw Metadata.malformed(file, "is no list of extensions");
      }
      for (var entry : list.entries(List.of())) {
        for (var folder : folders(file, entry.value())) {
          folders.add(folder);
          note(list, folder, entry.cut());
        }
      }
      return true;
    } catch (UnreadableException e) {
      places.out().gap(e);
      return false;
    }
  }

  private void note(ListFile list, BytePath folder, Amendment.Cut cut) {
    var known = cuts.computeIfAbsent(list, _ -> new LinkedHashMap<>());
    var all = known.computeIfAbsent(folder, _ -> new ArrayList<>());
    if (!all.contains(cut)) {
      all.add(cut);
    }
  }

  private List<BytePath> folders(BytePath file, Json entry) {
    if (!(entry instanceof Json.Obj extension)) {
      return List.of();
    }
    var relative = Metadata.text(extension, "relativeLocation");
    var named =
        Stream.of(relative, localPath(extension))
            .filter(Objects::nonNull)
            .map(text -> RecordedPath.of(root, text))
            .filter(Objects::nonNull)
            .toList();
    var inside =
        named.stream()
            .filter(place -> place.startsWith(places.within()) && !root.startsWith(place))
            .toList();
    if (inside.isEmpty() && !named.isEmpty()) {
      places
          .out()
          .gap(
              new UnreadableException(
                  Reason.LINK_IN_PATH, file, "lists an extension outside of the home"));
    }
    return inside;
  }

  private static @Nullable String localPath(Json.Obj extension) {
    return extension.get("location") instanceof Json.Obj location
            && "file".equals(Objects.requireNonNullElse(Metadata.text(location, "scheme"), "file"))
        ? Metadata.text(location, "path")
        : null;
  }

  private void readObsolete() {
    var file = root.resolve(".obsolete");
    try {
      var list = ListFile.read(places.tree(), file);
      if (list == null) {
        return;
      }
      if (!(list.json() instanceof Json.Obj)) {
        throw Metadata.malformed(file, "is no JSON object");
      }
      for (var entry : list.entries(List.of())) {
        var name = entry.name();
        var folder = name == null ? null : RecordedPath.of(root, name);
        if (name != null && entry.value() == Json.Bool.TRUE) {
          obsolete.add(name);
          if (folder != null && folder.parent().equals(root)) {
            note(list, folder, entry.cut());
          }
        }
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }
}
