package dev.interdict.agent.sources.containers;

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
import dev.interdict.agent.sources.reading.Pick;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Images that Docker, Podman and their like hold, by the names in their stores. What files of
/// projects name is found with the projects.
///
/// Does not see: what lies inside an image, images without a name, Docker's images in containerd's
/// own store, stores moved by a setting, and stores inside a virtual machine (Docker Desktop,
/// Podman machine).
public final class ImageStoreSource implements Source {
  /// Docker's store of classic storage drivers, below its data root.
  private static final String DOCKER = "image/*";

  /// containers-storage, one folder for each storage driver (containers-storage.conf(5)).
  private static final String PODMAN = "*-images";

  @Override
  public String name() {
    return "container";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    var places = new Places(home.tree(), home.home().path(), out);
    docker(home.home(), places, ".local/share/docker/" + DOCKER);
    podman(home.home(), places, ".local/share/containers/storage/" + PODMAN);
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    docker(null, places, "var/lib/docker/" + DOCKER);
    podman(null, places, "var/lib/containers/storage/" + PODMAN);
    podman(null, places, "usr/lib/containers/storage/" + PODMAN);
  }

  private static void docker(@Nullable Home owner, Places places, String folders) {
    for (var folder : places.find(places.within(), folders)) {
      var file = folder.resolve("repositories.json");
      try {
        var json = Metadata.object(places.tree(), file);
        if (json != null && json.get("Repositories") instanceof Json.Obj(var repositories)) {
          items(owner, places, file, repositories.keySet());
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
  }

  private static void podman(@Nullable Home owner, Places places, String folders) {
    for (var folder : places.find(places.within(), folders)) {
      var file = folder.resolve("images.json");
      try {
        var json = Metadata.json(places.tree(), file);
        if (json != null) {
          items(owner, places, file, new LinkedHashSet<>(Pick.texts(json, "*/names/*")));
        }
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
  }

  private static void items(@Nullable Home owner, Places places, BytePath file, Set<String> names) {
    names.stream()
        .<String>mapMulti((name, keep) -> {
          var reference = Reference.image(name);
          if (reference != null) {
            keep.accept(reference);
          }
        })
        .distinct()
        .forEach(reference -> {
          var identity = new Identity.OfContainer(reference);
          places.out().item(new Item("container", identity, null, owner, file, List.of()));
        });
  }
}
