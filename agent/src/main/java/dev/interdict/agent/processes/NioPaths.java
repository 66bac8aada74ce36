package dev.interdict.agent.processes;

import dev.interdict.agent.inventory.BytePath;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Paths of the platform as [BytePath], byte for byte under every locale.
final class NioPaths {
  private NioPaths() {}

  /// The path's bytes. Its URI is the one form in which the platform gives them unchanged; making
  /// it looks at the file, so this is only for paths on file systems that answer.
  static BytePath bytePath(Path path) {
    var whole = BytePath.ROOT;
    for (var component : path.toAbsolutePath().normalize().toUri().getRawPath().split("/")) {
      if (!component.isEmpty()) {
        whole = whole.resolve(bytes(component));
      }
    }
    return whole;
  }

  /// The absolute path of those bytes, one character for each, or null where there can be no such
  /// path.
  static @Nullable Path ofBytes(String path) {
    var uri = new StringBuilder("file://");
    for (var i = 0; i < path.length(); i++) {
      var c = path.charAt(i);
      var plain = c == '/' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      uri.append(plain ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    try {
      return Path.of(URI.create(uri.toString()));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// A path as another program tells it, or null for one that names no file.
  static @Nullable BytePath fromText(String text) {
    try {
      var slashes = text.replace('\\', '/');
      return slashes.isBlank()
          ? null
          : BytePath.ROOT.resolve(slashes.startsWith("/") ? slashes.substring(1) : slashes);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static byte[] bytes(String component) {
    var out = new ByteArrayOutputStream();
    for (var i = 0; i < component.length(); i++) {
      if (component.charAt(i) == '%') {
        out.write(Integer.parseInt(component, i + 1, i + 3, 16));
        i += 2;
      } else {
        out.write(component.charAt(i));
      }
    }
    return out.toByteArray();
  }
}
