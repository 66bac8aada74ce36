package dev.interdict.agent.sources.apple;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.PropertyList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads application bundles (Apple's Bundle Programming Guide): a folder `*.app` whose
/// `Contents/Info.plist` names it. The folder's own name says nothing, since anybody may change it.
public final class AppBundles {
  static final String SOURCE = "macos";
  private static final String SUFFIX = ".app";
  private static final int LONGEST_ID = 255;
  private static final int MOST_PROGRAMS = 64;

  private AppBundles() {}

  /// Whether a folder of that name may be a bundle.
  public static boolean named(String name) {
    return name.endsWith(SUFFIX) && name.length() > SUFFIX.length();
  }

  /// The bundle in that folder, if it is one, goes to the sightings of `places`; a record that is
  /// there and cannot be read is a gap there.
  ///
  /// @param origin what brought it, null where its place says it all
  public static void read(
      @Nullable Home owner, Places places, BytePath bundle, @Nullable String origin) {
    try {
      var record = bundle.resolve("Contents/Info.plist");
      var texts = PropertyList.texts(places.tree(), record);
      var fact = places.tree().stat(bundle);
      if (texts == null || fact == null || fact.kind() != FileKind.DIRECTORY) {
        return;
      }
      var id = texts.getOrDefault("CFBundleIdentifier", "");
      if (!plainId(id)) {
        throw Metadata.malformed(record, "names no valid bundle identifier");
      }
      var parts = new ArrayList<Part>();
      parts.add(new Part(Part.Role.MAIN, bundle, fact.id(), fact.kind()));
      parts.addAll(programs(places, bundle.resolve("Contents/MacOS")));
      var identity = new Identity.OfApplication("macos", id);
      places.out().item(new Item(SOURCE, identity, version(texts), owner, bundle, parts, origin));
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private static @Nullable String version(Map<String, String> texts) {
    return Stream.of("CFBundleShortVersionString", "CFBundleVersion")
        .map(texts::get)
        .filter(Metadata::plainVersion)
        .findFirst()
        .orElse(null);
  }

  private static List<Part> programs(Places places, BytePath folder) throws UnreadableException {
    var programs = new ArrayList<Part>();
    for (var entry : places.tree().list(folder)) {
      var path = folder.resolve(entry.name());
      var fact = entry.kind() == FileKind.REGULAR ? places.tree().stat(path) : null;
      if (fact != null && fact.executable() && programs.size() < MOST_PROGRAMS) {
        programs.add(new Part(Part.Role.EXECUTABLE, path, fact.id(), fact.kind()));
      }
    }
    return programs;
  }

  /// Letters, digits, dot and dash by Apple's rule; underscores are met.
  static boolean plainId(String id) {
    return !id.isEmpty()
        && id.length() <= LONGEST_ID
        && !id.contains("..")
        && id.chars()
            .allMatch(c ->
                c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '.'
                    || c == '-'
                    || c == '_');
  }
}
