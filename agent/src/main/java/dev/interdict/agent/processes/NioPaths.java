package dev.interdict.agent.processes;

import dev.interdict.agent.inventory.BytePath;
import java.io.ByteArrayOutputStream;
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
