package dev.interdict.agent.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// A log in files that never take more than a given room: what is full is put away under a number,
/// the others move on by one, and the oldest goes. For systems whose service manager keeps no log.
///
/// It looks at the size whenever it is flushed, so an event that is flushed as a whole lies in one
/// file as a whole. A file that cannot be put away, since somebody holds it open, is begun anew: a
/// log may lose lines, a disk must not fill. A file that cannot be opened, or that an interrupt
/// closed, is tried again with what is written next, so that one bad moment does not end the log.
///
/// Not thread-safe: the stream of text before it sees to that.
final class BoundedLog extends OutputStream {
  private static final String NAME = "agent";
  private static final String ENDING = ".log";

  private final Path folder;
  private final long most;
  private final int kept;
  private FileChannel file;
  private boolean ended;

  /// @param folder where the files lie; it must exist
  /// @param most bytes after which a file is full
  /// @param kept how many full ones stay, at least 1
  /// @throws IOException if no file can be written there
  BoundedLog(Path folder, long most, int kept) throws IOException {
    this.folder = folder;
    this.most = most;
    this.kept = kept;
    file = opened(StandardOpenOption.APPEND);
  }

  private FileChannel opened(StandardOpenOption how) throws IOException {
    return FileChannel.open(at(0), StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
  }

  private FileChannel file() throws IOException {
    if (!ended && !file.isOpen()) {
      file = opened(StandardOpenOption.APPEND);
    }
    return file;
  }

  private Path at(int number) {
    return folder.resolve(NAME + (number == 0 ? "" : "." + number) + ENDING);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    var left = ByteBuffer.wrap(bytes, from, length);
    var to = file();
    while (left.hasRemaining()) {
      to.write(left);
    }
  }

  @Override
  public void flush() throws IOException {
    if (file().size() >= most) {
      turn();
    }
  }

  private void turn() throws IOException {
    file.close();
    var how = StandardOpenOption.APPEND;
    try {
      for (var number = kept - 1; number >= 0; number--) {
        if (Files.exists(at(number))) {
          Files.move(at(number), at(number + 1), StandardCopyOption.REPLACE_EXISTING);
        }
      }
    } catch (IOException e) {
      how = StandardOpenOption.TRUNCATE_EXISTING;
    }
    file = opened(how);
  }

  @Override
  public void close() throws IOException {
    ended = true;
    file.close();
  }
}
