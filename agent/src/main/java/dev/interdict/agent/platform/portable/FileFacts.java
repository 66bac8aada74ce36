package dev.interdict.agent.platform.portable;

import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.windows.kernel.FileNumbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// What is known of a file without opening it. On Windows, where Java gives neither owner number
/// nor file number: the owner is -1, a program is what is named like one, and the id is asked of
/// Windows; of a Windows that is only looked at elsewhere it is made from the path.
final class FileFacts {
  private static final List<String> PROGRAMS = List.of(".exe", ".com", ".cmd", ".bat", ".ps1");

  private static final boolean ON_WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  private FileFacts() {}

  static FileKind kind(BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return FileKind.LINK;
    }
    if (attributes.isOther()) {
      // A junction is both a directory and something else.
      return FileKind.SPECIAL;
    }
    return attributes.isDirectory() ? FileKind.DIRECTORY : FileKind.REGULAR;
  }

  /// @throws IOException if it cannot be told, or another file took its place meanwhile
  static FileFact of(OpenFolder folder, Path name) throws IOException {
    var basic = folder.attributes(name);
    var path = folder.path().resolve(name);
    return path.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? unix(path, basic)
        : windows(path, basic);
  }

  private static FileFact unix(Path path, BasicFileAttributes basic) throws IOException {
    Map<String, Object> unix = Files.readAttributes(path, "unix:*", LinkOption.NOFOLLOW_LINKS);
    if (!Objects.equals(unix.get("fileKey"), basic.fileKey())) {
      throw new IOException("it changed while it was looked at");
    }
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

  private static FileFact windows(Path path, BasicFileAttributes basic) {
    var name = path.toString().toLowerCase(Locale.ROOT);
    var mode = PROGRAMS.stream().anyMatch(name::endsWith) ? 0755 : 0644;
    return new FileFact(
        kind(basic),
        id(path, name),
        basic.size(),
        -1,
        mode,
        1,
        nanos(basic.lastModifiedTime()),
        nanos(basic.creationTime()));
  }

  /// The file's own number where Windows itself can be asked, so that what is acted on later can be
  /// told to be the same file.
  private static FileId id(Path path, String name) {
    var asked = ON_WINDOWS ? FileNumbers.of(path) : null;
    return asked == null ? new FileId(-1, hash(name)) : asked;
  }

  private static long hash(String path) {
    return ByteBuffer.wrap(sha256().digest(path.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static long nanos(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  private static long number(Map<String, Object> attributes, String name) {
    return ((Number) Objects.requireNonNull(attributes.get(name))).longValue();
  }
}
