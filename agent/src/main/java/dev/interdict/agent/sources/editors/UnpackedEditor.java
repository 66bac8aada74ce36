package dev.interdict.agent.sources.editors;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;
import java.util.Set;

/// An editor that was unpacked anywhere in a home. One of the VS Code family is told by its
/// `product.json`, and is portable where a `data` folder lies beside it (on macOS, beside the
/// application); a JetBrains IDE by its `product-info.json`.
public final class UnpackedEditor {
  private UnpackedEditor() {}

  /// Looks at a folder that has been listed.
  public static void look(Home home, Places places, BytePath folder, List<Tree.Entry> entries) {
    var portable = new Extensions(home, places, "a portable editor");
    for (var entry : entries) {
      var path = folder.resolve(entry.name());
      if (entry.kind() == FileKind.DIRECTORY) {
        if (path.nameText().equals("resources") && there(places, path, "app/product.json")) {
          added(portable, places, folder.resolve("data"));
          places.find(path, "app/extensions").forEach(portable::builtIn);
        } else if (path.nameText().endsWith("-portable-data")) {
          added(portable, places, path);
        } else if (path.nameText().equals("plugins")
            && there(places, folder, "product-info.json")) {
          new PluginHome(home, places, "built into an IDE", Set.of()).builtIn(path);
        }
      }
    }
  }

  private static void added(Extensions portable, Places places, BytePath data) {
    for (var root : places.find(data, "extensions")) {
      portable.added(root, places.find(data, "user-data"));
    }
  }

  private static boolean there(Places places, BytePath folder, String file) {
    try {
      return places.tree().stat(folder.resolve(file)) != null;
    } catch (UnreadableException e) {
      places.out().gap(e);
      return false;
    }
  }
}
