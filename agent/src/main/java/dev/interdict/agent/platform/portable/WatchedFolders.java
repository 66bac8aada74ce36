package dev.interdict.agent.platform.portable;

import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.platform.watch.NameStem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which folders are watched for which names: of each place the nearest folder above it that is
/// there, and the name in it on the way to the place. Never the home's own parent, nor the root,
/// and none that a link leads to. Only names are read. For one thread at a time.
final class WatchedFolders {
  private static final int MOST = 256;
  private static final int MOST_NAMES = 20_000;

  /// One name to look out for.
  private record Sought(NameStem name, Watch.Place place) {}

  /// What stands under a name.
  private record Found(Object made, @Nullable Object key) {}

  private final Map<Path, List<Sought>> sought = new LinkedHashMap<>();
  private final Map<Path, Map<String, Found>> found = new HashMap<>();

  /// Which folders they are: another one under the same path is not listened to.
  private final Map<Path, Object> folders = new HashMap<>();

  WatchedFolders(Path root, Collection<Watch.Place> places) {
    places.stream().limit(MOST).forEach(place -> add(root, place));
    sought
        .keySet()
        .forEach(folder -> {
          folders.put(folder, identity(folder));
          found.put(folder, look(folder));
        });
  }

  private void add(Path root, Watch.Place place) {
    var owner = place.owner();
    var least = owner == null ? 1 : owner.path().depth();
    var folder = root;
    var at = BytePath.ROOT;
    for (var component : place.path().components()) {
      var name = FileNames.path(root.getFileSystem(), component).orElse(null);
      if (name == null) {
        return;
      }
      var next = folder.resolve(name);
      var last = at.depth() + 1 == place.path().depth();
      if (last || !isFolder(next)) {
        if (at.depth() >= least) {
          var one = new Sought(new NameStem(component), place);
          sought.computeIfAbsent(folder, _ -> new ArrayList<>()).add(one);
        }
        return;
      }
      folder = next;
      at = at.resolve(component);
    }
  }

  /// A junction of Windows counts as a folder and leads elsewhere all the same.
  private static boolean isFolder(Path path) {
    try {
      var facts = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return facts.isDirectory() && !facts.isOther();
    } catch (IOException e) {
      return false;
    }
  }

  Set<Path> folders() {
    return Set.copyOf(sought.keySet());
  }

  /// Whether it looks at the same as another.
  boolean same(WatchedFolders other) {
    return keys().equals(other.keys());
  }

  private Set<Object> keys() {
    var keys = new HashSet<>();
    sought.forEach((folder, names) -> {
      var which = Objects.requireNonNullElse(folders.get(folder), folder);
      names.forEach(one -> keys.add(List.of(folder, which, one.place())));
    });
    return keys;
  }

  /// Whether one of these folders is gone, or another one has its path: what comes there now has to
  /// be looked for anew.
  boolean lost(Collection<Path> changed) {
    return changed.stream()
        .anyMatch(
            folder -> folders.containsKey(folder) && !identity(folder).equals(folders.get(folder)));
  }

  private static Object identity(Path folder) {
    var now = found(folder);
    return now.key() == null ? now.made() : now.key();
  }

  /// The places under whose names something new stands since the last look.
  Set<Watch.Place> arrived(Collection<Path> changed) {
    var arrived = new HashSet<Watch.Place>();
    for (var folder : changed) {
      var before = Objects.requireNonNullElse(found.get(folder), Map.<String, Found>of());
      var now = look(folder);
      found.put(folder, now);
      now.forEach((name, thing) -> {
        if (!thing.equals(before.get(name))) {
          fitting(folder, name, arrived);
        }
      });
    }
    return arrived;
  }

  private void fitting(Path folder, String name, Set<Watch.Place> into) {
    var bytes = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    for (var one : sought.getOrDefault(folder, List.of())) {
      if (one.name().fits(bytes)) {
        into.add(one.place());
      }
    }
  }

  /// What stands under the names that are looked for; others are not looked at.
  private Map<String, Found> look(Path folder) {
    var names = new HashMap<String, Found>();
    var read = 0;
    try (var entries = Files.newDirectoryStream(folder)) {
      for (var entry : entries) {
        var name = entry.getFileName().toString();
        if (++read > MOST_NAMES) {
          return names;
        }
        if (wanted(folder, name)) {
          names.put(name, found(entry));
        }
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // It has just gone; the next judgement looks from further above.
      return names;
    }
    return names;
  }

  private boolean wanted(Path folder, String name) {
    var bytes = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return sought.getOrDefault(folder, List.of()).stream().anyMatch(one -> one.name().fits(bytes));
  }

  private static Found found(Path entry) {
    try {
      var facts = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
      return new Found(facts.creationTime(), facts.fileKey());
    } catch (IOException e) {
      return new Found("unknown", null);
    }
  }
}
