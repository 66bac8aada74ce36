package dev.interdict.simulation.disk;

import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.jspecify.annotations.Nullable;

/// A name on a [SimulatedDisk], spelt as this system spells names.
record DiskPath(DiskFileSystem system, Path text) implements Path {
  /// The node's name on the disk.
  static String name(Path path) {
    return unwrapped(path.toAbsolutePath().normalize()).toString();
  }

  private static Path unwrapped(Path path) {
    if (path instanceof DiskPath own) {
      return own.text;
    }
    throw new ProviderMismatchException();
  }

  private DiskPath of(Path other) {
    return new DiskPath(system, other);
  }

  private @Nullable DiskPath ofNullable(@Nullable Path other) {
    return other == null ? null : of(other);
  }

  @Override
  public FileSystem getFileSystem() {
    return system;
  }

  @Override
  public boolean isAbsolute() {
    return text.isAbsolute();
  }

  @Override
  public @Nullable Path getRoot() {
    return ofNullable(text.getRoot());
  }

  @Override
  public @Nullable Path getFileName() {
    return ofNullable(text.getFileName());
  }

  @Override
  public @Nullable Path getParent() {
    return ofNullable(text.getParent());
  }

  @Override
  public int getNameCount() {
    return text.getNameCount();
  }

  @Override
  public Path getName(int index) {
    return of(text.getName(index));
  }

  @Override
  public Path subpath(int begin, int end) {
    return of(text.subpath(begin, end));
  }

  @Override
  public boolean startsWith(Path other) {
    return other instanceof DiskPath own && text.startsWith(own.text);
  }

  @Override
  public boolean endsWith(Path other) {
    return other instanceof DiskPath own && text.endsWith(own.text);
  }

  @Override
  public Path normalize() {
    return of(text.normalize());
  }

  @Override
  public Path resolve(Path other) {
    return of(text.resolve(unwrapped(other)));
  }

  @Override
  public Path relativize(Path other) {
    return of(text.relativize(unwrapped(other)));
  }

  @Override
  public URI toUri() {
    return URI.create("simulated:" + text);
  }

  @Override
  public Path toAbsolutePath() {
    return of(Path.of("/").resolve(text));
  }

  @Override
  public Path toRealPath(LinkOption... options) {
    return toAbsolutePath().normalize();
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int compareTo(Path other) {
    return text.compareTo(unwrapped(other));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
