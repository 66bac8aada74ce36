package dev.interdict.server.draft;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Folders that many programs share, so that a pattern over one of them means all of these
/// programs.
final class SharedFolders {
  /// Places below a home begin with one slash here too.
  private static final Set<String> SHARED =
      Set.of(
          "",
          "/.local",
          "/.local/bin",
          "/.local/lib",
          "/.local/share",
          "/.local/lib/node_modules",
          "/.local/share/applications",
          "/.config",
          "/.cache",
          "/bin",
          "/.bin",
          "/.npm-global",
          "/.npm-global/bin",
          "/.cargo/bin",
          "/go/bin",
          "/.bun/bin",
          "/.volta/bin",
          "/.vscode",
          "/.vscode/extensions",
          "/.ssh",
          "/.gnupg",
          "/.aws",
          "/.kube",
          "/.docker",
          "/.nvm",
          "/.mozilla",
          "/.local/state",
          "/node_modules",
          "/applications",
          "/library",
          "/library/application support",
          "/appdata",
          "/appdata/local",
          "/appdata/local/programs",
          "/appdata/roaming",
          "/desktop",
          "/documents",
          "/downloads",
          "/pictures",
          "/music",
          "/videos",
          "/home",
          "/users",
          "/opt",
          "/opt/homebrew",
          "/opt/homebrew/bin",
          "/usr",
          "/usr/bin",
          "/usr/lib",
          "/usr/local",
          "/usr/local/bin",
          "/usr/local/lib",
          "/usr/local/lib/node_modules",
          "/usr/lib/node_modules",
          "/usr/share",
          "/usr/libexec",
          "/snap/bin",
          "/program files",
          "/var",
          "/var/lib",
          "/tmp");

  private SharedFolders() {}

  /// The shared folder in which `glob` matches by wildcard alone, if it does.
  static Optional<String> sharedBy(@Nullable String glob) {
    if (glob == null) {
      return Optional.empty();
    }
    var wildcard = firstWildcard(glob);
    if (wildcard < 0) {
      return Optional.empty();
    }
    var folder = glob.substring(0, glob.lastIndexOf('/', wildcard));
    var component = glob.substring(folder.length() + 1).split("/", 2)[0];
    var named = component.chars().filter(Character::isLetterOrDigit).count() >= 3;
    var shared = SHARED.contains(folder.toLowerCase(java.util.Locale.ROOT));
    return shared && !(named && !component.startsWith("*") && !component.startsWith("?"))
        ? Optional.of(folder.isEmpty() ? "/" : folder)
        : Optional.empty();
  }

  private static int firstWildcard(String glob) {
    var star = glob.indexOf('*');
    var one = glob.indexOf('?');
    return star < 0 || one < 0 ? Math.max(star, one) : Math.min(star, one);
  }
}
