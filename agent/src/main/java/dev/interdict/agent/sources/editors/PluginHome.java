package dev.interdict.agent.sources.editors;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.reading.Executables;
import dev.interdict.agent.sources.reading.Places;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A folder whose children are plugins of a JetBrains IDE: folders with jars in `lib`, or single
/// jars.
///
/// @param owner null for what the whole machine has
/// @param disabled ids of plugins that are installed and not loaded
record PluginHome(@Nullable Home owner, Places places, String origin, Set<String> disabled) {
  private static final int MOST_JARS = 500;

  /// The plugins that a user added.
  void added(BytePath root) {
    plugins(root, true);
  }

  /// The plugins that come with an IDE and belong to it: they have no parts of their own.
  void builtIn(BytePath root) {
    plugins(root, false);
  }

  private void plugins(BytePath root, boolean added) {
    Children.of(places, root)
        .links()
        .forEach((folder, links) -> {
          var own = added && links.isEmpty();
          items(folder, descriptors(folder), own ? List.of(folder) : links);
        });
    for (var entry : places.list(root)) {
      var path = root.resolve(entry.name());
      if (entry.kind() == FileKind.REGULAR && path.nameText().endsWith(".jar")) {
        items(path, inJar(path), added ? List.of(path) : List.of());
      }
    }
  }

  private Set<PluginDescriptor> inJar(BytePath jar) {
    var found = new LinkedHashSet<PluginDescriptor>();
    reading(found, () -> PluginDescriptor.inJar(places.tree(), jar));
    return found;
  }

  /// All that a folder holds: the IDE loads one, and which one depends on the jars' names.
  private Set<PluginDescriptor> descriptors(BytePath folder) {
    var found = new LinkedHashSet<PluginDescriptor>();
    for (var open : List.of("", "classes/")) {
      var file = folder.resolve(open + PluginDescriptor.PLACE);
      reading(found, () -> PluginDescriptor.inFile(places.tree(), file));
    }
    var jars = 0;
    for (var lib : places.find(folder, "lib")) {
      for (var entry : places.list(lib)) {
        var jar = lib.resolve(entry.name());
        if (entry.kind() == FileKind.REGULAR && jar.nameText().endsWith(".jar")) {
          if (++jars > MOST_JARS) {
            places
                .out()
                .gap(
                    new UnreadableException(
                        Reason.BUDGET, lib, "holds more than " + MOST_JARS + " jars"));
            return found;
          }
          reading(found, () -> PluginDescriptor.inJar(places.tree(), jar));
        }
      }
    }
    return found;
  }

  /// Where a descriptor may stand.
  private interface Descriptor {
    @Nullable PluginDescriptor read() throws UnreadableException;
  }

  private void reading(Set<PluginDescriptor> found, Descriptor descriptor) {
    try {
      var read = descriptor.read();
      if (read != null) {
        found.add(read);
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  /// @param paths what would go with the plugin: its own folder or jar, or the links to another
  private void items(BytePath location, Set<PluginDescriptor> found, List<BytePath> paths) {
    var ids = found.stream().map(PluginDescriptor::id).distinct().count();
    for (var descriptor : found) {
      var how = disabled.contains(descriptor.id()) ? origin + ", disabled" : origin;
      try {
        places
            .out()
            .item(
                new Item(
                    "jetbrains",
                    new Identity.OfExtension("jetbrains", descriptor.id()),
                    descriptor.version(),
                    owner,
                    location,
                    // A folder that is several plugins at once is not taken for the sake of one.
                    ids == 1 ? parts(paths) : List.of(),
                    ids == 1 ? how : how + ", one of several in a folder"));
      } catch (UnreadableException e) {
        places.out().gap(e);
      }
    }
  }

  private List<Part> parts(List<BytePath> paths) throws UnreadableException {
    var parts = new ArrayList<Part>();
    for (var path : paths) {
      var fact = places.tree().stat(path);
      if (fact != null) {
        var role = fact.kind() == FileKind.LINK ? Part.Role.LAUNCHER : Part.Role.MAIN;
        parts.add(new Part(role, path, fact.id(), fact.kind()));
        if (fact.kind() == FileKind.DIRECTORY) {
          parts.addAll(Executables.below(places.tree(), path));
        }
      }
    }
    return parts;
  }
}
