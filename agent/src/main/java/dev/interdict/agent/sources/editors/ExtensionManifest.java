package dev.interdict.agent.sources.editors;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Executables;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One folder that may hold an extension of an editor, by the `package.json` in it. A folder
/// without one is none.
///
/// The folder's name does not matter: it carries a platform's suffix and anybody may change it.
record ExtensionManifest(Places places, BytePath folder) {
  /// Where extensions keep programs.
  private static final List<String> PROGRAMS = List.of("bin", "resources", "server", "native");

  /// The parts of an extension, found only where there is one.
  private interface Parts {
    List<Part> find() throws UnreadableException;
  }

  /// One that an editor put there: the folder is its own.
  ///
  /// @param amendments of the editor's lists of what is installed
  void installed(@Nullable Home owner, String origin, List<Amendment> amendments) {
    item(owner, origin, amendments, this::ownFolder);
  }

  /// One in a folder that is somebody's work or belongs to something else.
  ///
  /// @param links that lead to it, which alone belong to the installation
  /// @param amendments as for [#installed]
  void linked(
      @Nullable Home owner, String origin, List<BytePath> links, List<Amendment> amendments) {
    item(owner, origin, amendments, () -> launchers(links));
  }

  private void item(@Nullable Home owner, String origin, List<Amendment> amendments, Parts parts) {
    var file = folder.resolve("package.json");
    try {
      var manifest = Metadata.object(places.tree(), file);
      if (manifest == null) {
        return;
      }
      var publisher = Metadata.text(manifest, "publisher");
      var name = Metadata.text(manifest, "name");
      if (publisher == null || name == null || !plain(publisher) || !plain(name)) {
        throw Metadata.malformed(file, "states no valid publisher and name");
      }
      var version = Metadata.text(manifest, "version");
      // Editors compare without case.
      var id = (publisher + "." + name).toLowerCase(Locale.ROOT);
      places
          .out()
          .item(
              new Item(
                      "vscode",
                      new Identity.OfExtension("vscode", id),
                      Metadata.plainVersion(version) ? version : null,
                      owner,
                      folder,
                      parts.find(),
                      origin)
                  .withAmendments(amendments));
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private List<Part> ownFolder() throws UnreadableException {
    var parts = new ArrayList<Part>();
    var fact = places.tree().stat(folder);
    if (fact != null) {
      parts.add(new Part(Part.Role.MAIN, folder, fact.id(), fact.kind()));
    }
    for (var programs : PROGRAMS) {
      for (var directory : places.at(folder.resolve(programs))) {
        parts.addAll(Executables.below(places.tree(), directory));
      }
    }
    return parts;
  }

  private List<Part> launchers(List<BytePath> links) throws UnreadableException {
    var parts = new ArrayList<Part>();
    for (var link : links) {
      var fact = places.tree().stat(link);
      if (fact != null && fact.kind() == FileKind.LINK) {
        parts.add(new Part(Part.Role.LAUNCHER, link, fact.id(), FileKind.LINK));
      }
    }
    return parts;
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
