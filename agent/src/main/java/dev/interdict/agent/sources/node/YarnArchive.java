package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.reading.Metadata;
import dev.interdict.json.JsonLimits;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/// Reads the one package that Yarn (2 and later) keeps in a zip archive, without unpacking more
/// than its manifest: the list at the archive's end, the manifest's entry, and that entry's bytes.
/// Source: APPNOTE.TXT 6.3.10 of the zip format; the inner path is Yarn's own.
///
/// Does not read archives of more than 4 GiB (zip64), with a list of more than 8 MiB or a manifest
/// of more than 1 MiB, or packed by anything but deflate: these are gaps.
final class YarnArchive {
  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int MAX_COMMENT = 0xffff;
  private static final int LISTED = 0x02014b50;
  private static final int LISTED_LENGTH = 46;
  private static final int LOCAL = 0x04034b50;
  private static final int LOCAL_LENGTH = 30;
  private static final int MAX_LIST = 8 << 20;
  private static final int MAX_MANIFEST = JsonLimits.FOREIGN.bytes();
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  private static final Pattern MANIFEST =
      Pattern.compile("node_modules/(?:@[^/@]{1,214}/)?[^/@]{1,214}/package\\.json");

  /// Where the manifest lies in the archive.
  private record Entry(int method, long packed, long size, long offset) {}

  private final Tree tree;
  private final BytePath file;

  private YarnArchive(Tree tree, BytePath file) {
    this.tree = tree;
    this.file = file;
  }

  /// The manifest of the package in that archive, or null where the file is gone.
  ///
  /// @throws UnreadableException if it is no such archive; its content is not quoted
  static @Nullable PackageManifest manifest(Tree tree, BytePath file, FileFact fact)
      throws UnreadableException {
    var archive = new YarnArchive(tree, file);
    var list = archive.list(fact.size());
    var bytes = list == null ? null : archive.content(archive.find(list));
    return bytes == null ? null : PackageManifest.of(file, Metadata.object(file, bytes));
  }

  private @Nullable ByteBuffer list(long size) throws UnreadableException {
    // Without a comment, as Yarn writes it, the end is of one length.
    var end = end(size, END_LENGTH);
    if (end == null) {
      end = end(size, (int) Math.min(size, END_LENGTH + MAX_COMMENT));
    }
    if (end == null) {
      throw Metadata.malformed(file, "is no zip archive");
    }
    var length = end.getInt(12) & 0xffffffffL;
    var offset = end.getInt(16) & 0xffffffffL;
    if (length > MAX_LIST) {
      throw new UnreadableException(Reason.TOO_LARGE, file, "its list is longer than is read");
    }
    return piece(offset, (int) length);
  }

  private @Nullable ByteBuffer end(long size, int length) throws UnreadableException {
    if (size < length) {
      return null;
    }
    var tail = piece(size - length, length);
    if (tail == null) {
      return null;
    }
    for (var at = tail.limit() - END_LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == END) {
        return tail.slice(at, END_LENGTH).order(ByteOrder.LITTLE_ENDIAN);
      }
    }
    return null;
  }

  private Entry find(ByteBuffer list) throws UnreadableException {
    var at = 0;
    while (at + LISTED_LENGTH <= list.limit() && list.getInt(at) == LISTED) {
      var name = list.getShort(at + 28) & 0xffff;
      var rest = (list.getShort(at + 30) & 0xffff) + (list.getShort(at + 32) & 0xffff);
      if (at + LISTED_LENGTH + name > list.limit()) {
        break;
      }
      var text = new byte[name];
      list.get(at + LISTED_LENGTH, text);
      if (MANIFEST.matcher(new String(text, StandardCharsets.UTF_8)).matches()) {
        return new Entry(
            list.getShort(at + 10) & 0xffff,
            list.getInt(at + 20) & 0xffffffffL,
            list.getInt(at + 24) & 0xffffffffL,
            list.getInt(at + 42) & 0xffffffffL);
      }
      at += LISTED_LENGTH + name + rest;
    }
    throw Metadata.malformed(file, "is an archive without a package");
  }

  private byte @Nullable [] content(Entry entry) throws UnreadableException {
    if (entry.packed() > MAX_MANIFEST || entry.size() > MAX_MANIFEST) {
      throw new UnreadableException(Reason.TOO_LARGE, file, "its manifest is longer than is read");
    }
    var local = piece(entry.offset(), LOCAL_LENGTH);
    if (local == null) {
      return null;
    }
    if (local.limit() < LOCAL_LENGTH || local.getInt(0) != LOCAL) {
      throw Metadata.malformed(file, "lists an entry that is not there");
    }
    var skip = (local.getShort(26) & 0xffff) + (local.getShort(28) & 0xffff);
    var packed = piece(entry.offset() + LOCAL_LENGTH + skip, (int) entry.packed());
    if (packed == null) {
      return null;
    }
    return switch (entry.method()) {
      case STORED -> packed.array();
      case DEFLATED -> inflated(packed.array());
      default -> throw Metadata.malformed(file, "is packed in a way that is not read");
    };
  }

  private byte[] inflated(byte[] packed) throws UnreadableException {
    var inflater = new Inflater(true);
    try (var in = new InflaterInputStream(new ByteArrayInputStream(packed), inflater)) {
      var bytes = in.readNBytes(MAX_MANIFEST + 1);
      if (bytes.length > MAX_MANIFEST) {
        throw new UnreadableException(
            Reason.TOO_LARGE, file, "its manifest is longer than is read");
      }
      return bytes;
    } catch (IOException e) {
      throw Metadata.malformed(file, "is a damaged archive");
    } finally {
      inflater.end();
    }
  }

  private @Nullable ByteBuffer piece(long offset, int length) throws UnreadableException {
    var bytes = tree.range(file, offset, length);
    return bytes == null ? null : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
