package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.ListFile;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The `package.json` files that managers of packages write for themselves: of what pnpm, Yarn and
/// Bun keep installed for use from everywhere, and of what one run of npx, bunx or `pnpm dlx` asked
/// for. Left as they are, the next `add` of anything installs all of the first again, and the next
/// run takes what is left of the second.
///
/// npm's own `node_modules/.package-lock.json` is not among them: npm trusts it only while no
/// folder is newer than it, and installs nothing because of it. A project's `package.json` is
/// somebody's work and is not touched.
final class OwnLists {
  private static final List<String> GROUPS =
      List.of("dependencies", "devDependencies", "optionalDependencies");

  private final Places places;
  private final Set<BytePath> folders;
  private final Set<BytePath> runs;
  private final Map<BytePath, @Nullable ListFile> read = new HashMap<>();
  private final Map<BytePath, Set<String>> asked = new HashMap<>();

  /// @param folders of packages, beside which such a list may lie
  /// @param runs what single runs left
  OwnLists(Places places, Set<BytePath> folders, Set<BytePath> runs) {
    this.places = places;
    this.folders = folders;
    this.runs = runs;
  }

  /// What the lists hold of a package and shall not once it is gone. Only a package that stands in
  /// the folder under its own name was asked for; others are needed by those.
  List<Amendment> amendments(NodeModules.Package found) {
    var amendments = new ArrayList<Amendment>();
    for (var folder : folders) {
      for (var name : names(found, folder)) {
        var list = list(folder.parent().resolve("package.json"));
        if (list != null) {
          try {
            amendments.addAll(list.withoutMembers(GROUPS, (member, _) -> member.equals(name)));
          } catch (UnreadableException e) {
            places.out().gap(e);
          }
        }
      }
    }
    return amendments;
  }

  /// All that a run left, where it ran nothing but that package.
  List<Part> runOf(NodeModules.Package found) throws UnreadableException {
    var parts = new ArrayList<Part>();
    for (var run : runs) {
      var names = names(found, run.resolve("node_modules"));
      if (!names.isEmpty() && asked(run).equals(Set.copyOf(names))) {
        var fact = places.tree().stat(run);
        if (fact != null && fact.kind() == FileKind.DIRECTORY) {
          parts.add(new Part(Part.Role.MAIN, run, fact.id(), fact.kind()));
        }
      }
    }
    return parts;
  }

  private Set<String> asked(BytePath run) throws UnreadableException {
    var known = asked.get(run);
    if (known == null) {
      known = read(run);
      asked.put(run, known);
    }
    return known;
  }

  private Set<String> read(BytePath run) throws UnreadableException {
    var manifest = Metadata.object(places.tree(), run.resolve("package.json"));
    if (manifest == null) {
      return held(run.resolve("node_modules"));
    }
    var names = new HashSet<String>();
    for (var group : GROUPS) {
      if (manifest.get(group) instanceof Json.Obj members) {
        names.addAll(members.members().keySet());
      }
    }
    return names;
  }

  /// Without a list, as pnpm leaves it: all that stands in the folder under its own name.
  private Set<String> held(BytePath modules) throws UnreadableException {
    var held = new HashSet<String>();
    for (var entry : places.tree().list(modules)) {
      var name = modules.resolve(entry.name());
      if (entry.name()[0] == '@' && entry.kind() == FileKind.DIRECTORY) {
        for (var scoped : places.tree().list(name)) {
          held.add(joined(List.of(entry.name(), scoped.name())));
        }
      } else if (entry.name()[0] != '.') {
        held.add(joined(List.of(entry.name())));
      }
    }
    return held;
  }

  private @Nullable ListFile list(BytePath file) {
    if (!read.containsKey(file)) {
      try {
        read.put(file, ListFile.read(places.tree(), file));
      } catch (UnreadableException e) {
        places.out().gap(e);
        read.put(file, null);
      }
    }
    return read.get(file);
  }

  /// Under which names a folder of packages holds the package itself.
  private static List<String> names(NodeModules.Package found, BytePath folder) {
    return Stream.concat(Stream.of(found.directory()), found.names().stream())
        .filter(path -> path.startsWith(folder) && path.depth() > folder.depth())
        .map(path -> path.relativeTo(folder).components())
        .filter(name -> name.size() == (name.getFirst()[0] == '@' ? 2 : 1))
        .map(OwnLists::joined)
        .distinct()
        .toList();
  }

  private static String joined(List<byte[]> components) {
    return String.join(
        "/", components.stream().map(name -> new String(name, StandardCharsets.UTF_8)).toList());
  }
}
