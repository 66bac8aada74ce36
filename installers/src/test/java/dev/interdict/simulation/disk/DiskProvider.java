package dev.interdict.simulation.disk;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What programs do with files of a [SimulatedDisk]; what none of ours does is not there.
final class DiskProvider extends FileSystemProvider {
  private static final FileTime NO_TIME = FileTime.fromMillis(0);

  private record Attributes(boolean isDirectory, long size) implements BasicFileAttributes {
    @Override
    public boolean isRegularFile() {
      return !isDirectory;
    }

    @Override
    public boolean isSymbolicLink() {
      return false;
    }

    @Override
    public boolean isOther() {
      return false;
    }

    @Override
    public FileTime lastModifiedTime() {
      return NO_TIME;
    }

    @Override
    public FileTime lastAccessTime() {
      return NO_TIME;
    }

    @Override
    public FileTime creationTime() {
      return NO_TIME;
    }

    @Override
    public @Nullable Object fileKey() {
      return null;
    }
  }

  private record Entries(List<Path> all) implements DirectoryStream<Path> {
    @Override
    public Iterator<Path> iterator() {
      return all.iterator();
    }

    @Override
    public void close() {}
  }

  private static SimulatedDisk disk(Path path) {
    return ((DiskFileSystem) path.getFileSystem()).disk();
  }

  @Override
  public String getScheme() {
    return "simulated";
  }

  @Override
  public FileChannel newFileChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    var disk = disk(path);
    var name = DiskPath.name(path);
    var there = disk.find(name);
    if (there != null && options.contains(StandardOpenOption.CREATE_NEW)) {
      throw new FileAlreadyExistsException(name);
    }
    var creates =
        options.contains(StandardOpenOption.CREATE)
            || options.contains(StandardOpenOption.CREATE_NEW);
    if (there == null && creates) {
      there = disk.create(name, false);
    }
    return new DiskChannel(disk, name, there == null ? disk.need(name) : there);
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return newFileChannel(path, options, attributes);
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    var name = DiskPath.name(folder);
    if (!disk(folder).need(name).folder) {
      throw new NotDirectoryException(name);
    }
    return new Entries(
        disk(folder).children(name).stream()
            .map(child -> folder.resolve(child.substring(child.lastIndexOf('/') + 1)))
            .toList());
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    var there = disk(folder).find(DiskPath.name(folder));
    if (there != null) {
      throw new FileAlreadyExistsException(folder.toString());
    }
    disk(folder).create(DiskPath.name(folder), true);
  }

  @Override
  public void delete(Path path) throws IOException {
    disk(path).need(DiskPath.name(path));
    disk(path).delete(DiskPath.name(path));
  }

  @Override
  public void move(Path from, Path to, CopyOption... options) throws IOException {
    var replace = List.of(options).contains(StandardCopyOption.REPLACE_EXISTING);
    disk(from).move(DiskPath.name(from), DiskPath.name(to), replace);
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    disk(path).need(DiskPath.name(path));
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    var node = disk(path).need(DiskPath.name(path));
    return type.cast(new Attributes(node.folder, node.content.length));
  }

  @Override
  public boolean isSameFile(Path one, Path other) {
    return DiskPath.name(one).equals(DiskPath.name(other));
  }

  @Override
  public boolean isHidden(Path path) {
    return false;
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void copy(Path from, Path to, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileStore getFileStore(Path path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return null;
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw new UnsupportedOperationException();
  }
}
