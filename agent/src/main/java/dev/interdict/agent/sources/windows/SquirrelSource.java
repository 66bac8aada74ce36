package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
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
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;

/// Applications that Squirrel.Windows installed into a home, each version in a folder of its own:
/// `AppData/Local/<app>/app-<version>` beside the updater. The identity is the app's name, which is
/// that of its key below `Uninstall` too, so an app is found without its key and the other way
/// round.
///
/// Does not see: what such an application unpacks elsewhere.
public final class SquirrelSource implements Source {
  private static final String VERSIONS = "AppData/Local/*/app-*";
  private static final String VERSION = "app-";
  private static final String UPDATER = "Update.exe";

  @Override
  public String name() {
    return "squirrel";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    for (var folder : places.find(places.within(), VERSIONS)) {
      try {
        version(home.home(), places, folder);
      } catch (UnreadableException e) {
        out.gap(e);
      }
    }
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    // Squirrel installs into homes.
  }

  private void version(Home home, Places places, BytePath folder) throws UnreadableException {
    var app = folder.parent();
    var updater = places.tree().stat(app.resolve(UPDATER));
    if (updater == null || updater.kind() != FileKind.REGULAR) {
      return;
    }
    if (!PackageName.plain(app.nameText())) {
      throw Metadata.malformed(app, "is an application without a plain name");
    }
    var version = folder.nameText().substring(VERSION.length());
    var parts = WindowsPrograms.installation(places.tree(), folder);
    for (var entry : places.list(app)) {
      var path = app.resolve(entry.name());
      if (entry.kind() == FileKind.REGULAR && WindowsPrograms.isProgram(path.nameText())) {
        WindowsPrograms.add(places.tree(), path, Part.Role.LAUNCHER, parts);
      }
    }
    places
        .out()
        .item(
            new Item(
                name(),
                new Identity.OfApplication("windows-uninstall", app.nameText()),
                Metadata.plainVersion(version) ? version : null,
                home,
                folder,
                List.copyOf(parts)));
  }
}
