package dev.interdict.agent.inventory;

/// What the kernel says of one file, read without following a link.
///
/// @param size in bytes; a claim for planning only, since sparse files lie
/// @param uid owner
/// @param mode permission bits and the set-id bits (07777)
/// @param links number of hard links
/// @param modified when its content last changed, in nanoseconds since 1970; its user may set it
/// @param changed when anything of it last changed, which only the kernel sets
public record FileFact(
    FileKind kind,
    FileId id,
    long size,
    int uid,
    int mode,
    int links,
    long modified,
    long changed) {

  /// Whether anybody may execute it.
  public boolean executable() {
    return kind == FileKind.REGULAR && (mode & 0111) != 0;
  }
}
