package dev.interdict.agent.sources.windows;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.agent.sources.reading.Xml;
import dev.interdict.identity.PackageUrl;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// What Chocolatey installed for the machine, from the package description (`.nuspec`) that it
/// keeps of each. Chocolatey owns the files, so an item has no parts.
///
/// Does not see: an installation that the variable `ChocolateyInstall` moved, and what a package's
/// script installed elsewhere (that records itself, and stays when the package's record goes).
public final class ChocolateySource implements Source {
  private static final String LIBRARY = "ProgramData/chocolatey/lib/*";
  private static final String SUFFIX = ".nuspec";
  private static final int MAX_BYTES = 1 << 20;

  /// What a description tells.
  private record Description(@Nullable String id, @Nullable String version) {}

  @Override
  public String name() {
    return "chocolatey";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    // Chocolatey installs for the machine.
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    for (var folder : places.find(BytePath.ROOT, LIBRARY)) {
      for (var entry : places.list(folder)) {
        var path = folder.resolve(entry.name());
        if (entry.kind() != FileKind.DIRECTORY && path.nameText().endsWith(SUFFIX)) {
          installed(places, folder, path);
        }
      }
    }
  }

  private void installed(Places places, BytePath folder, BytePath file) {
    try {
      var bytes = places.tree().read(file, MAX_BYTES);
      if (bytes == null) {
        return;
      }
      var description = description(bytes, file);
      var id = description.id();
      if (id == null || !PackageName.plain(id)) {
        throw Metadata.malformed(file, "names no valid package");
      }
      var version = description.version();
      var plain = Metadata.plainVersion(version) ? version : null;
      var purl = PackageUrl.of("chocolatey", "", id);
      places
          .out()
          .item(
              new Item(
                  name(),
                  new Identity.OfPackage(plain == null ? purl : purl.withVersion(plain)),
                  plain,
                  null,
                  folder,
                  List.of()));
    } catch (UnreadableException e) {
      places.out().gap(e);
    }
  }

  private static Description description(byte[] bytes, BytePath file) throws UnreadableException {
    try {
      var reader = Xml.reader(bytes);
      Xml.enter(reader, "package");
      while (Xml.child(reader)) {
        if (reader.getLocalName().equals("metadata")) {
          return metadata(reader);
        }
        Xml.skip(reader);
      }
      throw new XMLStreamException("there is no metadata");
    } catch (XMLStreamException e) {
      throw Metadata.malformed(file, "is no package description");
    }
  }

  private static Description metadata(XMLStreamReader reader) throws XMLStreamException {
    String id = null;
    String version = null;
    while (Xml.child(reader)) {
      switch (reader.getLocalName()) {
        case "id" -> id = Xml.text(reader).strip();
        case "version" -> version = Xml.text(reader).strip();
        default -> Xml.skip(reader);
      }
    }
    return new Description(id, version);
  }
}
