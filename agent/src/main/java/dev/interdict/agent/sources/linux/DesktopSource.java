package dev.interdict.agent.sources.linux;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applications in people's menus, by their desktop files. The id is the file's name with
/// `.desktop`, after the Desktop Entry Specification.
///
/// Only the entry belongs to such an item, and only in a home: what it starts is for other sources
/// to find, and entries of the machine belong to whoever installed them.
///
/// Does not see: links, such as those of Flatpak and Nix, whose own records are read; entries with
/// a blank or a character outside of ASCII in their name; folders that only `XDG_DATA_DIRS` names.
public final class DesktopSource implements Source {
  static final List<String> HOME = List.of(".local/share/applications");
  static final List<String> SYSTEM =
      List.of("usr/share/applications", "usr/local/share/applications");

  @Override
  public String name() {
    return "desktop";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    report(new Places(home.tree(), home.home().path(), out), HOME, home.home());
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    report(new Places(system, BytePath.ROOT, out), SYSTEM, null);
  }

  private static void report(Places places, List<String> folders, @Nullable Home owner) {
    for (var file : DesktopFiles.in(places, folders)) {
      if (plain(file.id())) {
        var main = new Part(Part.Role.MAIN, file.path(), file.fact().id(), file.fact().kind());
        places
            .out()
            .item(
                new Item(
                    "desktop",
                    new Identity.OfApplication("desktop-id", file.id()),
                    null,
                    owner,
                    file.path(),
                    owner == null ? List.of() : List.of(main)));
      }
    }
  }

  static boolean plain(String id) {
    return id.length() <= 255 && id.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
