package dev.interdict.agent.sources.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ArchiveTest {
  private static final int LIMIT = 1 << 20;

  @TempDir Path root;

  private Archive open(byte[] bytes) throws IOException, UnreadableException {
    Files.write(root.resolve("a.zip"), bytes);
    var archive = Archive.open(new FolderTree(root), BytePath.parse("/a.zip"));
    assertNotNull(archive);
    return archive;
  }

  private String text(byte[] zip, String name) throws IOException, UnreadableException {
    var content = open(zip).read(name, LIMIT);
    assertNotNull(content);
    return new String(content, StandardCharsets.UTF_8);
  }

  private Reason refusal(byte[] zip) {
    return assertThrows(UnreadableException.class, () -> open(zip).read("a", LIMIT)).reason();
  }

  @Test
  void entries_are_read_by_name_whatever_their_order() throws Exception {
    var zip = Zips.of("a", "first", "META-INF/b", "second".repeat(5000), "c/", "");
    assertEquals(List.of("a", "META-INF/b", "c/"), open(zip).names());
    assertEquals("first", text(zip, "a"));
    assertEquals("second".repeat(5000), text(zip, "META-INF/b"));
    assertNull(open(zip).read("b", LIMIT));
  }

  @Test
  void stored_entry_is_read() throws Exception {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      var entry = new ZipEntry("a");
      var content = "stored".getBytes(StandardCharsets.UTF_8);
      var crc = new CRC32();
      crc.update(content);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(content.length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(content);
    }
    assertEquals("stored", text(out.toByteArray(), "a"));
  }

  @Test
  void archive_of_more_entries_than_two_bytes_count_is_read() throws Exception {
    var names = new String[2 * 0x10000];
    for (var i = 0; i < names.length; i += 2) {
      names[i] = "e" + i;
      names[i + 1] = "";
    }
    names[names.length - 1] = "last";
    assertEquals("last", text(Zips.of(names), names[names.length - 2]));
  }

  @Test
  void sizes_and_offset_of_eight_bytes_are_read() throws Exception {
    assertEquals("text", text(withLongs(Zips.of("x", "before", "a", "text")), "a"));
  }

  /// The same archive, whose last entry has its sizes and offset in an extra field (APPNOTE 4.5.3).
  private static byte[] withLongs(byte[] zip) {
    var old = buffer(zip);
    var end = zip.length - 22;
    var last = end - 46 - 1;
    var out = ByteBuffer.allocate(zip.length + 28).order(ByteOrder.LITTLE_ENDIAN);
    out.put(zip, 0, end);
    out.putShort((short) 1).putShort((short) 24);
    out.putLong(old.getInt(last + 24)).putLong(old.getInt(last + 20));
    out.putLong(old.getInt(last + 42));
    out.put(zip, end, 22);
    out.putInt(last + 20, -1).putInt(last + 24, -1).putInt(last + 42, -1);
    out.putShort(last + 30, (short) 28);
    out.putInt(end + 28 + 12, old.getInt(end + 12) + 28);
    return out.array();
  }

  @Test
  void archive_behind_other_bytes_and_before_a_comment_is_read() throws Exception {
    var out = new ByteArrayOutputStream();
    out.writeBytes("#!/usr/bin/env java\n".getBytes(StandardCharsets.UTF_8));
    var zip = Zips.of("a", "text");
    zip[zip.length - 2] = 5;
    out.writeBytes(zip);
    out.writeBytes("PK\5\6.".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals("text", text(out.toByteArray(), "a"));
  }

  @Test
  void absent_file_is_no_archive_and_a_folder_is_refused() throws Exception {
    assertNull(Archive.open(new FolderTree(root), BytePath.parse("/none.zip")));
    Files.createDirectory(root.resolve("a.jar"));
    var refused =
        assertThrows(
            UnreadableException.class,
            () -> Archive.open(new FolderTree(root), BytePath.parse("/a.jar")));
    assertEquals(Reason.NOT_A_FILE, refused.reason());
  }

  @Test
  void what_is_no_archive_is_malformed() {
    assertEquals(Reason.MALFORMED, refusal(new byte[0]));
    assertEquals(Reason.MALFORMED, refusal(new byte[70_000]));
    var zip = Zips.of("a", "text");
    assertEquals(Reason.MALFORMED, refusal(Arrays.copyOf(zip, zip.length - 1)));
    assertEquals(Reason.MALFORMED, refusal(Arrays.copyOfRange(zip, 8, zip.length)));
  }

  @Test
  void entry_that_inflates_beyond_the_limit_is_refused_by_what_it_states() {
    assertEquals(Reason.TOO_LARGE, refusal(Zips.of("a", "0".repeat(LIMIT + 1))));
  }

  @Test
  void entry_that_inflates_to_more_than_it_states_is_malformed() {
    var zip = Zips.of("a", "0".repeat(1 << 19));
    buffer(zip).putInt(directory(zip) + 24, 100);
    assertEquals(Reason.MALFORMED, refusal(zip));
  }

  @Test
  void entry_that_states_a_huge_packed_size_takes_no_memory() {
    var zip = Zips.of("a", "text");
    buffer(zip).putInt(directory(zip) + 20, 0x7fff_ffff);
    assertEquals(Reason.TOO_LARGE, refusal(zip));
  }

  @Test
  void directory_that_states_a_huge_length_takes_no_memory() {
    var zip = Zips.of("a", "text");
    buffer(zip).putInt(zip.length - 22 + 12, 0x7fff_ffff);
    assertEquals(Reason.TOO_LARGE, refusal(zip));
  }

  @Test
  void encrypted_entry_and_an_unknown_packing_are_malformed() {
    var encrypted = Zips.of("a", "text");
    buffer(encrypted).putShort(directory(encrypted) + 8, (short) 1);
    assertEquals(Reason.MALFORMED, refusal(encrypted));
    var unknown = Zips.of("a", "text");
    buffer(unknown).putShort(directory(unknown) + 10, (short) 93);
    assertEquals(Reason.MALFORMED, refusal(unknown));
  }

  @Test
  void entry_that_is_there_twice_is_not_guessed() {
    var zip = Zips.of("a", "one", "b", "two");
    var second = directory(zip) + 46 + 1;
    assertEquals('b', zip[second + 46]);
    zip[second + 46] = 'a';
    assertEquals(Reason.MALFORMED, refusal(zip));
  }

  @Test
  void name_that_climbs_is_a_name_and_nothing_else() throws Exception {
    var zip = Zips.of("../../etc/passwd", "x", "a", "text");
    assertEquals("text", text(zip, "a"));
    try (var files = Files.list(root)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void errors_quote_nothing_of_the_archive() {
    var zip = Zips.of("a", "text");
    buffer(zip).putShort(directory(zip) + 10, (short) 93);
    var refused = assertThrows(UnreadableException.class, () -> open(zip).read("a", LIMIT));
    assertTrue(String.valueOf(refused.getMessage()).startsWith("/a.zip: "));
  }

  private static ByteBuffer buffer(byte[] zip) {
    return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
  }

  /// Where the central directory begins.
  private static int directory(byte[] zip) {
    return buffer(zip).getInt(zip.length - 22 + 16);
  }
}
