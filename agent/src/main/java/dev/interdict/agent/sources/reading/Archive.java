package dev.interdict.agent.sources.reading;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// A zip archive (a jar, wheel, xpi or vsix) of which single entries are read in place, after
/// PKWARE's APPNOTE 6.3: the central directory at its end says what there is, so that what local
/// headers and data descriptors claim does not matter. Nothing is unpacked to a disk and no name in
/// it is taken for a path.
///
/// Bounded against bombs: the directory, each entry before and after inflating, and an entry that
/// inflates to another length than it states is malformed. Not thread-safe.
public final class Archive {
  private static final int MOST_DIRECTORY = 16 << 20;
  private static final int MOST_ENTRIES = 100_000;
  private static final int END_LENGTH = 22;
  private static final int END_SIGNATURE = 0x06054b50;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR_LENGTH = 20;
  private static final int LOCATOR_SIGNATURE = 0x07064b50;
  private static final int LONG_END_LENGTH = 56;
  private static final int LONG_END_SIGNATURE = 0x06064b50;
  private static final int ENTRY_LENGTH = 46;
  private static final int ENTRY_SIGNATURE = 0x02014b50;
  private static final int HEADER_LENGTH = 30;
  private static final int HEADER_SIGNATURE = 0x04034b50;
  private static final int LONG_EXTRA = 1;
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private final Tree tree;
  private final BytePath file;
  private final List<Entry> entries = new ArrayList<>();

  /// @param header where its local header begins in the file
  private record Entry(
      String name, int flags, int method, long compressed, long size, long header) {}

  private Archive(Tree tree, BytePath file) {
    this.tree = tree;
    this.file = file;
  }

  /// The archive in that file, or null where there is no such file.
  ///
  /// @throws UnreadableException if it is no zip archive or has too large a directory
  public static @Nullable Archive open(Tree tree, BytePath file) throws UnreadableException {
    var fact = tree.stat(file);
    if (fact == null) {
      return null;
    }
    if (fact.kind() != FileKind.REGULAR) {
      throw new UnreadableException(Reason.NOT_A_FILE, file, "is no regular file");
    }
    var archive = new Archive(tree, file);
    archive.directory(fact.size());
    return archive;
  }

  /// The names of all entries in the order of the directory, as the archive writes them.
  public List<String> names() {
    return entries.stream().map(Entry::name).toList();
  }

  /// The content of the entry of that name, or null where there is none.
  ///
  /// @param limit most bytes of content; a longer entry is an error, never cut
  /// @throws UnreadableException if it is longer, encrypted, packed in another way than by deflate,
  ///   damaged, or there twice, since readers differ in which one they take
  public byte @Nullable [] read(String name, int limit) throws UnreadableException {
    var found = entries.stream().filter(entry -> entry.name().equals(name)).toList();
    if (found.isEmpty()) {
      return null;
    }
    if (found.size() > 1) {
      throw malformed("holds an entry twice");
    }
    return content(found.getFirst(), limit);
  }

  private void directory(long size) throws UnreadableException {
    var end = end(size);
    var at = end.position;
    var count = Short.toUnsignedInt(end.bytes.getShort(10));
    var length = Integer.toUnsignedLong(end.bytes.getInt(12));
    var offset = Integer.toUnsignedLong(end.bytes.getInt(16));
    if (count == 0xffff || length == 0xffffffffL || offset == 0xffffffffL) {
      var locator = at < LOCATOR_LENGTH ? null : piece(at - LOCATOR_LENGTH, LOCATOR_LENGTH);
      if (locator != null && locator.getInt(0) == LOCATOR_SIGNATURE) {
        var from = locator.getLong(8);
        var longEnd = piece(from, LONG_END_LENGTH);
        if (longEnd.getInt(0) != LONG_END_SIGNATURE) {
          throw malformed("has no directory where it should be");
        }
        at = from;
        length = longEnd.getLong(40);
        offset = longEnd.getLong(48);
      }
    }
    if (length > MOST_DIRECTORY) {
      throw new UnreadableException(Reason.TOO_LARGE, file, "has too long a directory");
    }
    // Bytes before the archive (a signature, a script that starts it) shift all offsets.
    var shift = at - length - offset;
    if (length < 0 || offset < 0 || shift < 0) {
      throw malformed("has no directory where it should be");
    }
    entries(piece(offset + shift, (int) length), shift);
  }

  private record End(long position, ByteBuffer bytes) {}

  /// The last record whose comment ends where the file ends.
  private End end(long size) throws UnreadableException {
    for (var comment : new int[] {0, LONGEST_COMMENT}) {
      var from = Math.max(0, size - END_LENGTH - comment);
      var tail = piece(from, (int) (size - from));
      for (var at = tail.limit() - END_LENGTH; at >= 0; at--) {
        if (tail.getInt(at) == END_SIGNATURE
            && at + END_LENGTH + Short.toUnsignedInt(tail.getShort(at + 20)) == tail.limit()) {
          return new End(from + at, tail.slice(at, END_LENGTH).order(ByteOrder.LITTLE_ENDIAN));
        }
      }
    }
    throw malformed("is no zip archive");
  }

