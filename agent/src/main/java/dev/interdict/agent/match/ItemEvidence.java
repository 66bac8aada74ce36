package dev.interdict.agent.match;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.evidence.Evidence;
import dev.interdict.policy.Subject;
import org.jspecify.annotations.Nullable;

/// What rules are asked about an item: what it is, and each program file of it by place and, where
/// it was read, by content. Who signed a program is not read on this system, so a matcher with a
/// signer stays uncertain.
public final class ItemEvidence {
  private ItemEvidence() {}

  /// All that is known of the item.
  public static Evidence of(Item item) {
    return new Evidence(
        item.source(),
        item.version(),
        item.location().toString(),
        identity(item),
        item.parts().stream()
            .filter(Part::program)
            .map(part -> program(part.path(), item.owner(), part.sha256()))
            .toList());
  }

  /// The program at `path` of a home or, for null, of the machine.
  static Subject program(BytePath path, @Nullable Home owner, @Nullable String sha256) {
    return Evidence.program(
        path.toString(), owner == null ? null : owner.path().toString(), sha256);
  }

  private static Subject identity(Item item) {
    return switch (item.identity()) {
      case Identity.OfPackage(var purl) -> new Subject.OfPackage(purl);
      case Identity.OfExtension(var host, var id) -> new Subject.OfExtension(host, id);
      case Identity.OfApplication(var platform, var id) -> new Subject.OfApplication(platform, id);
      case Identity.OfProgram _ -> program(item.location(), item.owner(), digest(item));
      case Identity.OfModel(var tool, var model) -> new Subject.OfModel(tool, model);
      case Identity.OfVariable(var name) -> new Subject.OfVariable(name);
      case Identity.OfContainer(var reference) -> new Subject.OfContainer(reference);
      case Identity.OfResidue(var kind, var id) -> new Subject.OfResidue(kind, id);
    };
  }

  /// Of the program that lies at the item's own place.
  private static @Nullable String digest(Item item) {
    return item.parts().stream()
        .filter(part -> part.program() && part.path().equals(item.location()))
        .map(Part::sha256)
        .filter(java.util.Objects::nonNull)
        .findFirst()
        .orElse(null);
  }
}
