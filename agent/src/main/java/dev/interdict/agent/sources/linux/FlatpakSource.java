package dev.interdict.agent.sources.linux;

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
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.PackageUrl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Applications that Flatpak has deployed, for the machine or for one user, by the `metadata` of
/// each deployment (flatpak-metadata(5)). One deployment is one package; its exported desktop file
/// is a launcher and no application of its own.
///
/// A user's own application may be taken as one folder, since Flatpak lists what lies in `app`; the
/// data it has made (`~/.var/app`) is elsewhere. What is installed for the machine is Flatpak's.
///
/// Does not see: versions, which Flatpak keeps with its branches and in a binary record; further
/// installations (`/etc/flatpak/installations.d`); runtimes; which process runs which application,
/// since it runs under paths of its own.
public final class FlatpakSource implements Source {
  private static final String SYSTEM = "var/lib/flatpak";
  private static final String USER = ".local/share/flatpak";
  private static final int MAX_BYTES = 1 << 20;
  private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+)+");

  @Override
  public String name() {
    return "flatpak";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    places.find(places.within(), USER).forEach(folder -> installation(places, folder, home.home()));
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    places.find(BytePath.ROOT, SYSTEM).forEach(folder -> installation(places, folder, null));
  }

  private static void installation(Places places, BytePath folder, @Nullable Home owner) {
    var launchers = new Launchers(places);
    if (owner != null) {
      launchers.links(folder.resolve("exports/bin"));
      launchers.links(folder.resolve("exports/share/applications"));
    }
    for (var application : places.find(folder, "app/*")) {
      try {
        application(places, application, owner, launchers);
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
  }

  private static void application(
      Places places, BytePath folder, @Nullable Home owner, Launchers launchers)
      throws UnreadableException {
    String id = null;
    // One for each architecture and branch; all of them are the same application.
    for (var active : places.find(folder, "*/*/active")) {
      var metadata = active.resolve("metadata");
      var bytes = places.tree().read(metadata, MAX_BYTES);
      if (bytes != null) {
        id = id(metadata, new String(bytes, StandardCharsets.UTF_8));
      }
    }
    if (id != null) {
      var parts = owner == null ? List.<Part>of() : parts(places.tree(), folder, launchers);
      var identity = new Identity.OfPackage(PackageUrl.of("flatpak", "", id));
      places.out().item(new Item("flatpak", identity, null, owner, folder, parts));
    }
  }

  private static String id(BytePath metadata, String text) throws UnreadableException {
    var group = "";
    for (var line : text.split("\n")) {
      var stripped = line.strip();
      if (stripped.startsWith("[")) {
        group = stripped;
      } else if (group.equals("[Application]") && stripped.startsWith("name=")) {
        var id = stripped.substring(5).strip();
        if (id.length() <= 255 && ID.matcher(id).matches()) {
          return id;
        }
      }
    }
    throw Metadata.malformed(metadata, "names no application");
  }

  private static List<Part> parts(Tree tree, BytePath folder, Launchers launchers)
      throws UnreadableException {
    var parts = new ArrayList<Part>();
    var fact = tree.stat(folder);
    if (fact != null && fact.kind() == FileKind.DIRECTORY) {
      parts.add(new Part(Part.Role.MAIN, folder, fact.id(), fact.kind()));
      parts.addAll(launchers.into(folder));
    }
    return parts;
  }
}
