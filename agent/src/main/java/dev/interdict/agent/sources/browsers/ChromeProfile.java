package dev.interdict.agent.sources.browsers;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Origins;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.RecordedPath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The extensions of one profile of a Chrome-family browser.
record ChromeProfile(Home owner, Places places, String browser, BytePath profile) {

  /// A version of an extension: its folder and what its manifest states.
  private record Version(BytePath folder, @Nullable String stated) {}

  void inspect() {
    var states = ChromeState.of(places, profile);
    for (var extensions : places.find(profile, "Extensions")) {
      for (var entry : places.list(extensions)) {
        var folder = extensions.resolve(entry.name());
        if (entry.kind() == FileKind.DIRECTORY && isId(folder.nameText())) {
          packed(folder, states.get(folder.nameText()));
        }
      }
    }
    states.forEach((id, state) -> {
      if (state.unpacked() && isId(id)) {
        unpacked(id, state);
      }
    });
  }

  /// Ids are hashes of keys, in the letters `a` to `p`.
  static boolean isId(String text) {
    return text.length() == 32 && text.chars().allMatch(c -> c >= 'a' && c <= 'p');
  }

  /// One that the browser unpacked for itself: the folder is named by the id and holds one folder
  /// for each version, of which an old one may be waiting for the next start.
  private void packed(BytePath folder, @Nullable ChromeState state) {
    Version last = null;
    Version active = null;
    for (var entry : places.list(folder)) {
      var version = version(folder.resolve(entry.name()));
      if (version != null) {
        last = version;
        var path = state == null || state.path() == null ? "" : state.path().replace('\\', '/');
        if (path.equals(folder.nameText() + "/" + version.folder().nameText())) {
          active = version;
        }
      }
    }
    var chosen = active == null ? last : active;
    if (chosen != null) {
      item(folder.nameText(), chosen.stated(), folder, main(folder), state);
    }
  }

  private List<Part> main(BytePath folder) {
    try {
      var fact = places.tree().stat(folder);
      return fact == null
          ? List.of()
          : List.of(new Part(Part.Role.MAIN, folder, fact.id(), fact.kind()));
    } catch (UnreadableException e) {
      places.out().gap(e);
      return List.of();
    }
  }

  /// One in a folder of the user's choice, which is somebody's work and stays; what was dragged in
  /// as an archive, the browser has unpacked into a folder of its own.
  private void unpacked(String id, ChromeState state) {
    var path = state.path() == null ? null : RecordedPath.of(profile, state.path());
    if (path == null) {
      return;
    }
    if (!path.startsWith(places.within())) {
      item(id, null, state.file(), List.of(), state);
      return;
    }
    for (var folder : places.at(path)) {
      var version = version(folder);
      if (version != null) {
        var own = folder.parent().equals(profile.resolve("UnpackedExtensions"));
        item(id, version.stated(), folder, own ? main(folder) : List.of(), state);
      }
    }
  }

  private @Nullable Version version(BytePath folder) {
    try {
      var manifest = Metadata.object(places.tree(), folder.resolve("manifest.json"));
      if (manifest != null) {
        var version = Metadata.text(manifest, "version");
        return new Version(folder, Metadata.plainVersion(version) ? version : null);
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
    return null;
  }

  private void item(
      String id,
      @Nullable String version,
      BytePath location,
      List<Part> parts,
      @Nullable ChromeState state) {
    places
        .out()
        .item(
            new Item(
                "chrome",
                new Identity.OfExtension("chrome", id),
                version,
                owner,
                location,
                parts,
                Origins.in(browser, profile.nameText()) + (state == null ? "" : state.how())));
  }
}
