package dev.interdict.agent.platform.handles;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// What an operating system does with files for the quarantine. Seam: one implementation for each
/// of Windows and macOS, and a disk in memory for tests.
///
/// Every act is on an open folder and one name in it, as bytes of UTF-8; none follows a link, and
/// none replaces anything. Names that are no single component are refused by each implementation.
/// Not thread-safe.
public interface Disk {
  /// Opens the root of the inspected machine, a path that only an administrator can change.
  Opened root(Path path) throws DiskException;

  /// Opens a folder of our own, creating it where there is none.
  ///
  /// @throws IOException if anybody but us and the machine's administrators can reach into it, or
  ///   exchange it
  Opened ours(Path path) throws IOException;

  /// The same below a folder of our own.
  Opened ours(Opened folder, byte[] name) throws IOException;

  /// Opens a folder in a folder.
  ///
  /// @throws DiskException LINK where a link or reparse point has its name
  Opened enter(Opened folder, byte[] name) throws DiskException;

  /// Opens a file to read, so that it cannot be removed or renamed meanwhile where the system knows
  /// of such a thing. Never waits for another process.
  Opened open(Opened folder, byte[] name) throws DiskException;

  /// What the handle stands for.
  Node look(Opened opened) throws DiskException;

  /// What an entry of the folder is, the link itself where it is one.
  Node look(Opened folder, byte[] name) throws DiskException;

  /// The names in a folder, in no order.
  ///
  /// @param most more than so many are an error
  List<byte[]> list(Opened folder, int most) throws DiskException;

  /// Up to `into.length` bytes from where the last call ended; 0 at the end.
  int read(Opened file, byte[] into) throws DiskException;

  /// What a link says, in the system's own form.
  byte[] target(Opened folder, byte[] name) throws DiskException;

  /// Gives an entry another name, in that or another folder of the same volume.
  ///
  /// @throws DiskException OCCUPIED where there is something of that name
  void move(Opened from, byte[] name, Opened to, byte[] newName) throws DiskException;

  /// Removes a file or a link, never a folder.
  void remove(Opened folder, byte[] name) throws DiskException;

  /// Removes an empty folder, and nothing else.
  ///
  /// @throws DiskException NOT_EMPTY for one with something in it
  void removeFolder(Opened folder, byte[] name) throws DiskException;

  /// Makes a folder that only we may enter.
  Opened makeFolder(Opened folder, byte[] name) throws DiskException;

  /// Makes a file that only we may read, open for writing.
  Opened makeFile(Opened folder, byte[] name) throws DiskException;

  /// Makes a link that says what [#target] told of another one, with that one's owner.
  ///
  /// @throws DiskException UNSUPPORTED where links are not made anew
  void makeLink(Opened folder, byte[] name, byte[] target, Node like) throws DiskException;

  /// Writes the first `length` bytes, all of them.
  void write(Opened file, byte[] from, int length) throws DiskException;

  /// Gives what we made the owner and the permission bits of another one, without set-id bits, and
  /// the rights that its place gives.
  void dress(Opened made, Node like) throws DiskException;

  /// Forces a file, or the names in a folder, to disk as far as the system can.
  void sync(Opened opened) throws DiskException;

  /// Bytes that are free on its volume.
  long free(Opened folder) throws DiskException;
}
