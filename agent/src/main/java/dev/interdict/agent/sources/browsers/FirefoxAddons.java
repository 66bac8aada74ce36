package dev.interdict.agent.sources.browsers;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Archive;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.RecordedPath;
import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Add-ons of Firefox in one place: what a profile's `extensions.json` lists with a path, and the
/// archives and folders named by their ids that lie in a folder of add-ons.
///
/// @param owner null for what the whole machine has
/// @param origin the browser and its profile, for people
record FirefoxAddons(@Nullable Home owner, Places places, String origin) {
  private static final int LONGEST_MANIFEST = 1 << 20;
  private static final int LONGEST_ID = 80;

  /// Those of a profile.
  void profile(BytePath profile) {
    var listed = new HashSet<BytePath>();
    var own = profile.resolve("extensions");
    listed(profile.resolve("extensions.json"), own, listed);
    for (var folder : places.at(own)) {
      folder(folder, listed);
    }
  }

  /// Those in a folder by their file names alone.
  ///
  /// @param listed that have been seen already
  void folder(BytePath folder, Set<BytePath> listed) {
    for (var entry : places.list(folder)) {
      var path = folder.resolve(entry.name());
      var name = path.nameText();
      var archive = entry.kind() == FileKind.REGULAR && name.endsWith(".xpi");
      var id = archive ? name.substring(0, name.length() - ".xpi".length()) : name;
      if (!listed.contains(path) && isId(id) && (archive || entry.kind() == FileKind.DIRECTORY)) {
        unlisted(path, id, archive);
      }
    }
  }

  /// What the browser has not listed yet, or its list was lost: the manifest tells the version.
  private void unlisted(BytePath path, String id, boolean archive) {
    try {
      var manifest =
          archive ? inArchive(path) : Metadata.object(places.tree(), path.resolve("manifest.json"));
      if (manifest != null) {
        item(id, Metadata.text(manifest, "version"), path, parts(path), origin);
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private Json.@Nullable Obj inArchive(BytePath path) throws UnreadableException {
    var archive = Archive.open(places.tree(), path);
    var bytes = archive == null ? null : archive.read("manifest.json", LONGEST_MANIFEST);
    if (bytes == null) {
      return null;
    }
    return Metadata.parsed(bytes, path, JsonLimits.FOREIGN) instanceof Json.Obj manifest
        ? manifest
        : null;
  }

  private void listed(BytePath file, BytePath own, Set<BytePath> listed) {
    try {
      if (Metadata.json(places.tree(), file, ChromeState.LIMITS) instanceof Json json) {
        if (!(json instanceof Json.Obj record)
            || !(record.get("addons") instanceof Json.Arr(var addons))) {
          throw Metadata.malformed(file, "is no list of add-ons");
        }
        addons.forEach(addon -> each(addon, file, own, listed));
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private void each(Json addon, BytePath file, BytePath own, Set<BytePath> listed) {
    try {
      if (addon instanceof Json.Obj one) {
        addon(one, file, own, listed);
      }
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private void addon(Json.Obj addon, BytePath file, BytePath own, Set<BytePath> listed)
      throws UnreadableException {
    var stated = Metadata.text(addon, "path");
    var path = stated == null ? null : here(RecordedPath.of(own, stated), own);
    // Without a path it is a part of the browser itself; a path is listed once.
    if (path == null || !"extension".equals(Metadata.text(addon, "type")) || !listed.add(path)) {
      return;
    }
    var id = Objects.requireNonNullElse(Metadata.text(addon, "id"), "");
    if (!isId(id)) {
      throw Metadata.malformed(file, "lists an add-on without a valid id");
    }
    var how = addon.get("active") == Json.Bool.FALSE ? origin + ", disabled" : origin;
    var version = Metadata.text(addon, "version");
    if (!path.startsWith(places.within())) {
      item(id, version, file, List.of(), how + ", from outside of the home");
    } else if (path.parent().equals(own)) {
      var parts = parts(path);
      if (!parts.isEmpty()) {
        item(id, version, path, parts, how);
      }
    } else if (places.tree().stat(path) != null) {
      // A folder or archive of the user's choice is somebody's work and stays.
      item(id, version, path, List.of(), how + ", from a work folder");
    }
  }

  /// In a home that was moved the list still holds the old paths.
  private @Nullable BytePath here(@Nullable BytePath path, BytePath own)
      throws UnreadableException {
    if (path == null || path.depth() == 0 || path.startsWith(places.within())) {
      return path;
    }
    var moved = own.resolve(path.name());
    return places.tree().stat(moved) == null ? path : moved;
  }

  /// An add-on's file or folder; of the whole machine's nothing is taken.
  private List<Part> parts(BytePath path) throws UnreadableException {
    var fact = places.tree().stat(path);
    return fact == null || owner == null
        ? List.of()
        : List.of(new Part(Part.Role.MAIN, path, fact.id(), fact.kind()));
  }

  private void item(
      String id, @Nullable String version, BytePath location, List<Part> parts, String how) {
    places
        .out()
        .item(
            new Item(
                "firefox",
                new Identity.OfExtension("firefox", id),
                Metadata.plainVersion(version) ? version : null,
                owner,
                location,
                parts,
                how));
  }

  /// An id is like an address of e-mail or a UUID in braces (the `id` key of
  /// `browser_specific_settings`).
  static boolean isId(String text) {
    var plain =
        text.length() <= LONGEST_ID
            && text.chars()
                .allMatch(c ->
                    c >= 'a' && c <= 'z'
                        || c >= 'A' && c <= 'Z'
                        || c >= '0' && c <= '9'
                        || "-._@{}".indexOf(c) >= 0);
    return plain && (text.indexOf('@') >= 0 || text.startsWith("{") && text.endsWith("}"));
  }
}
