package dev.interdict.agent.inventory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// An absolute path below the inspected root, as the bytes that the file system holds. Names on
/// Linux are bytes, not text: a name that is not UTF-8 does not survive a round trip through
/// `String`.
///
/// Components are never empty, `.` or `..` and hold no NUL and no slash, so a path cannot climb.
/// Its text form keeps printable characters and writes all other bytes, and `%` itself, as `%XX`.
///
/// A path shares the folders above it with every other path that was resolved from them: a scan
/// holds tens of thousands. Immutable.
public final class BytePath implements Comparable<BytePath> {
  /// The inspected root itself.
  public static final BytePath ROOT = new BytePath();

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private final BytePath above;
  private final byte[] name;
  private final int depth;
  private final int hash;

  private BytePath() {
    this.above = this;
    this.name = new byte[0];
    this.depth = 0;
    this.hash = 1;
  }

  private BytePath(BytePath above, byte[] name) {
    this.above = above;
    this.name = name;
    this.depth = above.depth + 1;
    this.hash = 31 * above.hash + Arrays.hashCode(name);
  }

  /// The path that [#toString] wrote.
  ///
  /// @throws IllegalArgumentException if it is not absolute, climbs, or holds a bad escape
  public static BytePath parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("path is not absolute: " + text);
    }
    var path = ROOT;
    for (var component : text.substring(1).split("/")) {
      if (!component.isEmpty()) {
        path = new BytePath(path, checked(unescape(component)));
      }
    }
    return path;
  }

  /// This path with further components of plain text, such as `.local/bin`.
  public BytePath resolve(String relative) {
    var path = this;
    for (var component : relative.split("/")) {
      path = new BytePath(path, checked(component.getBytes(StandardCharsets.UTF_8)));
    }
    return path;
  }

  /// This path with one more component.
  public BytePath resolve(byte[] component) {
    return new BytePath(this, checked(component.clone()));
  }

  /// This path with all components of `relative` below it.
  public BytePath resolve(BytePath relative) {
    return joined(this, relative, 0);
  }

  private static byte[] checked(byte[] name) {
    if (name.length == 0
        || name.length > 255
        || Arrays.equals(name, new byte[] {'.'})
        || Arrays.equals(name, new byte[] {'.', '.'})) {
      throw new IllegalArgumentException("not a file name: \"" + escape(name) + "\"");
    }
    for (var b : name) {
      if (b == '/' || b == 0) {
        throw new IllegalArgumentException("not a file name: \"" + escape(name) + "\"");
      }
    }
    return name;
  }

  /// The components from the root, each a copy.
  public List<byte[]> components() {
    var components = new byte[depth][];
    for (var path = this; path.depth > 0; path = path.above) {
      components[path.depth - 1] = path.name.clone();
    }
    return List.of(components);
  }

  /// The last component; the root has none.
  ///
  /// @throws IllegalStateException on the root
  public byte[] name() {
    if (depth == 0) {
      throw new IllegalStateException("the root has no name");
    }
    return name.clone();
  }

  /// The last component in its text form; empty for the root.
  public String nameText() {
    return escape(name);
  }

  /// The path without its last component; the root's parent is the root.
  public BytePath parent() {
    return above;
  }

  /// Number of components.
  public int depth() {
    return depth;
  }

  /// Whether this is `ancestor` or lies below it.
  public boolean startsWith(BytePath ancestor) {
    return ancestor.depth <= depth && upTo(ancestor.depth).equals(ancestor);
  }

  private BytePath upTo(int shallower) {
    var path = this;
    while (path.depth > shallower) {
      path = path.above;
    }
    return path;
  }

  /// The components below `ancestor`.
  ///
  /// @throws IllegalArgumentException if this does not lie below it
  public BytePath relativeTo(BytePath ancestor) {
    if (!startsWith(ancestor)) {
      throw new IllegalArgumentException(this + " does not lie below " + ancestor);
    }
    return joined(ROOT, this, ancestor.depth);
  }

  /// `start` with the components of `path` from that depth on. A path from a hostile text is as
  /// long as it likes, so nothing here recurses.
  private static BytePath joined(BytePath start, BytePath path, int from) {
    var names = new byte[path.depth - from][];
    for (var at = path; at.depth > from; at = at.above) {
      names[at.depth - from - 1] = at.name;
    }
    var whole = start;
    for (var name : names) {
      whole = new BytePath(whole, name);
    }
    return whole;
  }

  /// Number of bytes of the path as the kernel takes it from the root.
  public int length() {
    var length = 0;
    for (var path = this; path.depth > 0; path = path.above) {
      length += path.name.length + 1;
    }
    return length;
  }

  /// The bytes as the kernel takes them, relative to the root: no leading slash, no NUL; `.` for
  /// the root itself.
  public byte[] kernelBytes() {
    return kernelBytes(0);
  }

  /// The same relative to the ancestor that has so many components.
  ///
  /// @throws IllegalArgumentException if this is nearer to the root than that
  public byte[] kernelBytes(int from) {
    if (from > depth) {
      throw new IllegalArgumentException(this + " has fewer than " + from + " components");
    }
    if (from == depth) {
      return new byte[] {'.'};
    }
    var length = -1;
    for (var path = this; path.depth > from; path = path.above) {
      length += path.name.length + 1;
    }
    var bytes = new byte[length];
    var end = length;
    for (var path = this; path.depth > from; path = path.above) {
      end -= path.name.length;
      System.arraycopy(path.name, 0, bytes, end, path.name.length);
      if (end > 0) {
        bytes[--end] = '/';
      }
    }
    return bytes;
  }

  private static byte[] unescape(String component) {
    var out = new ByteArrayOutputStream();
    var at = 0;
    while (at < component.length()) {
      if (component.charAt(at) == '%') {
        if (at + 3 > component.length()) {
          throw new IllegalArgumentException("bad escape in path component: " + component);
        }
        out.write(HexFormat.fromHexDigits(component, at + 1, at + 3));
        at += 3;
      } else {
        var end = component.offsetByCodePoints(at, 1);
        out.writeBytes(component.substring(at, end).getBytes(StandardCharsets.UTF_8));
        at = end;
      }
    }
    return out.toByteArray();
  }

  private static String escape(byte[] name) {
    if (plain(name)) {
      return new String(name, StandardCharsets.US_ASCII);
    }
    var text = new String(name, StandardCharsets.UTF_8);
    var whole = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), name);
    var out = new StringBuilder();
    if (!whole) {
      for (var b : name) {
        byteOf(b, out);
      }
      return out.toString();
    }
    text.codePoints()
        .forEach(point -> {
          if (point == '%' || !printable(point)) {
            for (var b : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
              escaped(b, out);
            }
          } else {
            out.appendCodePoint(point);
          }
        });
    return out.toString();
  }

  private static boolean plain(byte[] name) {
    for (var b : name) {
      if (b < ' ' || b == '%' || b == 0x7f) {
        return false;
      }
    }
    return true;
  }

  private static void byteOf(byte b, StringBuilder out) {
    if (b > 0x20 && b < 0x7f && b != '%') {
      out.append((char) b);
    } else {
      escaped(b, out);
    }
  }

  private static void escaped(byte b, StringBuilder out) {
    HEX.toHexDigits(out.append('%'), b);
  }

  /// Control, format (bidi), private and unassigned characters are escaped so that a name cannot
  /// forge a line or turn the direction of one.
  private static boolean printable(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  @Override
  public int compareTo(BytePath other) {
    return Arrays.compareUnsigned(kernelBytes(), other.kernelBytes());
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof BytePath path) || path.depth != depth || path.hash != hash) {
      return false;
    }
    var mine = this;
    while (mine != path) {
      if (!Arrays.equals(mine.name, path.name)) {
        return false;
      }
      mine = mine.above;
      path = path.above;
    }
    return true;
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// The text form: `/` and the components, escaped; [#parse] reads it back.
  @Override
  public String toString() {
    if (depth == 0) {
      return "/";
    }
    var names = new byte[depth][];
    for (var path = this; path.depth > 0; path = path.above) {
      names[path.depth - 1] = path.name;
    }
    var out = new StringBuilder();
    for (var component : names) {
      out.append('/').append(escape(component));
    }
    return out.toString();
  }
}
