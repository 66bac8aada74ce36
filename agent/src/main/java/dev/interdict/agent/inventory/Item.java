package dev.interdict.agent.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One installation of one thing. Flat, so that a new source needs no new type.
///
/// @param source the name of the source that saw it
/// @param version as its record states it; null where nothing states one
/// @param owner the home it lies in; null for machine-wide ones
/// @param parts its files; empty where a package manager owns them
public record Item(
    String source,
    Identity identity,
    @Nullable String version,
    @Nullable Home owner,
    BytePath location,
    List<Part> parts) {
  public Item {
    parts = List.copyOf(parts);
  }

  Item withParts(List<Part> other) {
    return new Item(source, identity, version, owner, location, other);
  }
}
