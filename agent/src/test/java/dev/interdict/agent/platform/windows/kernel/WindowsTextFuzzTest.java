package dev.interdict.agent.platform.windows.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.platform.handles.DiskException;
import dev.interdict.agent.platform.handles.Trouble;
import dev.interdict.fuzz.Fuzz;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What Windows says, as it is laid out in its headers; none of it needs Windows.
class WindowsTextFuzzTest {

  private static byte[] batch(String... names) {
    var out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    var at = 0;
    for (var i = 0; i < names.length; i++) {
      // Unit by unit: an encoder would put something else in place of half a pair.
      var name = new byte[2 * names[i].length()];
      ByteBuffer.wrap(name).order(ByteOrder.LITTLE_ENDIAN).asCharBuffer().put(names[i]);
      var size = (104 + name.length + 7) / 8 * 8;
      out.putInt(at, i + 1 < names.length ? size : 0);
      out.putInt(at + 60, name.length);
      out.put(at + 104, name);
      at += size;
    }
    return out.array();
  }

  @Test
  void the_names_of_a_folder_are_read_without_itself_and_the_one_above() throws DiskException {
    var names = new ArrayList<byte[]>();
    DirectoryBatch.read(batch(".", "..", "é", "claude.exe"), names);
    assertEquals(2, names.size());
    assertEquals("é", new String(names.getFirst(), StandardCharsets.UTF_8));
  }

  @Test
  void half_a_surrogate_pair_is_no_name_that_could_be_opened_again() {
    assertThrows(
        DiskException.class, () -> DirectoryBatch.read(batch("\ud800"), new ArrayList<>()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "..", "a\\b", "a/b", "file:stream", "a\0b"})
  void a_name_that_is_more_than_one_component_is_never_opened(String name) {
    var refused =
        assertThrows(DiskException.class, () -> NtOpen.name(name.getBytes(StandardCharsets.UTF_8)));
    assertEquals(Trouble.UNSUPPORTED, refused.trouble());
  }

  @Test
  void what_the_quarantine_is_made_with_is_private() {
    assertTrue(Sddl.isPrivate(Sddl.PRIVATE));
    assertTrue(Sddl.isPrivate("D:PAI(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "D:",
        "D:P",
        "D:NO_ACCESS_CONTROL",
        "D:PNO_ACCESS_CONTROL(A;;FA;;;SY)",
        "D:(A;OICI;FA;;;SY)",
        "D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)",
        "D:P(A;OICI;FA;;;SY)(A;;FR;;;BU)",
        "D:P(A;OICI;FA;;;SY)(A;;0x100116;;;AU)",
        "D:P(A;;FA;;;WD)",
        "D:P(A;;FA;;;S-1-5-21-1-2-3-1001)",
        "D:P(XA;;FA;;;SY;(x))",
        "D:P(A;OICI;FA;;;SY",
        "O:SYD:P(A;OICI;FA;;;SY)",
      })
  void what_lets_anybody_else_in_or_is_not_understood_is_not_private(String text) {
    assertFalse(Sddl.isPrivate(text));
  }

  @Test
  void junctions_and_links_are_links_and_other_reparse_points_are_not_followed_either() {
    assertEquals(FileKind.LINK, Facts.kind(0x410, 0xA0000003));
    assertEquals(FileKind.LINK, Facts.kind(0x400, 0xA000000C));
    assertEquals(FileKind.SPECIAL, Facts.kind(0x410, 0x9000001A));
    assertEquals(FileKind.DIRECTORY, Facts.kind(0x10, 0));
    assertEquals(FileKind.REGULAR, Facts.kind(0x20, 0));
  }

  @Test
  void statuses_are_told_apart_and_success_is_none() throws DiskException {
    NtStatus.check("open", 0);
    NtStatus.check("list", 0x80000006);
    assertEquals(Trouble.OCCUPIED, NtStatus.trouble(0xC0000035));
    assertEquals(Trouble.IN_USE, NtStatus.trouble(0xC0000043));
    assertThrows(DiskException.class, () -> NtStatus.check("open", 0xC0000022));
  }

  @Test
  void fuzz_of_folders_and_access_lists() throws InterruptedException {
    Fuzz.of("windows-folder")
        .seeds(batch(".", "..", "a", "claude.exe"))
        .refuses(DiskException.class)
        .run(input -> {
          var names = new ArrayList<byte[]>();
          DirectoryBatch.read(input, names);
          for (var name : names) {
            assertTrue(name.length > 0);
          }
        });
    Fuzz.of("windows-access-list")
        .seeds(Sddl.PRIVATE, "D:PAI(A;OICI;FA;;;SY)(D;;FA;;;WD)")
        .words("WD", "BU", "(A;;FA;;;WD)", "NO_ACCESS_CONTROL", "P")
        .run(input -> {
          var text = new String(input, StandardCharsets.UTF_8);
          assertFalse(Sddl.isPrivate(text) && text.contains("(A;;FA;;;WD)"));
        });
  }
}
