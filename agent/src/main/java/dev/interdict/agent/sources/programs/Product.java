package dev.interdict.agent.sources.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where one product's installer, or a program that brings it along, puts its programs.
///
/// @param place identity of the product: the folder of its versions or its one program, relative to
///   the home
/// @param folders that hold it
/// @param names patterns of what counts in them
/// @param bins folders with links that start it
/// @param current a link beside the versions that leads to the one in use, or null
record Product(
    String place,
    Kind kind,
    List<String> folders,
    List<String> names,
    List<String> bins,
    @Nullable String current) {

  enum Kind {
    /// Every file or folder is one version and named by it.
    VERSIONS,
    /// The names say no version.
    PROGRAMS,
    /// The folder holds programs of other people too, and scripts of the user's own under the same
    /// name: only a native program counts.
    NATIVE
  }

  private static final String BIN = ".local/bin";
  private static final String PACKAGED =
      "AppData/Local/Packages/Claude_pzs8sxrjxfjjc/LocalCache/Roaming/";

  /// Every product that is known by place.
  static final List<Product> ALL = all();

  private static List<Product> all() {
    var all = new ArrayList<Product>();
    all.add(
        new Product(
            ".local/share/claude/versions",
            Kind.VERSIONS,
            List.of(".local/share/claude/versions", ".local/share/claude/versions/bundles"),
            List.of("*"),
            List.of(BIN),
            null));
    // On Windows a copy of the version in use, and those that were in use when it was replaced.
    all.add(
        new Product(
            ".local/bin/claude",
            Kind.NATIVE,
            List.of(BIN),
            List.of("claude", "claude.exe", "claude.exe.old.*"),
            List.of(),
            null));
    // Half of an update or of an installation.
    all.add(versions(".cache/claude/staging"));
    all.add(programs(".claude/downloads", ".claude/downloads", "claude-*"));
    // What the desktop application puts on the hosts that it works on.
    all.add(versions(".claude/remote/ccd-cli"));
    all.add(programs(".claude/remote/srv", ".claude/remote/srv", "*"));
    all.add(single(".claude/remote/server"));
    // What the desktop application keeps for itself and its virtual machine; on Windows by the path
    // that it sees, and by the one that a packaged application really has.
    Stream.of(".config/", "Library/Application Support/", "AppData/Roaming/", PACKAGED)
        .flatMap(data -> Stream.of(data + "Claude/claude-code", data + "Claude/claude-code-vm"))
        .forEach(place -> all.add(versions(place)));
    all.add(versions(".codex/packages/app-server-daemon/releases"));
    all.add(
        new Product(
            ".codex/packages/standalone/releases",
            Kind.VERSIONS,
            List.of(".codex/packages/standalone/releases"),
            List.of("*"),
            List.of(BIN),
            ".codex/packages/standalone/current"));
    all.add(
        new Product(
            ".local/share/cursor-agent/versions",
            Kind.VERSIONS,
            List.of(".local/share/cursor-agent/versions"),
            List.of("*"),
            List.of(BIN),
            null));
    Stream.of(
            ".amp/bin/amp",
            ".opencode/bin/opencode",
            ".gemini/antigravity-cli/bin/agy",
            "AppData/Local/agy/bin/agy.exe",
            "AppData/Local/Kiro-Cli/kiro-cli.exe",
            ".qoder/bin/qodercli/qodercli",
            ".qoder/entry/qoder")
        .forEach(place -> all.add(single(place)));
    return List.copyOf(all);
  }

  private static Product versions(String folder) {
    return new Product(folder, Kind.VERSIONS, List.of(folder), List.of("*"), List.of(), null);
  }

  private static Product programs(String place, String folder, String names) {
    return new Product(place, Kind.PROGRAMS, List.of(folder), List.of(names), List.of(BIN), null);
  }

  private static Product single(String place) {
    var slash = place.lastIndexOf('/');
    return programs(place, place.substring(0, slash), place.substring(slash + 1));
  }
}
