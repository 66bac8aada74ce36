package dev.interdict.agent.scan.memory;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A tree that remembers what was asked of it. A fact is taken before what it vouches for is read,
/// so that whatever changes in between differs from it the next time. Not thread-safe.
final class WatchedTree implements Tree {
  private final Tree tree;
  private final Set<BytePath> listed = new HashSet<>();
  private final Map<BytePath, FileFact> contents = new HashMap<>();
  private final Map<BytePath, FileFact> names = new HashMap<>();
  private final Set<BytePath> missing = new HashSet<>();

  WatchedTree(Tree tree) {
    this.tree = tree;
  }

  @Override
  public List<Entry> list(BytePath directory) throws UnreadableException {
    if (listed.add(directory)) {
      content(directory);
    }
    return tree.list(directory);
  }

  @Override
  public @Nullable FileFact stat(BytePath path) throws UnreadableException {
    var fact = tree.stat(path);
    if (fact == null) {
      missing.add(path);
    } else if (!insideAnEntry(path)) {
      names.putIfAbsent(path, fact);
    }
    return fact;
  }

  @Override
  public byte @Nullable [] read(BytePath file, int limit) throws UnreadableException {
    content(file);
    return tree.read(file, limit);
  }

  @Override
  public byte @Nullable [] range(BytePath file, long offset, int length)
      throws UnreadableException {
    content(file);
    return tree.range(file, offset, length);
  }

  /// A link is never changed, only replaced, which changes its folder.
  @Override
  public byte @Nullable [] readLink(BytePath link) throws UnreadableException {
    if (!listed.contains(link.parent())) {
      content(link);
    }
    return tree.readLink(link);
  }

  @Override
  public @Nullable String sha256(BytePath file) throws UnreadableException {
    content(file);
    return tree.sha256(file);
  }

  private void content(BytePath path) throws UnreadableException {
    if (contents.containsKey(path) || missing.contains(path)) {
      return;
    }
    if (!listed.contains(path) && insideAnEntry(path)) {
      return;
    }
    var fact = tree.stat(path);
    if (fact == null) {
      missing.add(path);
    } else {
      contents.put(path, fact);
    }
  }

  /// Whether it lies directly in an entry of a listed folder of packages.
  private boolean insideAnEntry(BytePath path) {
    return path.depth() > 1 && ofPackages(path.parent().parent());
  }

  /// A manager replaces the entries of such a folder as a whole. Any other, such as a home or the
  /// folder of a browser's profiles, keeps its entries while they are filled and changed.
  private boolean ofPackages(BytePath folder) {
    var name = folder.nameText();
    return listed.contains(folder)
        && (name.equals("node_modules")
            || name.startsWith("@")
            || name.endsWith("-packages")
            || name.equals("extensions"));
  }

  /// What the look depended on until now.
  ///
  /// @param settled before it in nanoseconds since 1970, what had changed last is told by its time;
  ///   a later change could hide behind the same time
  /// @return null where something is too young, or the file system keeps no such times
  @Nullable Basis basis(long settled) throws UnreadableException {
    for (var fact : contents.values()) {
      if (!tells(fact, settled)) {
        return null;
      }
    }
    var named = new HashMap<>(names);
    named.keySet().removeAll(contents.keySet());
    named.entrySet().removeIf(name -> implied(name.getKey(), name.getValue()));
    return new Basis(contents, named, missing(settled));
  }

  /// A folder's name goes with the listing above it; a file's mode does not.
  private boolean implied(BytePath path, FileFact fact) {
    return insideAnEntry(path)
        || path.depth() > 2 && ofPackages(path.parent().parent().parent())
        || fact.kind() != FileKind.REGULAR && listed.contains(path.parent());
  }

  private List<Basis.Missing> missing(long settled) throws UnreadableException {
    Map<BytePath, List<BytePath>> groups = new LinkedHashMap<>();
    Map<BytePath, FileFact> folders = new HashMap<>();
    for (var path : missing) {
      if (!listed.contains(path.parent()) && !insideAnEntry(path)) {
        var above = nearest(path, folders);
        if (!listed.contains(above)) {
          groups.computeIfAbsent(above, _ -> new ArrayList<>()).add(path);
        }
      }
    }
    var all = new ArrayList<Basis.Missing>();
    groups.forEach((above, paths) -> {
      var fact = folders.get(above);
      all.add(new Basis.Missing(above, fact != null && tells(fact, settled) ? fact : null, paths));
    });
    return all;
  }

  /// The nearest folder that is there, or that was listed and tells by itself. Had something come
  /// into it since it was looked for, the folder would be too young to tell.
  private BytePath nearest(BytePath path, Map<BytePath, FileFact> folders)
      throws UnreadableException {
    var above = path.parent();
    while (above.depth() > 0 && !folders.containsKey(above) && !listed.contains(above)) {
      var fact = missing.contains(above) ? null : tree.stat(above);
      if (fact != null) {
        folders.put(above, fact);
      } else {
        above = above.parent();
      }
    }
    return above;
  }

  static boolean tells(FileFact fact, long settled) {
    return fact.changed() != 0 && fact.changed() < settled;
  }
}
