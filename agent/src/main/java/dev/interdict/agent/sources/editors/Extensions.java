package dev.interdict.agent.sources.editors;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The extensions of one editor in one place.
///
/// @param owner null for what the whole machine has
/// @param editor its name, for people
record Extensions(@Nullable Home owner, Places places, String editor) {

  /// Those that a user added: what lies in a folder of extensions or is listed there.
  ///
  /// @param userData folders that hold `User/profiles`
  void added(BytePath root, List<BytePath> userData) {
    var index = ExtensionIndex.of(places, root, userData);
    var folders = Children.of(places, root);
    index.listed().forEach(folders::include);
    index.inProfiles().forEach(folders::include);
    folders
        .links()
        .forEach((folder, links) -> {
          // A work folder of git was put there by a person, to be worked on.
          var installed = folder.startsWith(root) && places.at(folder.resolve(".git")).isEmpty();
          // The editor deletes what it lists as obsolete when it next starts; what another list
          // still holds at the same time is in use.
          if (!installed || index.lists(folder) || !index.obsolete().contains(folder.nameText())) {
            var extension = new ExtensionManifest(places, folder);
            var origin = origin(index, folder, installed);
            if (installed) {
              extension.installed(owner, origin, index.amendments(folder));
            } else {
              extension.linked(owner, origin, links, index.amendments(folder));
            }
          }
        });
  }

  /// Those that come with the editor and belong to it: they have no parts of their own.
  void builtIn(BytePath root) {
    for (var folder : Children.of(places, root).links().keySet()) {
      new ExtensionManifest(places, folder)
          .linked(owner, "built into " + editor, List.of(), List.of());
    }
  }

  private String origin(ExtensionIndex index, BytePath folder, boolean installed) {
    if (!installed) {
      return editor + ", from a work folder";
    }
    if (index.listed().contains(folder) || !index.known()) {
      return editor;
    }
    return index.inProfiles().contains(folder)
        ? "profile of " + editor
        : editor + ", left on disk and no longer listed";
  }
}