  private void entries(ByteBuffer directory, long shift) throws UnreadableException {
    var at = 0;
    while (at + ENTRY_LENGTH <= directory.limit() && directory.getInt(at) == ENTRY_SIGNATURE) {
      var name = Short.toUnsignedInt(directory.getShort(at + 28));
      var extra = Short.toUnsignedInt(directory.getShort(at + 30));
      var comment = Short.toUnsignedInt(directory.getShort(at + 32));
      var next = at + ENTRY_LENGTH + name + extra + comment;
      if (next > directory.limit() || entries.size() >= MOST_ENTRIES) {
        throw malformed("has a damaged or overlong directory");
      }
      entries.add(entry(directory, at, name, extra, shift));
      at = next;
    }
    if (at != directory.limit()) {
      throw malformed("has a damaged or overlong directory");
    }
  }

  private static Entry entry(ByteBuffer directory, int at, int name, int extra, long shift) {
    var text = new byte[name];
    directory.get(at + ENTRY_LENGTH, text);
    var longs = longs(directory, at + ENTRY_LENGTH + name, extra);
    var size = longer(directory.getInt(at + 24), longs);
    var compressed = longer(directory.getInt(at + 20), longs);
    var header = longer(directory.getInt(at + 42), longs);
    return new Entry(
        new String(text, StandardCharsets.UTF_8),
        directory.getShort(at + 8),
        directory.getShort(at + 10),
        compressed,
        size,
        header + shift);
  }

  /// The sizes and offset of eight bytes that stand in place of those that four bytes cannot hold,
  /// in this order and only for them (APPNOTE 4.5.3).
  private static ByteBuffer longs(ByteBuffer directory, int from, int extra) {
    var at = from;
    while (at + 4 <= from + extra) {
      var length = Short.toUnsignedInt(directory.getShort(at + 2));
      if (directory.getShort(at) == LONG_EXTRA && at + 4 + length <= from + extra) {
        return directory.slice(at + 4, length).order(ByteOrder.LITTLE_ENDIAN);
      }
      at += 4 + length;
    }
    return ByteBuffer.allocate(0);
  }

  private static long longer(int field, ByteBuffer longs) {
    return field == -1 && longs.remaining() >= 8 ? longs.getLong() : Integer.toUnsignedLong(field);
  }

  private byte[] content(Entry entry, int limit) throws UnreadableException {
    if ((entry.flags() & 1) != 0 || entry.method() != STORED && entry.method() != DEFLATED) {
      throw malformed("holds an entry that is encrypted or packed in an unknown way");
    }
    // Deflate never makes more of it than a few bytes in each block.
    if (entry.size() > limit || entry.compressed() > limit + (limit >> 3) + 1024L) {
      throw new UnreadableException(
          Reason.TOO_LARGE, file, "holds an entry longer than " + limit + " bytes");
    }
    if (entry.size() < 0 || entry.compressed() < 0 || entry.header() < 0) {
      throw malformed("holds a damaged entry");
    }
    var header = piece(entry.header(), HEADER_LENGTH);
    if (header.getInt(0) != HEADER_SIGNATURE) {
      throw malformed("holds a damaged entry");
    }
    var data =
        entry.header()
            + HEADER_LENGTH
            + Short.toUnsignedInt(header.getShort(26))
            + Short.toUnsignedInt(header.getShort(28));
    var packed = new byte[(int) entry.compressed()];
    piece(data, packed.length).get(packed);
    var content = entry.method() == STORED ? packed : inflate(packed, (int) entry.size());
    if (content.length != entry.size()) {
      throw malformed("holds a damaged entry");
    }
    return content;
  }

  private byte[] inflate(byte[] packed, int size) throws UnreadableException {
    // One byte more than stated shows that there is more.
    var content = new byte[size + 1];
    var inflater = new Inflater(true);
    try {
      inflater.setInput(packed);
      var length = 0;
      while (!inflater.finished() && length < content.length) {
        var more = inflater.inflate(content, length, content.length - length);
        if (more == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          break;
        }
        length += more;
      }
      return Arrays.copyOf(content, length);
    } catch (DataFormatException e) {
      throw malformed("holds a damaged entry");
    } finally {
      inflater.end();
    }
  }

  /// Exactly that many bytes from there on.
  private ByteBuffer piece(long from, int length) throws UnreadableException {
    var bytes = from < 0 ? null : tree.range(file, from, length);
    if (bytes == null || bytes.length != length) {
      throw malformed("ends early or changed while it was read");
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private UnreadableException malformed(String why) {
    return Metadata.malformed(file, why);
  }
}
