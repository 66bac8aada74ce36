package dev.interdict.agent.sources.editors;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.KnownPlaces;
import dev.interdict.agent.sources.reading.Places;
import java.util.HashSet;
import java.util.List;

/// Extensions of VS Code and the editors made from it, on the desktop and as the server end of a
/// remote session, in every profile; and those that come with an editor itself. Identity and
/// version come from each extension's manifest.
///
/// An editor that is not known by name is found by the list of extensions in its folder of the
/// home. What is only unpacked into a person's own folders is found by the walk of projects.
///
/// Does not see: an extensions folder given on the command line, extensions that an editor in the
/// web keeps in a browser, what comes with an editor from a snap (each is a file system of its
/// own), and archives that are not unpacked (`CachedExtensionVSIXs`), which are no installation. An
/// extension inside an editor has no parts: it belongs to the editor.
public final class VsCodeSource implements Source {

  @Override
  public String name() {
    return "vscode";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    var known = new KnownPlaces(places);
    var seen = new HashSet<BytePath>();
    for (var editor : Editor.IN_HOMES) {
      var extensions = new Extensions(home.home(), places, editor.name());
      for (var root : found(known, editor.extensions())) {
        if (seen.add(root)) {
          extensions.added(root, found(known, editor.userData()));
        }
      }
      found(known, editor.builtIn()).forEach(extensions::builtIn);
    }
    others(home.home(), places, seen);
  }

  private static List<BytePath> found(KnownPlaces known, List<String> patterns) {
    return patterns.stream().flatMap(pattern -> known.find(pattern).stream()).distinct().toList();
  }

  /// Editors that nobody has listed here: a hidden folder of the home with an index of extensions.
  private static void others(Home home, Places places, HashSet<BytePath> seen) {
    for (var entry : places.list(places.within())) {
      if (entry.kind() == FileKind.DIRECTORY && entry.name()[0] == '.') {
        try {
          var extensions = places.within().resolve(entry.name()).resolve("extensions");
          for (var root : places.at(extensions)) {
            if (places.tree().stat(root.resolve("extensions.json")) != null && seen.add(root)) {
              new Extensions(home, places, "an editor").added(root, List.of());
            }
          }
        } catch (UnreadableException e) {
          places.out().gap(e);
        }
      }
    }
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    var known = new KnownPlaces(places);
    var extensions = new Extensions(null, places, "an editor of the machine");
    found(known, Editor.MACHINE_WIDE).forEach(extensions::builtIn);
  }
}
