package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.Printable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Classic Windows software, as its installers record it for the machine and for each user: the
/// identity is the key's name, such as a product code of Windows Installer.
///
/// An item has no parts. Its files belong to the installer that wrote the record, and the folder
/// that the record names may be any folder at all, the user's documents included.
///
/// Does not see: programs that were copied without an installer, keys without a name for people
/// (Windows does not list those either), and folders on other drives.
public final class UninstallSource implements Source {
  private static final String SOFTWARE_HIVE = "Windows/System32/config/SOFTWARE";
  private static final int LONGEST_NAME = 255;

  private final Registry registry;

  public UninstallSource(Registry registry) {
    this.registry = registry;
  }

  @Override
  public String name() {
    return "uninstall";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    var record = home.home().path().resolve("NTUSER.DAT");
    for (var key : Uninstall.ofUser(registry.user(home, out), out)) {
      entry(key, home.home(), places, record);
    }
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    for (var key : Uninstall.of(registry.software(system, out), out)) {
      entry(key, null, places, BytePath.ROOT.resolve(SOFTWARE_HIVE));
    }
  }

  private void entry(RegistryKey key, @Nullable Home owner, Places places, BytePath record) {
    try {
      if (key.text("DisplayName") == null) {
        return;
      }
      if (!plain(key.name())) {
        throw Metadata.malformed(record, "has an entry without a printable name");
      }
      var version = key.text("DisplayVersion");
      var identity = new Identity.OfApplication("windows-uninstall", key.name());
      places
          .out()
          .item(
              new Item(
                  name(),
                  identity,
                  Metadata.plainVersion(version) ? version : null,
                  owner,
                  location(key, places, record),
                  List.of(),
                  Integer.valueOf(1).equals(key.number("WindowsInstaller"))
                      ? "Windows Installer"
                      : null));
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  /// The folder that the record names, if it is there and may be looked at.
  private static BytePath location(RegistryKey key, Places places, BytePath record)
      throws UnreadableException {
    var folder = WindowsPath.below(key.text("InstallLocation"));
    return folder != null && folder.startsWith(places.within()) && !places.at(folder).isEmpty()
        ? folder
        : record;
  }

  /// Names of keys may hold spaces and every script.
  private static boolean plain(String name) {
    return !name.isBlank() && name.length() <= LONGEST_NAME && Printable.of(name).equals(name);
  }
}
