package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
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
import dev.interdict.policy.Residue;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// MSIX and AppX packages that are provisioned for everybody or registered for a user. The data
/// that a package leaves in a home after it is gone is told as what stays behind. Files belong to
/// Windows's deployment service, so an item has no parts.
///
/// Does not see: packages that are only staged, since nobody can start them; which user a package
/// is registered for, where only the machine's record says so; and, in a running Windows, packages
/// of users whose classes are not loaded and whose file is locked.
public final class AppxSource implements Source {
  private static final String STORE = "Microsoft\\Windows\\CurrentVersion\\Appx\\AppxAllUserStore";
  private static final String REPOSITORY =
      "Local"
          + " Settings\\Software\\Microsoft\\Windows\\CurrentVersion\\AppModel\\Repository\\Packages";
  private static final String DATA = "AppData/Local/Packages";
  private static final String PROGRAMS = "Program Files/WindowsApps";
  private static final BytePath SOFTWARE =
      BytePath.ROOT.resolve("Windows/System32/config/SOFTWARE");

  private final Registry registry;

  public AppxSource(Registry registry) {
    this.registry = registry;
  }

  @Override
  public String name() {
    return "appx";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    var record = places.within().resolve("AppData/Local/Microsoft/Windows/UsrClass.dat");
    var registered = new HashSet<String>();
    for (var key : children(registry.classes(home, out), REPOSITORY, out)) {
      var name = fullName(key, record, out);
      if (name != null) {
        registered.add(name.family().toLowerCase(Locale.ROOT));
        item(name, home.home(), record, out, null);
      }
    }
    for (var folder : places.find(places.within(), DATA)) {
      data(places, folder, registered, home.home());
    }
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    var seen = new HashSet<String>();
    var store = store(system, out);
    for (var key : children(store, "Applications", out)) {
      machine(key, places, seen, "provisioned for everybody");
    }
    for (var user : children(store, null, out)) {
      if (user.name().startsWith("S-1-")) {
        for (var key : children(user, null, out)) {
          machine(key, places, seen, "registered for a user");
        }
      }
    }
  }

  private @Nullable RegistryKey store(Tree system, Sightings out) {
    try {
      var software = registry.software(system, out);
      return software == null ? null : software.at(STORE);
    } catch (UnreadableException e) {
      out.gap(e);
      return null;
    }
  }

  private void machine(RegistryKey key, Places places, Set<String> seen, String origin) {
    var name = fullName(key, SOFTWARE, places.out());
    if (name == null || !seen.add(key.name().toLowerCase(Locale.ROOT))) {
      return;
    }
    var folders = places.find(BytePath.ROOT, PROGRAMS + "/" + key.name());
    item(name, null, folders.isEmpty() ? SOFTWARE : folders.getFirst(), places.out(), origin);
  }

  private void item(
      PackageFullName name,
      @Nullable Home owner,
      BytePath location,
      Sightings out,
      @Nullable String origin) {
    var identity = new Identity.OfApplication("windows-family", name.family());
    out.item(new Item(name(), identity, name.version(), owner, location, List.of(), origin));
  }

  private static List<RegistryKey> children(
      @Nullable RegistryKey key, @Nullable String path, Sightings out) {
    try {
      var at = key == null || path == null ? key : key.at(path);
      return at == null ? List.of() : at.children();
    } catch (UnreadableException e) {
      out.gap(e);
      return List.of();
    }
  }

  private static @Nullable PackageFullName fullName(
      RegistryKey key, BytePath record, Sightings out) {
    var name = PackageFullName.parse(key.name());
    if (name.isEmpty()) {
      out.gap(Metadata.malformed(record, "lists a package without a valid name"));
    }
    return name.orElse(null);
  }

  private void data(Places places, BytePath folder, Set<String> registered, Home owner) {
    for (var entry : places.list(folder)) {
      var path = folder.resolve(entry.name());
      var family = path.nameText();
      if (entry.kind() == FileKind.DIRECTORY
          && PackageFullName.isFamily(family)
          && !registered.contains(family.toLowerCase(Locale.ROOT))) {
        var identity = new Identity.OfResidue(Residue.DATA, DATA + "/" + family);
        places.out().item(new Item(name(), identity, null, owner, path, List.of(), null));
      }
    }
  }
}
