package dev.interdict.agent.sources.programs;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a native program keeps its pieces, read from its headers in a few bounded pieces. A header
/// that makes no sense gives an image without pieces: such a program cannot be started either.
///
/// @param named what its headers call `.go.buildinfo`; null where there is none of that name
/// @param data what is loaded and may be written to, in the order of the headers
/// @param loaded all that is loaded
record ProgramImage(
    Tree tree, BytePath file, @Nullable Piece named, List<Piece> data, List<Piece> loaded) {

  /// A run of bytes.
  ///
  /// @param address where it is when the program runs
  /// @param offset where it is in the file
  record Piece(long address, long offset, long size) {
    boolean holds(long at) {
      return at >= address && at - address < size;
    }
  }

  private static final int MOST_HEADERS = 256;
  private static final int MAX_HEADERS = 64 << 10;
  private static final int WRITABLE = 2;

  /// The image of a program of that format.
  ///
  /// @throws UnreadableException if the file cannot be read
  static ProgramImage read(Tree tree, BytePath file, ProgramFormat format)
      throws UnreadableException {
    var image = new ProgramImage(tree, file, null, new ArrayList<>(), new ArrayList<>());
    try {
      return switch (format) {
        case ELF -> image.elf();
        case MACH_O -> image.machO(0);
        case UNIVERSAL -> image.machO(image.header(16, 4).getInt(0) & 0xffffffffL);
        case PE -> image.pe();
      };
    } catch (IndexOutOfBoundsException e) {
      return image;
    }
  }

  /// What lies at that place of the file; shorter where the file ends or the place is none.
  ByteBuffer header(long offset, int length) throws UnreadableException {
    var bytes = offset < 0 ? null : tree.range(file, offset, length);
    return ByteBuffer.wrap(bytes == null ? new byte[0] : bytes);
  }

  /// What lies at that address of the running program.
  ByteBuffer loaded(long address, int length) throws UnreadableException {
    for (var piece : loaded) {
      if (piece.holds(address)) {
        return header(piece.offset() + address - piece.address(), length);
      }
    }
    return ByteBuffer.allocate(0);
  }

  private ProgramImage named(@Nullable Piece piece) {
    return new ProgramImage(tree, file, piece, data, loaded);
  }

  private void add(Piece piece, boolean writable) {
    loaded.add(piece);
    if (writable) {
      data.add(piece);
    }
  }

  /// Number of `width` bytes without a sign.
  private static long number(ByteBuffer from, int at, int width) {
    return width == 8 ? from.getLong(at) : from.getInt(at) & 0xffffffffL;
  }

  private ProgramImage elf() throws UnreadableException {
    var start = header(0, 64);
    var wide = start.get(4) == 2;
    var order = start.get(5) == 2 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    start.order(order);
    var width = wide ? 8 : 4;
    var counts = wide ? 54 : 42;
    var segments = table(start, wide ? 32 : 28, counts, order);
    for (var segment : segments) {
      if (segment.getInt(0) == 1) {
        var offset = number(segment, wide ? 8 : 4, width);
        var address = number(segment, wide ? 16 : 8, width);
        var size = number(segment, wide ? 32 : 16, width);
        var flags = segment.getInt(wide ? 4 : 24);
        add(new Piece(address, offset, size), (flags & 3) == WRITABLE);
      }
    }
    var sections = table(start, wide ? 40 : 32, counts + 4, order);
    var index = Short.toUnsignedInt(start.getShort(counts + 8));
    if (index >= sections.size()) {
      return this;
    }
    var names = sections.get(index);
    var texts = header(number(names, wide ? 24 : 16, width), MAX_HEADERS);
    for (var section : sections) {
      if (text(texts, section.getInt(0), 15).equals(".go.buildinfo")) {
        return named(
            new Piece(
                number(section, wide ? 16 : 12, width),
                number(section, wide ? 24 : 16, width),
                number(section, wide ? 32 : 20, width)));
      }
    }
    return this;
  }

  /// The entries of one of ELF's tables, given where its offset and its counts are stated.
  private List<ByteBuffer> table(ByteBuffer start, int offsetAt, int counts, ByteOrder order)
      throws UnreadableException {
    var offset = number(start, offsetAt, counts >= 54 ? 8 : 4);
    var length = Short.toUnsignedInt(start.getShort(counts));
    var count = Math.min(MOST_HEADERS, Short.toUnsignedInt(start.getShort(counts + 2)));
    var all = header(offset, Math.min(MAX_HEADERS, length * count));
    var entries = new ArrayList<ByteBuffer>();
    for (var i = 0; i < count && (i + 1) * length <= all.capacity(); i++) {
      entries.add(all.slice(i * length, length).order(order));
    }
    return entries;
  }

  private ProgramImage machO(long base) throws UnreadableException {
    var magic = header(base, 4).getInt(0);
    var order =
        magic == 0xcffaedfe || magic == 0xcefaedfe ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    var wide = magic == 0xcffaedfe || magic == 0xfeedfacf;
    var width = wide ? 8 : 4;
    var all = header(base, MAX_HEADERS).order(order);
    var at = wide ? 32 : 28;
    Piece named = null;
    for (var left = Math.min(MOST_HEADERS, all.getInt(16)); left > 0; left--) {
      var command = all.getInt(at);
      if (command == (wide ? 0x19 : 1)) {
        var address = number(all, at + 24, width);
        var offset = number(all, at + 24 + 2 * width, width);
        var size = number(all, at + 24 + 3 * width, width);
        var rights = all.getInt(at + 28 + 4 * width);
        add(new Piece(address, base + offset, size), rights == 3);
        var sections = Math.min(MOST_HEADERS, all.getInt(at + 32 + 4 * width));
        for (var i = 0; i < sections; i++) {
          var section = at + 40 + 4 * width + i * (wide ? 80 : 68);
          if (text(all, section, 16).equals("__go_buildinfo")) {
            named =
                new Piece(
                    number(all, section + 32, width),
                    base + number(all, section + 32 + 2 * width, 4),
                    number(all, section + 32 + width, width));
          }
        }
      }
      at += Math.max(8, all.getInt(at + 4));
    }
    return named(named);
  }

  private ProgramImage pe() throws UnreadableException {
    var place = header(0x3c, 4).order(ByteOrder.LITTLE_ENDIAN).getInt(0) & 0xffffffffL;
    var all = header(place, MAX_HEADERS).order(ByteOrder.LITTLE_ENDIAN);
    var wide = all.getShort(24) == 0x20b;
    var base = wide ? all.getLong(48) : number(all, 52, 4);
    var at = 24 + Short.toUnsignedInt(all.getShort(20));
    for (var left = Short.toUnsignedInt(all.getShort(6)); left > 0; left--) {
      var address = base + number(all, at + 12, 4);
      var piece = new Piece(address, number(all, at + 20, 4), number(all, at + 16, 4));
      add(piece, (all.getInt(at + 36) & 0xc0000040) == 0xc0000040);
      at += 40;
    }
    return this;
  }

  private static String text(ByteBuffer from, int at, int most) {
    var out = new StringBuilder();
    for (var i = at; i >= 0 && i < from.capacity() && out.length() < most; i++) {
      var b = from.get(i);
      if (b == 0) {
        break;
      }
      out.append((char) (b & 0xff));
    }
    return out.toString();
  }

  /// The first characters of a text, one byte each, as the formats name their parts.
  static String latin(ByteBuffer bytes) {
    return StandardCharsets.ISO_8859_1.decode(bytes).toString();
  }
}
