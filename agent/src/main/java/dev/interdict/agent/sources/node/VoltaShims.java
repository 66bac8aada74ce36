package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import java.util.List;
import java.util.Set;

/// What starts the packages that Volta installed: links of the commands' names that all lead to
/// Volta's one dispatcher, so that only Volta's own record (`tools/user/bins/NAME.json`) tells
/// whose a link is.
///
/// Does not see the copies that Volta makes instead of links on Windows.
final class VoltaShims {
  /// Start Node itself, whatever a record says.
  private static final Set<String> RESERVED = Set.of("node", "npm", "npx", "pnpm", "yarn", "volta");

  private final Places places;
  private final BytePath home;

  /// @param home Volta's own folder
  VoltaShims(Places places, BytePath home) {
    this.places = places;
    this.home = home;
  }

  /// The link that starts `command`, if it starts that package.
  List<Part> of(String command, NodeModules.Package found) {
    if (RESERVED.contains(command)
        || command.contains("/")
        || !found.directory().startsWith(home)) {
      return List.of();
    }
    try {
      var record = Metadata.object(places.tree(), bin("tools/user/bins", command + ".json"));
      if (record == null || !found.manifest().name().equals(Metadata.text(record, "package"))) {
        return List.of();
      }
      return link(bin("bin", command));
    } catch (IllegalArgumentException e) {
      // A name that no file can have.
      return List.of();
    } catch (UnreadableException e) {
      places.out().gap(e);
      return List.of();
    }
  }

  private BytePath bin(String folder, String name) {
    return home.resolve(folder).resolve(name);
  }

  private List<Part> link(BytePath path) throws UnreadableException {
    var text = places.tree().readLink(path);
    var target = text == null ? null : Links.lexical(path.parent(), text);
    var fact = places.tree().stat(path);
    return target != null
            && fact != null
            && fact.kind() == FileKind.LINK
            && target.nameText().equals("volta-shim")
        ? List.of(new Part(Part.Role.LAUNCHER, path, fact.id(), FileKind.LINK))
        : List.of();
  }
}
