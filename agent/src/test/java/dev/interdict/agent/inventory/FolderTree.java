package dev.interdict.agent.inventory;

import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A [Tree] over a real folder on every operating system, for tests of what reads trees. It follows
/// no link, but checks before it opens, which is safe only where nobody changes the folder
/// meanwhile.
public final class FolderTree implements Tree {
  private final Path root;

  public FolderTree(Path root) {
    this.root = root;
  }

  @Override
  public List<Entry> list(BytePath directory) throws UnreadableException {
    var fact = stat(directory);
    if (fact == null || fact.kind() != FileKind.DIRECTORY) {
      return List.of();
    }
    var entries = new ArrayList<Entry>();
    try (var children = Files.newDirectoryStream(path(directory))) {
      for (var child : children) {
        entries.add(new Entry(nameOf(child), kind(attributes(child))));
      }
    } catch (IOException e) {
      throw unreadable(directory, e);
    }
    entries.sort(Comparator.comparing(Entry::name, java.util.Arrays::compareUnsigned));
    return entries;
  }

  @Override
  public @Nullable FileFact stat(BytePath path) throws UnreadableException {
    try {
      for (var above = path.parent(); above.depth() > 0; above = above.parent()) {
        if (Files.isSymbolicLink(path(above))) {
          throw new UnreadableException(Reason.LINK_IN_PATH, path, "a component is a link");
        }
      }
      return fact(path(path));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      if (String.valueOf(e.getMessage()).contains("Not a directory")) {
        return null;
      }
      throw unreadable(path, e);
    }
  }

  @Override
  public byte @Nullable [] read(BytePath file, int limit) throws UnreadableException {
    var fact = stat(file);
    if (fact == null) {
      return null;
    }
    if (fact.kind() != FileKind.REGULAR) {
      throw new UnreadableException(Reason.NOT_A_FILE, file, "is no regular file");
    }
    try (var in = Files.newInputStream(path(file))) {
      var bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new UnreadableException(Reason.TOO_LARGE, file, "is longer than " + limit + " bytes");
      }
      return bytes;
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public byte @Nullable [] range(BytePath file, long offset, int length)
      throws UnreadableException {
    var fact = stat(file);
    if (fact == null) {
      return null;
    }
    if (fact.kind() != FileKind.REGULAR) {
      throw new UnreadableException(Reason.NOT_A_FILE, file, "is no regular file");
    }
    try (var in = Files.newInputStream(path(file))) {
      in.skipNBytes(Math.min(offset, fact.size()));
      return in.readNBytes(length);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  @Override
  public byte @Nullable [] readLink(BytePath link) throws UnreadableException {
    var fact = stat(link);
    if (fact == null || fact.kind() != FileKind.LINK) {
      return null;
    }
    try {
      return Files.readSymbolicLink(path(link)).toString().getBytes(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw unreadable(link, e);
    }
  }

  @Override
  public @Nullable String sha256(BytePath file) throws UnreadableException {
    var bytes = read(file, 64 << 20);
    try {
      return bytes == null
          ? null
          : HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  /// The real file that a path below this root means.
  public Path path(BytePath path) {
    var uri = new StringBuilder(root.toUri().toString());
    if (uri.charAt(uri.length() - 1) != '/') {
      uri.append('/');
    }
    var separator = "";
    for (var component : path.components()) {
      uri.append(separator);
      separator = "/";
      for (var b : component) {
        uri.append("%%%02X".formatted(b));
      }
    }
    return Path.of(java.net.URI.create(uri.toString()));
  }

  /// The name's bytes, which only the URI of a path gives under every locale.
  private static byte[] nameOf(Path path) {
    var raw = path.toAbsolutePath().toUri().getRawPath();
    var end = raw.endsWith("/") ? raw.length() - 1 : raw.length();
    var name = raw.substring(raw.lastIndexOf('/', end - 1) + 1, end);
    var out = new ByteArrayOutputStream();
    for (var i = 0; i < name.length(); i++) {
      if (name.charAt(i) == '%') {
        out.write(Integer.parseInt(name, i + 1, i + 3, 16));
        i += 2;
      } else {
        out.write(name.charAt(i));
      }
    }
    return out.toByteArray();
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private static FileKind kind(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return FileKind.LINK;
    }
    if (attributes.isDirectory()) {
      return FileKind.DIRECTORY;
    }
    return attributes.isRegularFile() ? FileKind.REGULAR : FileKind.SPECIAL;
  }

  private static FileFact fact(Path path) throws IOException {
    var basic = attributes(path);
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      var id = new FileId(0, path.toAbsolutePath().toString().hashCode());
      return new FileFact(
          kind(basic), id, basic.size(), 0, 0755, 1, nanos(basic.lastModifiedTime()), 0);
    }
    Map<String, Object> unix =
        Files.readAttributes(path, "unix:dev,ino,uid,mode,nlink,ctime", LinkOption.NOFOLLOW_LINKS);
    return new FileFact(
        kind(basic),
        new FileId(number(unix, "dev"), number(unix, "ino")),
        basic.size(),
        (int) number(unix, "uid"),
        (int) number(unix, "mode") & 07777,
        (int) number(unix, "nlink"),
        nanos(basic.lastModifiedTime()),
        nanos((FileTime) Objects.requireNonNull(unix.get("ctime"))));
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  private static long number(Map<String, Object> attributes, String name) {
    return ((Number) Objects.requireNonNull(attributes.get(name))).longValue();
  }

  private static UnreadableException unreadable(BytePath path, IOException e) {
    var reason = e instanceof AccessDeniedException ? Reason.DENIED : Reason.IO;
    return new UnreadableException(reason, path, e.getClass().getSimpleName());
  }
}
