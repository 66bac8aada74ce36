package dev.interdict.agent.sources.editors;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.RecordedPath;
import dev.interdict.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What an editor of the VS Code family has written down of the extensions in one folder:
/// `extensions.json` there and one more for each further profile, and `.obsolete`.
///
/// @param known whether the editor's own list was there to be read
/// @param listed folders by that list; some lie elsewhere in the home or are gone
/// @param inProfiles folders by the lists of profiles
/// @param obsolete names of folders that the editor deletes when it next starts
record ExtensionIndex(
    boolean known, Set<BytePath> listed, Set<BytePath> inProfiles, Set<String> obsolete) {

  /// Reads them; what is broken is a gap and counts as empty.
  ///
  /// @param userData folders that hold `User/profiles`
  static ExtensionIndex of(Places places, BytePath root, List<BytePath> userData) {
    var listed = new LinkedHashSet<BytePath>();
    var known = list(places, root, root.resolve("extensions.json"), listed);
    var inProfiles = new LinkedHashSet<BytePath>();
    for (var data : userData) {
      for (var profile : places.find(data, "User/profiles/*")) {
        list(places, root, profile.resolve("extensions.json"), inProfiles);
      }
    }
    return new ExtensionIndex(known, listed, inProfiles, obsolete(places, root));
  }

  /// Whether any list holds the folder. What one of them does is in use, whatever is obsolete.
  boolean lists(BytePath folder) {
    return listed.contains(folder) || inProfiles.contains(folder);
  }

  private static boolean list(Places places, BytePath root, BytePath file, Set<BytePath> folders) {
    try {
      var json = Metadata.json(places.tree(), file);
      if (json instanceof Json.Arr(var entries)) {
        for (var entry : entries) {
          folders.addAll(folders(places, root, file, entry));
        }
      } else if (json != null) {
        throw Metadata.malformed(file, "is no list of extensions");
      }
      return json != null;
    } catch (UnreadableException e) {
      places.out().gap(e);
      return false;
    }
  }

  private static List<BytePath> folders(Places places, BytePath root, BytePath file, Json entry) {
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
}
