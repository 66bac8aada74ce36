package dev.interdict.agent.sources.nix;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Links;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The packages of one generation of a profile, which is a folder in the store: by its
/// `manifest.json` (`nix profile`; versions 1 and 2 hold a list, 3 a map), else by the
/// `manifest.nix` that `nix-env` generates, else, as for a whole system, by where the links in its
/// `bin` lead.
final class Profile {
  private static final int MAX_BYTES = 4 << 20;
  private static final Pattern OUT_PATH =
      Pattern.compile(" outPath = \"(/nix/store/[A-Za-z0-9+._?=-]{33,244})\";");

  private Profile() {}

  static Set<StorePath> packages(Places places, BytePath generation) throws UnreadableException {
    var manifest = generation.resolve("manifest.json");
    if (Metadata.json(places.tree(), manifest) instanceof Json json) {
      return fromJson(manifest, json);
    }
    // nix-env makes it a link to a path of its own in the store.
    var expression = Links.real(places.tree(), BytePath.ROOT, generation.resolve("manifest.nix"));
    var bytes = expression == null ? null : places.tree().read(expression, MAX_BYTES);
    return bytes == null
        ? fromLinks(places, generation)
        : fromNix(new String(bytes, StandardCharsets.UTF_8));
  }

  private static Set<StorePath> fromJson(BytePath manifest, Json json) throws UnreadableException {
    var elements = json instanceof Json.Obj object ? object.get("elements") : null;
    var found = new LinkedHashSet<StorePath>();
    switch (elements) {
      case Json.Arr(var items) -> items.forEach(item -> element(item, found));
      case Json.Obj object -> object.members().values().forEach(item -> element(item, found));
      case null, default -> throw Metadata.malformed(manifest, "holds no elements");
    }
    return found;
  }

  private static void element(Json element, Set<StorePath> found) {
    if (element instanceof Json.Obj object && object.get("storePaths") instanceof Json.Arr paths) {
      for (var path : paths.items()) {
        if (path instanceof Json.Text(var text)) {
          StorePath.of(text).ifPresent(found::add);
        }
      }
    }
  }

  /// The file is written by Nix in one form, so its strings need no reader of the language.
  private static Set<StorePath> fromNix(String text) {
    var found = new LinkedHashSet<StorePath>();
    var match = OUT_PATH.matcher(text);
    while (match.find()) {
      StorePath.of(match.group(1)).ifPresent(found::add);
    }
    return found;
  }

  /// A profile with one package alone has that package's `bin` for its own.
  private static Set<StorePath> fromLinks(Places places, BytePath generation)
      throws UnreadableException {
    var found = new LinkedHashSet<StorePath>();
    var folder = generation.resolve("bin");
    target(places, folder).ifPresent(found::add);
    if (found.isEmpty()) {
      for (var entry : places.tree().list(folder)) {
        if (entry.kind() == FileKind.LINK) {
          target(places, folder.resolve(entry.name())).ifPresent(found::add);
        }
      }
    }
    return found;
  }

  /// Where in the store a link leads by its text.
  static Optional<StorePath> target(Places places, BytePath link) throws UnreadableException {
    var text = places.tree().readLink(link);
    return text == null
        ? Optional.empty()
        : StorePath.of(new String(text, StandardCharsets.ISO_8859_1));
  }
}
