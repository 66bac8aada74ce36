package dev.interdict.trust;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Turns the relative names that this package makes into paths, and anything else into nothing.
public final class SafeNames {
  /// The longest file name that common file systems take.
  private static final int LONGEST = 255;

  private SafeNames() {}

  /// The file `name` below `folder`, or null unless each component is plain: letters, digits and
  /// `_.-~%`, not beginning with a dot, no longer than a file name may be.
  public static @Nullable Path resolve(Path folder, String name) {
    var path = folder;
    for (var component : name.split("/", -1)) {
      if (!isPlain(component)) {
        return null;
      }
      path = path.resolve(component);
    }
    return path;
  }

  private static boolean isPlain(String component) {
    if (component.isEmpty() || component.length() > LONGEST || component.charAt(0) == '.') {
      return false;
    }
    for (var i = 0; i < component.length(); i++) {
      var c = component.charAt(i);
      var plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "_.-~%".indexOf(c) >= 0;
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
