package dev.interdict.agent.sources;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FolderMachine;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.file.Path;
import java.util.List;

/// A workstation below a folder, with one home, `/home/ada`, as one source sees it.
public final class Workstation {
  public static final String HOME = "home/ada/";

  /// The same person's home where Windows and macOS keep homes.
  public static final String USERS_HOME = "Users/ada/";

  public final Planting planting;
  private final Path root;
  private final Home home;

  public Workstation(Path root) {
    this(root, HOME);
  }

  private Workstation(Path root, String home) {
    this.root = root;
    this.planting = new Planting(root).folder(home);
    this.home = new Home("ada", 1000, BytePath.parse("/" + home));
  }

  /// One whose home is `/Users/ada`.
  public static Workstation withUsers(Path root) {
    return new Workstation(root, USERS_HOME);
  }

  /// What the source sees in the home and on the machine.
  public Sightings seenBy(Source source) {
    return seenBy(source, new FolderTree(root), home);
  }

  public static Sightings seenBy(Source source, Tree tree) {
    return seenBy(source, tree, new Home("ada", 1000, BytePath.parse("/" + HOME)));
  }

  private static Sightings seenBy(Source source, Tree tree, Home home) {
    var machine = new FolderMachine(tree).withHome(home, tree);
    var out = new Sightings(source.name());
    try {
      source.inspect(machine.homes().getFirst(), out);
    } catch (UnreadableException e) {
      out.gap(e);
    }
    try {
      source.inspectSystem(machine.system(), out);
    } catch (UnreadableException e) {
      out.gap(e);
    }
    return out;
  }

  /// The identities and versions, one text to an item, in the order of sight.
  public static List<String> texts(Sightings seen) {
    return seen.items().stream().map(Workstation::text).toList();
  }

  private static String text(Item item) {
    return switch (item.identity()) {
      case Identity.OfPackage(var purl) -> purl.toString();
      case Identity.OfExtension(var host, var id) -> host + ":" + id + "@" + item.version();
      case Identity.OfApplication(var platform, var id) -> platform + ":" + id;
      case Identity.OfProgram(var place) -> place + "@" + item.version();
      case Identity.OfModel(var tool, var model) -> "model " + model + " in " + tool;
      case Identity.OfVariable(var name) -> "variable " + name;
      case Identity.OfContainer(var reference) -> "container " + reference;
      case Identity.OfResidue(var kind, var id) -> kind.written() + " " + id;
    };
  }

  /// The same with each item's origin.
  public static List<String> textsWithOrigins(Sightings seen) {
    return seen.items().stream().map(item -> text(item) + " " + item.origin()).toList();
  }

  /// The paths of an item's parts of one role.
  public static List<String> parts(Item item, Part.Role role) {
    return item.parts().stream()
        .filter(part -> part.role() == role)
        .map(part -> part.path().toString())
        .toList();
  }
}
