package dev.interdict.agent.inventory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads files below one root that somebody else controls and may be changing at this moment.
///
/// Every call resolves its path anew below the root, follows no link, crosses into no other file
/// system, opens nothing but directories and regular files, and counts against a budget. Seam:
/// implemented per operating system. Not thread-safe.
public interface Tree {

  /// One entry of a directory.
  ///
  /// @param name as the file system holds it
  record Entry(byte[] name, FileKind kind) {}

  /// The entries of a directory, sorted by name bytes; empty where there is no such directory.
  ///
  /// @throws UnreadableException if it is there but cannot be listed safely
  List<Entry> list(BytePath directory) throws UnreadableException;

  /// What the file at that path is, or null where there is none.
  ///
  /// @throws UnreadableException if a component on the way is a link, on another file system, or
  ///   denied
  @Nullable FileFact stat(BytePath path) throws UnreadableException;

  /// The bytes of a regular file, or null where there is none.
  ///
  /// @param limit most bytes to read; a longer file is an error, never cut
  /// @throws UnreadableException if it is no regular file, longer than `limit`, or denied
  byte @Nullable [] read(BytePath file, int limit) throws UnreadableException;

  /// A piece of a regular file: what lies from `offset` on, `length` bytes or as many as there are;
  /// null where there is no such file. For records inside large files, such as an index at the end
  /// of an archive.
  ///
  /// @throws UnreadableException as [#read]
  byte @Nullable [] range(BytePath file, long offset, int length) throws UnreadableException;

  /// Where a symbolic link at that path leads, as the bytes stored in it; null where there is none
  /// or it is no link. The link is not followed.
  ///
  /// @throws UnreadableException as [#stat]
  byte @Nullable [] readLink(BytePath link) throws UnreadableException;

  /// SHA-256 of a regular file's content in lower-case hex, or null where there is none.
  ///
  /// @throws UnreadableException as [#read], with the budget's bytes as the limit
  @Nullable String sha256(BytePath file) throws UnreadableException;
}
