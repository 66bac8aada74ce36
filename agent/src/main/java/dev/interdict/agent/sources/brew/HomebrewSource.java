package dev.interdict.agent.sources.brew;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Launchers;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.identity.PackageUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Formulae and casks of Homebrew, each version that is still there, in the prefixes of macOS and
/// Linux and in homes. A version's folder is the item; what stands in `bin` and leads into it
/// starts it.
///
/// Only the core taps leave their name out of the package URL. Where no receipt names the tap, as
/// with casks of years ago, it is taken for one of these.
///
/// Does not see: prefixes elsewhere; an application that a cask has moved to `/Applications`, which
/// is found there; casks whose folder somebody has deleted; whether a version is the one in use.
public final class HomebrewSource implements Source {
  private static final List<String> SYSTEM =
      List.of("opt/homebrew", "usr/local", "home/linuxbrew/.linuxbrew");
  private static final List<String> HOME = List.of(".linuxbrew", "homebrew", ".homebrew");
  private static final Set<String> CORE = Set.of("homebrew/core", "homebrew/cask");
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9+._@-]{0,127}");
  private static final Pattern TAP = Pattern.compile("([a-z0-9_.-]{1,64})/([a-z0-9_.-]{1,64})");

  @Override
  public String name() {
    return "homebrew";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    look(new Places(home.tree(), home.home().path(), out), HOME, home.home());
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    look(new Places(system, BytePath.ROOT, out), SYSTEM, null);
  }

  private static void look(Places places, List<String> prefixes, @Nullable Home owner) {
    for (var pattern : prefixes) {
      for (var prefix : places.find(places.within(), pattern)) {
        var formulae = places.find(prefix, "Cellar/*");
        var casks = places.find(prefix, "Caskroom/*");
        if (!formulae.isEmpty() || !casks.isEmpty()) {
          var launchers = new Launchers(places);
          launchers.links(prefix.resolve("bin"));
          launchers.links(prefix.resolve("sbin"));
          var prefixed = new Prefix(places, prefix, owner, launchers);
          formulae.forEach(prefixed::formula);
          casks.forEach(prefixed::cask);
        }
      }
    }
  }

  /// One place that Homebrew installs into.
  private record Prefix(Places places, BytePath place, @Nullable Home owner, Launchers launchers) {
    /// Each version has a receipt of its own.
    void formula(BytePath folder) {
      for (var version : versions(folder)) {
        try {
          var receipt = Receipt.read(places.tree(), version.resolve("INSTALL_RECEIPT.json"));
          report(folder, version, receipt, List.of("bin", "sbin", "libexec"));
        } catch (UnreadableException e) {
          places.out().gap(e);
        }
      }
    }

    /// Newer casks have one receipt for all versions, which speaks of the newest.
    void cask(BytePath folder) {
      Receipt receipt;
      try {
        receipt = Receipt.read(places.tree(), folder.resolve(".metadata/INSTALL_RECEIPT.json"));
      } catch (UnreadableException e) {
        places.out().gap(e);
        receipt = Receipt.NONE;
      }
      for (var version : versions(folder)) {
        try {
          report(folder, version, new Receipt(receipt.tap(), null), List.of(""));
        } catch (UnreadableException e) {
          places.out().gap(e);
        }
      }
    }

    private List<BytePath> versions(BytePath folder) {
      return places.list(folder).stream()
          .filter(entry -> entry.kind() == FileKind.DIRECTORY && entry.name()[0] != '.')
          .map(entry -> folder.resolve(entry.name()))
          .toList();
    }

    private void report(
        BytePath folder, BytePath version, Receipt receipt, List<String> programFolders)
        throws UnreadableException {
      var name = folder.nameText();
      var tap = receipt.tap();
      if (!NAME.matcher(name).matches() || name.contains("..")) {
        throw Metadata.malformed(folder, "is no name of Homebrew");
      }
      if (tap != null && (!TAP.matcher(tap).matches() || tap.contains(".."))) {
        throw Metadata.malformed(version, "names no valid tap");
      }
      var stated = receipt.version() == null ? version.nameText() : receipt.version();
      var plain = Metadata.plainVersion(stated) ? stated : null;
      var purl = PackageUrl.of("brew", tap == null || CORE.contains(tap) ? "" : tap, name);
      places
          .out()
          .item(
              new Item(
                  "homebrew",
                  new Identity.OfPackage(plain == null ? purl : purl.withVersion(plain)),
                  plain,
                  owner,
                  version,
                  parts(version, programFolders)));
    }

    private List<Part> parts(BytePath version, List<String> programFolders)
        throws UnreadableException {
      var parts = new ArrayList<Part>();
      // What a link leads to elsewhere may be somebody's own folder.
      if (!version.startsWith(place)) {
        return parts;
      }
      var fact = places.tree().stat(version);
      if (fact != null && fact.kind() == FileKind.DIRECTORY) {
        parts.add(new Part(Part.Role.MAIN, version, fact.id(), fact.kind()));
        for (var folder : programFolders) {
          programs(folder.isEmpty() ? version : version.resolve(folder), parts);
        }
        parts.addAll(launchers.into(version));
      }
      return parts;
    }

    private void programs(BytePath folder, List<Part> parts) throws UnreadableException {
      for (var entry : places.tree().list(folder)) {
        var path = folder.resolve(entry.name());
        var fact = entry.kind() == FileKind.REGULAR ? places.tree().stat(path) : null;
        if (fact != null && fact.executable()) {
          parts.add(new Part(Part.Role.EXECUTABLE, path, fact.id(), fact.kind()));
        }
      }
    }
  }
}
