package dev.interdict.agent.sources.residue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.agent.sources.reading.Places;
import dev.interdict.policy.Residue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where one home or the machine is looked at, and how what is found is told.
record Remains(@Nullable Home owner, Places places) {

  /// Whether a file's name may be an identity: printable ASCII without a blank.
  static boolean plain(String name) {
    return !name.isEmpty()
        && name.length() <= 255
        && name.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  void tell(Residue kind, String id, BytePath location) {
    tell(kind, id, location, List.of());
  }

  void tell(Residue kind, String id, BytePath location, List<Part> parts) {
    tell(kind, id, location, parts, List.of());
  }

  /// @param starts the files that it starts, where it starts nothing else
  void tell(Residue kind, String id, BytePath location, List<Part> parts, List<BytePath> starts) {
    var identity = new Identity.OfResidue(kind, id);
    var item = new Item("residue", identity, null, owner, location, parts);
    places.out().item(parts.isEmpty() ? item : item.starting(starts));
  }

  /// Tells of an address, as it stands in a file.
  ///
  /// @param parts what may be taken away with it
  void address(String text, BytePath file, List<Part> parts) {
    try {
      var address = Address.of(text);
      if (address != null) {
        tell(Residue.REPOSITORY, address, file, parts);
      }
    } catch (IllegalArgumentException e) {
      places.out().gap(Metadata.malformed(file, String.valueOf(e.getMessage())));
    }
  }

  /// A file of a home as the part to be taken away, with the links that start it; nothing
  /// machine-wide, and nothing that is no regular file.
  List<Part> file(BytePath file, List<Part> links) throws UnreadableException {
    var fact = owner == null ? null : places.tree().stat(file);
    if (fact == null || fact.kind() != FileKind.REGULAR) {
      return List.of();
    }
    var parts = new ArrayList<Part>();
    parts.add(new Part(Part.Role.MAIN, file, fact.id(), fact.kind()));
    parts.addAll(links);
    return parts;
  }
}
