package dev.interdict.agent.platform.portable;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An open directory, from which the next is entered: by its descriptor where Java has a
/// [SecureDirectoryStream] (macOS, Linux), so that nobody can put a link in the way meanwhile. On
/// Windows it goes by path, and whether each name is a link or junction is asked before it is used.
/// Names are single ones. Not thread-safe.
final class OpenFolder implements Closeable {
  private final DirectoryStream<Path> stream;
  private final @Nullable SecureDirectoryStream<Path> secure;
  private final Path path;

  private OpenFolder(DirectoryStream<Path> stream, Path path, boolean byPath) {
    this.stream = stream;
    this.secure =
        !byPath && stream instanceof SecureDirectoryStream<Path> descriptor ? descriptor : null;
    this.path = path;
  }

  /// Opens a directory whose own path is trusted.
  ///
  /// @param byPath to go by path even where descriptors could be had
  static OpenFolder at(Path trusted, boolean byPath) throws IOException {
    return new OpenFolder(Files.newDirectoryStream(trusted), trusted, byPath);
  }

  /// Where it lies, for what can only be asked by path.
  Path path() {
    return path;
  }

  /// Its entries, once.
  DirectoryStream<Path> entries() {
    return stream;
  }

  /// @throws IOException if that is no directory, or a link
  OpenFolder enter(Path name) throws IOException {
    if (secure != null) {
      var below = secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS);
      return new OpenFolder(below, path.resolve(name), false);
    }
    var attributes = attributes(name);
    if (!attributes.isDirectory() || attributes.isOther()) {
      throw new NotDirectoryException(name.toString());
    }
    return at(path.resolve(name), true);
  }

  /// Of the entry itself, links not followed.
  BasicFileAttributes attributes(Path name) throws IOException {
    return secure == null
        ? Files.readAttributes(
            path.resolve(name), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        : secure
            .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .readAttributes();
  }

  /// Opens a file to read. Asked only for what is a regular file, since opening a pipe waits for
  /// its writer.
  SeekableByteChannel open(Path name) throws IOException {
    var how = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    return secure == null
        ? Files.newByteChannel(path.resolve(name), how)
        : secure.newByteChannel(name, how);
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
