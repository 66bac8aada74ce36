package dev.interdict.agent.sources.apple;

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
import dev.interdict.agent.sources.reading.PropertyList;
import dev.interdict.policy.Residue;
import java.util.List;

/// Receipts of macOS's installer, which say that a package was once installed. Nobody takes a
/// receipt away when somebody drags the application to the bin, so it is told as what stays behind
/// and never as installed: the applications themselves are found as bundles.
///
/// Does not see: which files a package brought (the bill of materials beside the receipt), and so
/// not command line tools that a package put into a folder where no other source looks.
public final class ReceiptSource implements Source {
  private static final List<String> FOLDERS = List.of("private/var/db/receipts", "var/db/receipts");
  private static final String SUFFIX = ".plist";

  @Override
  public String name() {
    return "receipt";
  }

  @Override
  public void inspect(Machine.HomeTree home, Sightings out) {
    // Receipts are the machine's.
  }

  @Override
  public void inspectSystem(Tree system, Sightings out) {
    var places = new Places(system, BytePath.ROOT, out);
    // On macOS itself the second is the first, through the system's own link.
    FOLDERS.stream()
        .flatMap(folder -> places.find(BytePath.ROOT, folder).stream())
        .distinct()
        .forEach(folder -> folder(places, folder));
  }

  private void folder(Places places, BytePath folder) {
    for (var entry : places.list(folder)) {
      var path = folder.resolve(entry.name());
      if (entry.kind() != FileKind.DIRECTORY && path.nameText().endsWith(SUFFIX)) {
        try {
          receipt(places, path);
        } catch (UnreadableException e) {
          places.out().gap(e);
        }
      }
    }
  }

  private void receipt(Places places, BytePath file) throws UnreadableException {
    var texts = PropertyList.texts(places.tree(), file);
    if (texts == null) {
      return;
    }
    var id = texts.getOrDefault("PackageIdentifier", "");
    if (!AppBundles.plainId(id)) {
      throw Metadata.malformed(file, "names no valid package identifier");
    }
    var version = texts.get("PackageVersion");
    places
        .out()
        .item(
            new Item(
                name(),
                new Identity.OfResidue(Residue.DATA, "var/db/receipts/" + id),
                Metadata.plainVersion(version) ? version : null,
                null,
                file,
                List.of(),
                "installer receipt"));
  }
}
