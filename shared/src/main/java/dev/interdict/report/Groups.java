package dev.interdict.report;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The groups that a device is in, as rules name them in their scope. Set when it enrols, by the
/// token; neither the device nor its users have a say.
public final class Groups {
  /// Most groups of one device.
  public static final int MOST = 32;

  private static final int LONGEST = 64;
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(?:-[a-z0-9]+)*");

  private Groups() {}

  /// Whether a device can be in a group of this name: kebab-case, up to 64 characters.
  public static boolean isName(String name) {
    return name.length() <= LONGEST && NAME.matcher(name).matches();
  }

  /// The groups, each once and in alphabetical order.
  ///
  /// @throws IllegalArgumentException if there are too many, or one is not in kebab-case
  public static SortedSet<String> of(Collection<String> names) {
    for (var name : names) {
      if (!isName(name)) {
        throw new IllegalArgumentException(
            "group \""
                + name
                + "\" is not in kebab-case; write up to "
                + LONGEST
                + " of a-z, 0-9 and single dashes, such as build-machines");
      }
    }
    var groups = new TreeSet<>(names);
    if (groups.size() > MOST) {
      throw new IllegalArgumentException(
          "a device is in at most " + MOST + " groups, not in " + groups.size());
    }
    return Collections.unmodifiableSortedSet(groups);
  }
}
