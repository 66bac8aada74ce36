package dev.interdict.agent.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One installation of one thing. Flat, so that a new source needs no new type.
///
/// @param source the name of the source that saw it
/// @param version as its record states it; null where nothing states one
/// @param owner the home it lies in; null for machine-wide ones
/// @param parts its files; empty where a package manager owns them
/// @param origin what brought it there, in a few plain words of ours (`npx cache`, `pipx`, `inside
///   the editor`); null where the source says it all
/// @param amendments what lists of other programs say of it
/// @param starts which files it starts, where starting something is all it is there for
public record Item(
    String source,
    Identity identity,
    @Nullable String version,
    @Nullable Home owner,
    BytePath location,
    List<Part> parts,
    @Nullable String origin,
    List<Amendment> amendments,
    List<BytePath> starts) {
  /// Lists that one item stands in, and files that one starts.
  public static final int MOST = 64;

  public Item {
    parts = List.copyOf(parts);
    amendments = List.copyOf(amendments.subList(0, Math.min(MOST, amendments.size())));
    starts = List.copyOf(starts);
  }

  /// One that stands in no list and starts nothing.
  public Item(
      String source,
      Identity identity,
      @Nullable String version,
      @Nullable Home owner,
      BytePath location,
      List<Part> parts,
      @Nullable String origin) {
    this(source, identity, version, owner, location, parts, origin, List.of(), List.of());
  }

  /// One whose source says where it came from.
  public Item(
      String source,
      Identity identity,
      @Nullable String version,
      @Nullable Home owner,
      BytePath location,
      List<Part> parts) {
    this(source, identity, version, owner, location, parts, null);
  }

  /// The same with other parts.
  public Item withParts(List<Part> other) {
    return new Item(source, identity, version, owner, location, other, origin, amendments, starts);
  }

  /// The same in other lists.
  public Item withAmendments(List<Amendment> other) {
    return new Item(source, identity, version, owner, location, parts, origin, other, starts);
  }

  /// The same that starts these files.
  public Item starting(List<BytePath> files) {
    return new Item(source, identity, version, owner, location, parts, origin, amendments, files);
  }
}
