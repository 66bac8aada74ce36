package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Part;
import dev.interdict.policy.ProtectedSoftware;
import dev.interdict.policy.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The last guard before an act, compiled in: beats every signed rule. Adds to [ProtectedSoftware]
/// what may not be moved whole: the system's and a home's own directories, and what the rule keeps.
public final class ProtectedList {
  /// Directories that hold other programs, so never part of one.
  private static final List<BytePath> SYSTEM =
      paths(
          "/usr/bin /usr/sbin /usr/lib /usr/lib32 /usr/lib64 /usr/libexec /usr/share /usr/local"
              + " /usr/local/bin /usr/local/lib /usr/local/sbin /usr/local/share"
              + " /usr/lib/node_modules /usr/local/lib/node_modules /usr/share/applications"
              + " /var/lib /var/log /var/cache /etc/ssh /etc/systemd /etc/apt /etc/dpkg"
              + " /usr/lib/x86_64-linux-gnu /usr/lib/aarch64-linux-gnu /snap/bin");

  /// The same below a home.
  private static final List<BytePath> HOME =
      paths(
          "/.ssh /.gnupg /.config /.local /.local/bin /.local/share /.local/lib /.local/state"
              + " /.cache /.mozilla /.password-store /.kube /.aws /.docker /.npm /.npm-global"
              + " /.nvm /.nvm/versions /.vscode /.vscode/extensions /.vscode-server /.cargo"
              + " /.rustup /bin /lib /Desktop /Documents /Downloads /Music /Pictures /Public"
              + " /Templates /Videos /.config/systemd /.config/systemd/user /.config/autostart"
              + " /.local/share/applications /.local/lib/node_modules /node_modules"
              + " /lib/node_modules /.npm-global/lib/node_modules"
              + " /.bashrc /.bash_profile /.profile /.zshrc /.zprofile /.gitconfig");

  /// Below a home, these with all that is in them.
  private static final List<BytePath> SECRETS = paths("/.ssh /.gnupg /.password-store");

  /// Names of the lists that may be amended; whatever the scan says, nothing is cut out of any
  /// other file.
  private static final Set<String> LISTS =
      Set.of("extensions.json", ".obsolete", ".crates2.json", ".crates.toml", "package.json");

  private ProtectedList() {}

  /// Why no part of the plan may be acted on; empty if nothing speaks against it.
  public static Optional<Outcome.Refused> protects(RemovalPlan plan) {
    var identity = ProtectedSoftware.protects(subject(plan.identity(), plan));
    return identity
        .map(ProtectedList::refused)
        .or(() -> plan.parts().stream().flatMap(part -> protects(plan, part).stream()).findFirst());
  }

  /// Why a package that holds these files may not be removed, whatever its name; empty if nothing
  /// speaks against it.
  public static Optional<Outcome.Refused> protects(List<Part> files) {
    return files.stream()
        .flatMap(file ->
            ProtectedSoftware.protects(Subject.OfProgram.at(file.path().toString())).stream())
        .findFirst()
        .map(ProtectedList::refused);
  }

  /// Why a list may not be amended; empty if nothing speaks against it.
  public static Optional<Outcome.Refused> protects(RemovalPlan plan, Amendment amendment) {
    var file = amendment.file();
    if (plan.keep().stream().anyMatch(file::startsWith)) {
      return Optional.of(new Outcome.Refused(Refusal.KEPT, "it is data that the rule leaves"));
    }
    var home = plan.owner();
    var guarded =
        home == null ? system(file) : !file.startsWith(home.path()) || inHome(home.path(), file);
    return guarded || !LISTS.contains(file.nameText())
        ? Optional.of(refused("a file that is no list of a package manager or editor"))
        : Optional.empty();
  }

  private static Subject subject(Identity identity, RemovalPlan plan) {
    return switch (identity) {
      case Identity.OfPackage(var purl) -> new Subject.OfPackage(purl);
      case Identity.OfExtension(var host, var id) -> new Subject.OfExtension(host, id);
      case Identity.OfApplication(var platform, var id) -> new Subject.OfApplication(platform, id);
      case Identity.OfProgram(var place) ->
          plan.owner() == null ? Subject.OfProgram.at(place) : Subject.OfProgram.inHome(place);
      case Identity.OfModel(var tool, var model) -> new Subject.OfModel(tool, model);
      case Identity.OfVariable(var name) -> new Subject.OfVariable(name);
      case Identity.OfContainer(var reference) -> new Subject.OfContainer(reference);
      case Identity.OfResidue(var kind, var id) -> new Subject.OfResidue(kind, id);
    };
  }

  private static Optional<Outcome.Refused> protects(RemovalPlan plan, Part part) {
    if (plan.keep().stream().anyMatch(kept -> kept.startsWith(part.path()))) {
      return Optional.of(
          new Outcome.Refused(Refusal.KEPT, "it holds data that the rule leaves to the user"));
    }
    var software = ProtectedSoftware.protects(Subject.OfProgram.at(part.path().toString()));
    if (software.isPresent()) {
      return software.map(ProtectedList::refused);
    }
    var home = plan.owner();
    var shared = home == null ? system(part.path()) : inHome(home.path(), part.path());
    return shared || SharedFolders.hold(home == null ? null : home.path(), part.path())
        ? Optional.of(refused("a directory that other software shares"))
        : Optional.empty();
  }

  private static boolean system(BytePath path) {
    return path.depth() < 2 || holds(path, SYSTEM);
  }

  private static boolean inHome(BytePath home, BytePath path) {
    if (!path.startsWith(home) || path.equals(home)) {
      return true;
    }
    var below = path.relativeTo(home);
    return holds(below, HOME) || SECRETS.stream().anyMatch(below::startsWith);
  }

  private static boolean holds(BytePath path, List<BytePath> directories) {
    return directories.stream().anyMatch(directory -> directory.startsWith(path));
  }

  private static Outcome.Refused refused(String what) {
    return new Outcome.Refused(Refusal.PROTECTED, "never touched: " + what);
  }

  private static List<BytePath> paths(String text) {
    return Stream.of(text.split(" ")).map(BytePath::parse).toList();
  }
}
