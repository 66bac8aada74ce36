package dev.interdict.agent.sources.editors;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Archive;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Xml;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// What a plugin of a JetBrains IDE says of itself in its `META-INF/plugin.xml`, after "Plugin
/// Configuration File" of the IntelliJ Platform SDK: without an `id` its `name` is its id. Compared
/// exactly, case included.
///
/// @param version null where neither the descriptor nor the jar's manifest states one
record PluginDescriptor(String id, @Nullable String version) {
  static final String PLACE = "META-INF/plugin.xml";
  private static final String MANIFEST = "META-INF/MANIFEST.MF";
  private static final int LONGEST = 2 << 20;
  private static final int LONGEST_ID = 256;
  private static final Set<String> WANTED = Set.of("id", "name", "version");

  /// That of a jar, or null where it holds none.
  ///
  /// @throws UnreadableException if it is no archive, or holds a descriptor that is none
  static @Nullable PluginDescriptor inJar(Tree tree, BytePath jar) throws UnreadableException {
    var archive = Archive.open(tree, jar);
    var xml = archive == null ? null : archive.read(PLACE, LONGEST);
    if (archive == null || xml == null) {
      return null;
    }
    var descriptor = of(xml, jar);
    if (descriptor == null || descriptor.version() != null) {
      return descriptor;
    }
    var manifest = archive.read(MANIFEST, LONGEST);
    return manifest == null
        ? descriptor
        : new PluginDescriptor(descriptor.id(), versionIn(manifest));
  }

  /// That in a file of its own, or null where there is none.
  ///
  /// @throws UnreadableException as [#inJar]
  static @Nullable PluginDescriptor inFile(Tree tree, BytePath file) throws UnreadableException {
    var xml = tree.read(file, LONGEST);
    return xml == null ? null : of(xml, file);
  }

  /// The descriptor in `xml`; null where it describes no plugin but another thing.
  static @Nullable PluginDescriptor of(byte[] xml, BytePath file) throws UnreadableException {
    var texts = new HashMap<String, String>();
    var root = new String[] {""};
    Xml.read(xml, file, reader -> root[0] = texts(reader, file, texts));
    if (!root[0].equals("idea-plugin")) {
      return null;
    }
    var id = texts.getOrDefault("id", texts.getOrDefault("name", ""));
    if (!valid(id)) {
      throw Metadata.malformed(file, "states no valid id of a plugin");
    }
    var version = texts.get("version");
    return new PluginDescriptor(id, Metadata.plainVersion(version) ? version : null);
  }

  /// The texts of the wanted children of the root.
  ///
  /// @return the root's name
  private static String texts(XMLStreamReader xml, BytePath file, Map<String, String> texts)
      throws XMLStreamException, UnreadableException {
    var root = "";
    var depth = 0;
    while (xml.hasNext()) {
      switch (xml.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          root = depth == 1 ? xml.getLocalName() : root;
          if (depth == 2 && WANTED.contains(xml.getLocalName())) {
            var name = xml.getLocalName();
            var text = xml.getElementText().strip();
            depth--;
            var before = text.isEmpty() ? null : texts.putIfAbsent(name, text);
            if (name.equals("id") && before != null && !before.equals(text)) {
              throw Metadata.malformed(file, "states two ids of a plugin");
            }
          }
        }
        case XMLStreamConstants.END_ELEMENT -> depth--;
        default -> {}
      }
    }
    return root;
  }

  /// The version in the main section of a jar's manifest.
  private static @Nullable String versionIn(byte[] manifest) {
    var lines =
        new String(manifest, StandardCharsets.UTF_8)
            .lines()
            .takeWhile(line -> !line.isEmpty())
            .toList();
    return List.of("Version: ", "Implementation-Version: ").stream()
        .flatMap(name ->
            lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).strip()))
        .filter(Metadata::plainVersion)
        .findFirst()
        .orElse(null);
  }

  /// Ids are free text, in any script; none holds what cannot be shown.
  private static boolean valid(String id) {
    return !id.isEmpty()
        && id.length() <= LONGEST_ID
        && id.codePoints()
            .allMatch(c -> c >= ' ' && c < 0x7f || c > 0x7f && Character.isLetterOrDigit(c));
  }
}
