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
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.PackageUrl;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Portable programs that winget unpacked: one folder for each package, and a key below `Uninstall`
/// of the same name that tells the package and its version.
///
/// Does not see: what winget installed by running the product's own installer (that records
/// itself), and portable programs that were given a folder of their own.
public final class WingetSource implements Source {
  private static final List<String> IN_HOMES = List.of("AppData/Local/Microsoft/WinGet");
  private static final List<String> OF_THE_MACHINE =
      List.of("Program Files/WinGet", "Program Files (x86)/WinGet");

  private final Registry registry;

  public WingetSource(Registry registry) {
    this.registry = registry;
  }

  @Override
  public String name() {
    return "winget";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    folders(IN_HOMES, places, home.home(), () -> Uninstall.ofUser(registry.user(home, out), out));
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    folders(OF_THE_MACHINE, places, null, () -> Uninstall.of(registry.software(system, out), out));
  }

  /// The registry is asked only where there is something to ask about.
  private interface Records {
    List<RegistryKey> read();
  }

  private void folders(List<String> roots, Places places, @Nullable Home owner, Records records) {
    for (var pattern : roots) {
      for (var root : places.find(places.within(), pattern)) {
        var packages = places.find(root, "Packages/*");
        if (packages.isEmpty()) {
          continue;
        }
        var launchers = new Launchers(places);
        places.find(root, "Links").forEach(launchers::links);
        var keys = new HashMap<String, RegistryKey>();
        records.read().forEach(key -> keys.put(key.name().toLowerCase(Locale.ROOT), key));
        for (var folder : packages) {
          portable(folder, keys, places, owner, launchers);
        }
      }
    }
  }

  private void portable(
      BytePath folder,
      Map<String, RegistryKey> keys,
      Places places,
      @Nullable Home owner,
      Launchers launchers) {
    try {
      var key = keys.get(folder.nameText().toLowerCase(Locale.ROOT));
      var stated = key == null ? null : key.text("WinGetPackageIdentifier");
      var id = stated == null ? withoutSource(folder.nameText()) : stated;
      if (!PackageName.plain(id)) {
        throw Metadata.malformed(folder, "names no valid package");
      }
      var version = key == null ? null : key.text("DisplayVersion");
      var plain = Metadata.plainVersion(version) ? version : null;
      var purl = PackageUrl.of("winget", "", id);
      var parts = WindowsPrograms.installation(places.tree(), folder);
      parts.addAll(launchers.into(folder));
      places
          .out()
          .item(
              new Item(
                  name(),
                  new Identity.OfPackage(plain == null ? purl : purl.withVersion(plain)),
                  plain,
                  owner,
                  folder,
                  parts,
                  "portable"));
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  /// The folder is named by the package, an underscore, and the source that it came from.
  private static String withoutSource(String folder) {
    var community = folder.indexOf("_Microsoft.Winget.Source_");
    var end = community > 0 ? community : folder.indexOf("__DefaultSource");
    return end > 0 ? folder.substring(0, end) : folder;
  }
}
