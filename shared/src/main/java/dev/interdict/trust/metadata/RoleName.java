package dev.interdict.trust.metadata;

import java.nio.charset.StandardCharsets;

/// The name of a role. Names of delegated roles are chosen by whoever delegates and may hold
/// anything; on disk and in an address only [#encoded] is used.
public record RoleName(String value) implements Comparable<RoleName> {
  public static final RoleName ROOT = new RoleName("root");
  public static final RoleName TARGETS = new RoleName("targets");
  public static final RoleName SNAPSHOT = new RoleName("snapshot");
  public static final RoleName TIMESTAMP = new RoleName("timestamp");

  private static final int LONGEST = 200;

  public RoleName {
    if (value.isEmpty() || value.length() > LONGEST) {
      throw new IllegalArgumentException("a role name has 1 to " + LONGEST + " characters");
    }
  }

  /// Whether it is one of the four that the specification names.
  public boolean isTopLevel() {
    return equals(ROOT) || equals(TARGETS) || equals(SNAPSHOT) || equals(TIMESTAMP);
  }

  /// The name as one component of an address or a path.
  public String encoded() {
    return percentEncoded(value);
  }

  /// Every byte outside `A-Z a-z 0-9 _ . - ~` as a percent sign and two hex digits.
  public static String percentEncoded(String text) {
    var out = new StringBuilder();
    for (var b : text.getBytes(StandardCharsets.UTF_8)) {
      var c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "_.-~".indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return out.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }

  @Override
  public int compareTo(RoleName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
