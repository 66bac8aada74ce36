package dev.interdict.agent.enforce;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.identity.PackageUrl;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A package whose files are its manager's: it goes by the manager or not at all. Everything in it
/// was read from a file and is checked by the manager's own grammar before it becomes an argument.
///
/// @param manager the source that saw it, which is called as its manager
/// @param purl name and architecture; the version where the record states one
/// @param record the file that says so
/// @param owner the home whose own database that is; null for the machine's
public record ManagedPackage(
    String manager, PackageUrl purl, BytePath record, @Nullable Home owner) {

  /// Those whose packages are removed, by the names of their sources.
  private static final Set<String> MANAGERS =
      Set.of("dpkg", "rpm", "apk", "pacman", "snap", "flatpak");

  /// The package that an item is, if it is one of these without files of its own.
  public static Optional<ManagedPackage> of(Item item) {
    return item.parts().isEmpty()
            && MANAGERS.contains(item.source())
            && item.identity() instanceof Identity.OfPackage(var purl)
        ? Optional.of(new ManagedPackage(item.source(), purl, item.location(), item.owner()))
        : Optional.empty();
  }
}
