package dev.interdict.agent.sources.programs;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.identity.PackageUrl;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which module a program of Go was built from, as the linker writes it into each program and `go
/// version -m` shows it (Go's package debug/buildinfo). It stays there when symbols and paths are
/// stripped.
///
/// @param module the module's path
/// @param command below the module, the package that the program is; empty for its topmost
/// @param version of the module; null where it was built from a folder without one
record GoModule(String module, String command, @Nullable String version) {
  /// Before it stands a byte 0xff, so that no text of a program looks like it.
  private static final String MARK = "\u00ff Go buildinf:";

  private static final int ALIGNMENT = 16;
  private static final int SEARCHED = 64 << 10;
  private static final int INLINE = 2;
  private static final int HEADER = 32;

  /// Module and command stand first; the modules that it needs follow.
  private static final int MAX_TEXT = 8 << 10;

  /// Before the text and after it stand 16 bytes that mark it in memory.
  private static final int FRAME = 16;

  private static final int MAX_PATH = 512;

  /// The module of that program, or null where it is none of Go's or does not say.
  ///
  /// @throws UnreadableException if the file cannot be read
  static @Nullable GoModule in(Tree tree, BytePath file, ProgramFormat format)
      throws UnreadableException {
    var image = ProgramImage.read(tree, file, format);
    var named = image.named();
    for (var piece : named != null ? List.of(named) : image.data()) {
      var bytes = image.header(piece.offset(), (int) Math.min(SEARCHED, Math.max(0, piece.size())));
      var at = mark(bytes);
      if (at >= 0) {
        try {
          return parse(text(image, image.header(piece.offset() + at, HEADER + MAX_TEXT)));
        } catch (IndexOutOfBoundsException e) {
          return null;
        }
      }
    }
    return null;
  }

  private static int mark(ByteBuffer bytes) {
    var text = ProgramImage.latin(bytes.duplicate());
    var at = text.indexOf(MARK);
    while (at >= 0 && at % ALIGNMENT != 0) {
      at = text.indexOf(MARK, at + 1);
    }
    return at;
  }

  /// Two texts follow: the version of Go, and the module's. Since Go 1.18 they stand there, each
  /// after its length; before, addresses of the program's own strings did.
  private static String text(ProgramImage image, ByteBuffer info) throws UnreadableException {
    if ((info.get(15) & INLINE) != 0) {
      info.position(HEADER);
      var version = length(info);
      info.position(Math.min(info.limit(), info.position() + version));
      var length = length(info);
      return decode(info.slice(info.position(), Math.min(length, info.remaining())));
    }
    var width = info.get(14);
    if (width != 4 && width != 8) {
      return "";
    }
    var order = info.get(15) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    var string = image.loaded(address(info.order(order), ALIGNMENT + width, width), 2 * width);
    string.order(order);
    var length = (int) Math.max(0, Math.min(MAX_TEXT, address(string, width, width)));
    return decode(image.loaded(address(string, 0, width), length));
  }

  private static long address(ByteBuffer from, int at, int width) {
    return width == 8 ? from.getLong(at) : from.getInt(at) & 0xffffffffL;
  }

  /// A number in groups of seven bits, the lowest first.
  private static int length(ByteBuffer from) {
    var value = 0;
    for (var shift = 0; shift < 28; shift += 7) {
      if (!from.hasRemaining()) {
        break;
      }
      var b = from.get();
      value |= (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("no length");
  }

  private static String decode(ByteBuffer framed) {
    return framed.capacity() <= FRAME
        ? ""
        : StandardCharsets.UTF_8.decode(framed.slice(FRAME, framed.capacity() - FRAME)).toString();
  }

  private static @Nullable GoModule parse(String text) {
    var path = "";
    String[] module = {};
    for (var line : (Iterable<String>) text.lines()::iterator) {
      var words = line.split("\t", -1);
      if (words[0].equals("path") && words.length == 2) {
        path = words[1];
      } else if (words[0].equals("mod") && words.length >= 3) {
        module = words;
        break;
      }
    }
    if (module.length == 0 || !validPath(module[1])) {
      return null;
    }
    var below = path.startsWith(module[1] + "/") ? path.substring(module[1].length() + 1) : "";
    var stated = Metadata.plainVersion(module[2]) && !module[2].startsWith("(");
    return new GoModule(module[1], validPath(below) ? below : "", stated ? module[2] : null);
  }

  /// The rule of Go's module paths: ASCII letters, digits and `-._~` in components parted by `/`.
  private static boolean validPath(String path) {
    return path.length() <= MAX_PATH
        && path.matches("[A-Za-z0-9_~-][A-Za-z0-9._~-]*(/[A-Za-z0-9_~-][A-Za-z0-9._~-]*)*");
  }

  PackageUrl purl() {
    var slash = module.lastIndexOf('/');
    var namespace = module.substring(0, Math.max(0, slash));
    return new PackageUrl(
        "golang",
        namespace,
        module.substring(slash + 1),
        version == null ? "" : version,
        Map.of(),
        command);
  }
}
