package dev.interdict.agent.inventory;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// An absolute path below the inspected root, as the bytes that the file system holds. Names on
/// Linux are bytes, not text: a name that is not UTF-8 does not survive a round trip through
/// `String`.
///
/// Components are never empty, `.` or `..` and hold no NUL and no slash, so a path cannot climb.
/// Its text form keeps printable characters and writes all other bytes, and `%` itself, as `%XX`.
public final class BytePath implements Comparable<BytePath> {
  /// The inspected root itself.
  public static final BytePath ROOT = new BytePath(List.of());

  private final List<byte[]> components;

  private BytePath(List<byte[]> components) {
    this.components = components;
  }

  /// The path that [#toString] wrote.
  ///
  /// @throws IllegalArgumentException if it is not absolute, climbs, or holds a bad escape
  public static BytePath parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("path is not absolute: " + text);
    }
    var components = new ArrayList<byte[]>();
    for (var component : text.substring(1).split("/")) {
      if (!component.isEmpty()) {
        components.add(checked(unescape(component)));
      }
    }
    return new BytePath(List.copyOf(components));
  }

  /// This path with further components of plain text, such as `.local/bin`.
  public BytePath resolve(String relative) {
    var longer = new ArrayList<>(components);
    for (var component : relative.split("/")) {
      longer.add(checked(component.getBytes(StandardCharsets.UTF_8)));
    }
    return new BytePath(List.copyOf(longer));
  }

  /// This path with one more component.
  public BytePath resolve(byte[] name) {
    var longer = new ArrayList<>(components);
    longer.add(checked(name.clone()));
    return new BytePath(List.copyOf(longer));
  }

  /// This path with all components of `relative` below it.
  public BytePath resolve(BytePath relative) {
    var longer = new ArrayList<>(components);
    longer.addAll(relative.components);
    return new BytePath(List.copyOf(longer));
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
    return components.stream().map(byte[]::clone).toList();
  }

  /// The last component; the root has none.
  ///
  /// @throws IllegalStateException on the root
  public byte[] name() {
    if (components.isEmpty()) {
      throw new IllegalStateException("the root has no name");
    }
    return components.getLast().clone();
  }

  /// The last component in its text form; empty for the root.
  public String nameText() {
    return components.isEmpty() ? "" : escape(components.getLast());
  }

  /// The path without its last component; the root's parent is the root.
  public BytePath parent() {
    return components.isEmpty() ? this : new BytePath(components.subList(0, components.size() - 1));
  }

  /// Number of components.
  public int depth() {
    return components.size();
  }

  /// Whether this is `ancestor` or lies below it.
  public boolean startsWith(BytePath ancestor) {
    if (ancestor.depth() > depth()) {
      return false;
    }
    for (var i = 0; i < ancestor.depth(); i++) {
      if (!Arrays.equals(components.get(i), ancestor.components.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// The components below `ancestor`.
  ///
  /// @throws IllegalArgumentException if this does not lie below it
  public BytePath relativeTo(BytePath ancestor) {
    if (!startsWith(ancestor)) {
      throw new IllegalArgumentException(this + " does not lie below " + ancestor);
    }
    return new BytePath(components.subList(ancestor.depth(), depth()));
  }

  /// The bytes as the kernel takes them, relative to the root: no leading slash, no NUL; `.` for
  /// the root itself.
  public byte[] kernelBytes() {
    var out = new ByteArrayOutputStream();
    for (var component : components) {
      if (out.size() > 0) {
        out.write('/');
      }
      out.writeBytes(component);
    }
    return out.size() == 0 ? new byte[] {'.'} : out.toByteArray();
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
              out.append("%%%02X".formatted(b));
            }
          } else {
            out.appendCodePoint(point);
          }
        });
    return out.toString();
  }

  private static void byteOf(byte b, StringBuilder out) {
    if (b > 0x20 && b < 0x7f && b != '%') {
      out.append((char) b);
    } else {
      out.append("%%%02X".formatted(b));
    }
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
    return other instanceof BytePath path && Arrays.equals(kernelBytes(), path.kernelBytes());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(kernelBytes());
  }

  /// The text form: `/` and the components, escaped; [#parse] reads it back.
  @Override
  public String toString() {
    var out = new StringBuilder();
    for (var component : components) {
      out.append('/').append(escape(component));
    }
    return out.isEmpty() ? "/" : out.toString();
  }
}
