package dev.interdict.agent.sources.nix;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.sources.reading.Metadata;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the name of a path in Nix's store says: `/nix/store/HASH-NAME-VERSION`. The version begins
/// behind the first dash that no letter follows, as Nix itself takes a derivation's name apart; the
/// output's name may stand behind it.
///
/// @param folder the path's own folder in the store, below `/nix/store`
record StorePath(String folder, String name, @Nullable String version) {
  private static final BytePath STORE = BytePath.parse("/nix/store");
  private static final Pattern PATH =
      Pattern.compile("/nix/store/([0-9a-df-np-sv-z]{32}-([A-Za-z0-9+._?=-]{1,211}))(?:/.*)?");
  private static final Set<String> OUTPUTS =
      Set.of("bin", "dev", "lib", "out", "man", "doc", "info", "static", "debug");

  /// The store path that `text` is or lies in; empty where it is none.
  static Optional<StorePath> of(String text) {
    var match = PATH.matcher(text);
    return text.length() <= 4096 && match.matches() && !match.group(2).contains("..")
        ? Optional.of(of(match.group(1), match.group(2)))
        : Optional.empty();
  }

  private static StorePath of(String folder, String name) {
    for (var at = 1; at + 1 < name.length(); at++) {
      if (name.charAt(at) == '-' && !letter(name.charAt(at + 1))) {
        var version = withoutOutput(name.substring(at + 1));
        return new StorePath(
            folder, name.substring(0, at), Metadata.plainVersion(version) ? version : null);
      }
    }
    return new StorePath(folder, name, null);
  }

  private static String withoutOutput(String version) {
    var dash = version.lastIndexOf('-');
    return dash > 0 && OUTPUTS.contains(version.substring(dash + 1))
        ? version.substring(0, dash)
        : version;
  }

  /// Where it lies.
  BytePath path() {
    return STORE.resolve(folder);
  }

  private static boolean letter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }
}
