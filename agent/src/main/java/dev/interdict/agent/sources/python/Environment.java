package dev.interdict.agent.sources.python;

import dev.interdict.agent.inventory.BytePath;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is known of the place that holds a folder of packages.
///
/// @param origin what made it, in words; null for an interpreter's own
/// @param system whether the operating system's package manager puts its own packages there
/// @param folder the whole environment
/// @param only the one distribution that a tool made the environment for; null where it was made
///   for more, or for its user's own use
record Environment(
    @Nullable String origin, boolean system, BytePath folder, @Nullable String only) {
  private static final Set<String> SYSTEM_INSTALLERS =
      Set.of("apk", "brew", "debian", "portage", "rpm");
  private static final Set<String> USER_INSTALLERS = Set.of("pip", "uv");

  static Environment of(@Nullable String origin, BytePath folder) {
    return new Environment(origin, false, folder, null);
  }

  /// Whether files of that distribution belong to a package manager of the machine, to which alone
  /// they may be given back. Debian's pip puts nothing into its `dist-packages` below `/usr/lib`.
  boolean manages(Distribution distribution) {
    var installer = distribution.installer();
    return installer != null && SYSTEM_INSTALLERS.contains(installer)
        || system
            && (installer == null
                || !USER_INSTALLERS.contains(installer)
                || distribution.record().parent().nameText().equals("dist-packages"));
  }

  /// The folder of programs that goes with a folder of packages, by its own form alone; what is not
  /// laid out as an interpreter's, `pip install --target` made.
  static BytePath programs(BytePath packages) {
    var parent = packages.parent();
    var interpreter = parent.nameText();
    if (!packages.nameText().endsWith("-packages")) {
      return packages.resolve("bin");
    }
    if (interpreter.equals("Lib")) {
      return parent.parent().resolve("Scripts");
    }
    var lib = parent.parent().nameText();
    return lib.equals("lib") || lib.equals("lib64")
        ? parent.parent().parent().resolve("bin")
        : parent.resolve("Scripts");
  }
}
