package dev.interdict.agent.platform.handles;

import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;

/// What an open handle says of its file or folder, links not followed.
///
/// @param kind a junction or symbolic link is a link; any other reparse point is special
/// @param owner a user's number on macOS, a security identifier on Windows
/// @param mode permission bits and set-id bits (07777); 0 where the system has none
/// @param links number of hard links
/// @param size content in bytes, a claim for planning only
public record Node(FileKind kind, FileId id, String owner, int mode, int links, long size) {
  private static final int SET_ID = 06000;
  private static final int OTHERS_MAY_WRITE = 0002;

  public boolean directory() {
    return kind == FileKind.DIRECTORY;
  }

  /// Whether it would run with other rights than those of whoever starts it.
  public boolean setId() {
    return kind == FileKind.REGULAR && (mode & SET_ID) != 0;
  }

  /// Whether its permission bits let everybody write.
  public boolean open() {
    return kind != FileKind.LINK && (mode & OTHERS_MAY_WRITE) != 0;
  }
}
