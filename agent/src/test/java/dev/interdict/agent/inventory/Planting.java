package dev.interdict.agent.inventory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/// Plants files of a workstation below a folder, from captured listings or one by one.
///
/// A listing has one line to an entry: mode and path, a link's target after `->`; lines that start
/// with `| ` are the content of the file above them, every other file gets a few bytes.
public final class Planting {
  private final Path root;

  public Planting(Path root) {
    this.root = root;
  }

  /// Plants the listing of that name under `prefix`.
  public Planting fixture(String name, String prefix) {
    var at = root.resolve(prefix);
    var content = new StringBuilder();
    Path file = null;
    for (var line : listing(name)) {
      if (line.startsWith("| ")) {
        content.append(line.substring(2)).append('\n');
        write(Objects.requireNonNull(file), content.toString());
      } else {
        content.setLength(0);
        file = entry(at, line);
      }
    }
    return this;
  }

  private static Iterable<String> listing(String name) {
    return new String(captured(name), StandardCharsets.UTF_8).lines().toList();
  }

  private static Path entry(Path at, String line) {
    var mode = line.substring(1, 10);
    var rest = line.substring(11);
    var arrow = rest.indexOf(" -> ");
    var path = at.resolve(arrow < 0 ? rest : rest.substring(0, arrow));
    switch (line.charAt(0)) {
      case 'd' -> directory(path);
      case 'l' -> link(path, rest.substring(arrow + 4));
      default -> {
        write(path, "trimmed");
        mode(path, mode);
      }
    }
    return path;
  }

  /// Plants a text file.
  public Planting file(String path, String text) {
    write(root.resolve(path), text);
    return this;
  }

  /// Plants a file of bytes.
  public Planting file(String path, byte[] bytes) {
    write(root.resolve(path), bytes);
    return this;
  }

  /// Plants a copy of a captured file.
  public Planting copy(String path, String fixture) {
    return file(path, captured(fixture));
  }

  /// The bytes of a captured file.
  public static byte[] captured(String fixture) {
    try (var in = Planting.class.getResourceAsStream("/fixtures/" + fixture)) {
      return Objects.requireNonNull(in, "no fixture " + fixture).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Plants a file that may be executed.
  public Planting program(String path) {
    write(root.resolve(path), "trimmed");
    mode(root.resolve(path), "rwxr-xr-x");
    return this;
  }

  /// Plants an empty folder.
  public Planting folder(String path) {
    directory(root.resolve(path));
    return this;
  }

  /// Plants a symbolic link.
  public Planting link(String path, String target) {
    link(root.resolve(path), target);
    return this;
  }

  /// Gives an existing file a second name.
  public Planting hardLink(String path, String existing) {
    try {
      Files.createLink(root.resolve(path), root.resolve(existing));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void directory(Path path) {
    try {
      Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void link(Path path, String target) {
    directory(Objects.requireNonNull(path.getParent()));
    try {
      Files.createSymbolicLink(path, Path.of(target));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path path, String text) {
    write(path, text.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Path path, byte[] bytes) {
    directory(Objects.requireNonNull(path.getParent()));
    try {
      Files.write(path, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void mode(Path path, String mode) {
    try {
      if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
