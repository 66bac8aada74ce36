package dev.interdict.agent.platform.linux.managers;

import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Applications in the machine's Flatpak installation, by flatpak-uninstall(1), every architecture
/// and branch of it and none of its related parts. Applications need no applications, so there is
/// nothing to rehearse but what is listed. The data of users stays. Installations of users are
/// removed as files, by our own hands.
///
/// Grammar: flatpak(1), application ids; D-Bus names.
final class Flatpak implements Packages {
  private static final Pattern ID =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(\\.[A-Za-z0-9_-]+){1,20}");
  private static final Pattern REF =
      Pattern.compile("([A-Za-z0-9_.-]+)/[A-Za-z0-9_]{1,32}/[A-Za-z0-9_.-]{1,128}");
  private static final BytePath APPLICATIONS = BytePath.parse("/var/lib/flatpak/app");
  private static final int LONGEST = 255;

  private final Programs programs;
  private final ManagedRoot root;
  private final Tree system;

  Flatpak(Programs programs, ManagedRoot root, Tree system) {
    this.programs = programs;
    this.root = root;
    this.system = system;
  }

  @Override
  public String manager() {
    return "flatpak";
  }

  @Override
  public Optional<Named> named(ManagedPackage managed) {
    var id = managed.purl().name();
    return id.length() <= LONGEST
            && ID.matcher(id).matches()
            && managed.record().equals(APPLICATIONS.resolve(id))
        ? Optional.of(new Named(id, id, null, managed.record()))
        : Optional.empty();
  }

  private Map<String, String> environment() {
    return root.running()
        ? Map.of()
        : Map.of("FLATPAK_SYSTEM_DIR", root.resolve("var/lib/flatpak").toString());
  }

  private List<String> refs(Named named) throws NotRemovedException {
    return refs(
        named.name(),
        programs.ask(
            "flatpak", environment(), List.of("list", "--system", "--app", "--columns=ref")));
  }

  /// Those of the application among all that are listed, one on a line.
  static List<String> refs(String id, Reply reply) throws NotRemovedException {
    var refs = new ArrayList<String>();
    for (var line : reply.lines()) {
      var match = REF.matcher(line.strip());
      if (!match.matches()) {
        throw NotRemovedException.unclear("flatpak", reply);
      }
      if (match.group(1).equals(id)) {
        refs.add("app/" + match.group());
      }
    }
    if (!reply.well()) {
      throw NotRemovedException.unclear("flatpak", reply);
    }
    return refs;
  }

  @Override
  public Optional<Installed> installed(Named named) throws NotRemovedException {
    return refs(named).isEmpty() ? Optional.empty() : Optional.of(Installed.whole(null));
  }

  @Override
  public void rehearse(Named named) {
    // Nothing else depends on an application.
  }

  @Override
  public List<BytePath> files(Named named) throws NotRemovedException {
    return Listing.below(system, named.record());
  }

  /// What runs afterwards is the machine's own, on exported menu entries.
  @Override
  public boolean runsScripts(Named named) {
    return false;
  }

  @Override
  public Reply remove(Named named) throws NotRemovedException {
    var arguments =
        new ArrayList<>(List.of("uninstall", "--system", "--noninteractive", "--no-related", "--"));
    arguments.addAll(refs(named));
    return programs.act("flatpak", environment(), arguments, _ -> false);
  }
}
