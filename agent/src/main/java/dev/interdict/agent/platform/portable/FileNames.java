package dev.interdict.agent.platform.portable;

import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names of files between bytes and this platform's paths.
final class FileNames {
  /// Names that mean a device to Windows in every folder, whatever follows a dot.
  private static final Pattern DEVICE =
      Pattern.compile(
          "(con|prn|aux|nul|conin\\$|conout\\$|(com|lpt)[0-9\u00b9\u00b2\u00b3]) *(\\..*)?");

  private FileNames() {}

  /// The path of that one name; empty where no file can be called so.
  static Optional<Path> path(FileSystem system, byte[] name) {
    var text = new String(name, StandardCharsets.UTF_8);
    if (system.getSeparator().equals("\\") && !ofWindows(text)) {
      return Optional.empty();
    }
    try {
      var path = system.getPath(text);
      return path.getNameCount() == 1 && !path.isAbsolute() ? Optional.of(path) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /// Whether Windows takes the name for an ordinary file's: no stream of a file, no device, nothing
  /// that it cuts off at the end.
  static boolean ofWindows(String name) {
    return name.indexOf(':') < 0
        && name.indexOf('\\') < 0
        && !name.endsWith(".")
        && !name.endsWith(" ")
        && !DEVICE.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  /// The bytes of a name; empty for one that is no text.
  static Optional<byte[]> bytes(Path name) {
    var text = name.getFileName().toString();
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return new String(bytes, StandardCharsets.UTF_8).equals(text)
        ? Optional.of(bytes)
        : Optional.empty();
  }
}
