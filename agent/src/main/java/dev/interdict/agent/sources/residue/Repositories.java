package dev.interdict.agent.sources.residue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Ini;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.TextFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// Places that package managers take packages from: of apt, dnf, yum, zypper, apk, pacman, Homebrew
/// and Flatpak, as far as they are switched on. They bring a removed package back with the next
/// update. Keyrings are not told: a key alone brings nothing. A machine-wide file that names one
/// such place and nothing else has itself and its key as parts, to go with the package that it
/// brought.
final class Repositories {

  /// @param folder of the file, relative to the home or the root
  /// @param name pattern of the file's name
  /// @param reader how it is read
  private record Kind(String folder, String name, BiConsumer<RepositoryFile, String> reader) {}

  private static final List<Kind> ON_MACHINES =
      List.of(
          new Kind("etc/apt", "sources.list", RepositoryFile::aptLines),
          new Kind("etc/apt/sources.list.d", "*.list", RepositoryFile::aptLines),
          new Kind("etc/apt/sources.list.d", "*.sources", RepositoryFile::aptParagraphs),
          new Kind("etc/yum.repos.d", "*.repo", RepositoryFile::yum),
          new Kind("etc/yum/repos.d", "*.repo", RepositoryFile::yum),
          new Kind("etc/distro.repos.d", "*.repo", RepositoryFile::yum),
          new Kind("etc/zypp/repos.d", "*.repo", RepositoryFile::yum),
          new Kind("etc/apk", "repositories", RepositoryFile::apk),
          new Kind("etc/apk/repositories.d", "*.list", RepositoryFile::apk),
          new Kind("etc", "pacman.conf", RepositoryFile::pacman),
          new Kind("var/lib/flatpak/repo", "config", RepositoryFile::flatpak),
          new Kind("etc/flatpak/remotes.d", "*.flatpakrepo", RepositoryFile::flatpak));

  private static final List<Kind> IN_HOMES =
      List.of(new Kind(".local/share/flatpak/repo", "config", RepositoryFile::flatpak));

  private static final List<String> TAPS_ON_MACHINES =
      List.of(
          "opt/homebrew/Library/Taps",
          "usr/local/Homebrew/Library/Taps",
          "home/linuxbrew/.linuxbrew/Homebrew/Library/Taps");
  private static final List<String> TAPS_IN_HOMES =
      List.of(
          ".linuxbrew/Homebrew/Library/Taps", ".linuxbrew/Library/Taps", "homebrew/Library/Taps");
  private static final String TAP = "homebrew-";

  private final Remains remains;

  Repositories(Remains remains) {
    this.remains = remains;
  }

  void look() {
    var home = remains.owner() != null;
    var texts = new LinkedHashMap<BytePath, String>();
    var kinds = new LinkedHashMap<BytePath, Kind>();
    for (var kind : home ? IN_HOMES : ON_MACHINES) {
      for (var file : TextFiles.named(remains.places(), kind.folder(), kind.name())) {
        var text = TextFiles.text(remains.places(), file);
        if (text != null) {
          texts.put(file, text);
          kinds.put(file, kind);
        }
      }
    }
    kinds.forEach((file, kind) -> {
      var parts = home ? List.<Part>of() : parts(file, texts);
      kind.reader().accept(new RepositoryFile(remains, file, parts), texts.getOrDefault(file, ""));
    });
    for (var folder : home ? TAPS_IN_HOMES : TAPS_ON_MACHINES) {
      remains.places().find(remains.places().within(), folder + "/*").forEach(this::taps);
    }
  }

  private List<Part> parts(BytePath file, Map<BytePath, String> texts) {
    try {
      return OwnSource.parts(remains.places().tree(), file, texts);
    } catch (UnreadableException e) {
      remains.places().out().gap(e);
      return List.of();
    }
  }

  /// Homebrew's taps are clones, by default of `github.com/user/homebrew-name`.
  private void taps(BytePath user) {
    Places places = remains.places();
    for (var entry : places.list(user)) {
      var tap = user.resolve(entry.name());
      if (entry.kind() != FileKind.DIRECTORY || !tap.nameText().startsWith(TAP)) {
        continue;
      }
      var config = tap.resolve(".git/config");
      var text = TextFiles.text(places, config);
      var origin =
          text == null
              ? ""
              : Ini.read(text, false).stream()
                  .filter(section -> section.name().equals("remote \"origin\""))
                  .map(section -> section.get("url"))
                  .findFirst()
                  .orElse("");
      var standard = "https://github.com/" + user.nameText() + "/" + tap.nameText();
      remains.address(withoutGit(origin.isEmpty() ? standard : origin), tap, List.of());
    }
  }

  private static String withoutGit(String address) {
    return address.endsWith(".git") ? address.substring(0, address.length() - 4) : address;
  }
}
