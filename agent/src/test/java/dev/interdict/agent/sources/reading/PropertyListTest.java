package dev.interdict.agent.sources.reading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.fuzz.Fuzz;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PropertyListTest {
  private static final BytePath FILE = BytePath.parse("/x.plist");

  @TempDir Path root;

  private Map<String, String> texts(byte[] bytes) throws IOException, UnreadableException {
    Files.write(root.resolve("x.plist"), bytes);
    return Objects.requireNonNull(PropertyList.texts(new FolderTree(root), FILE));
  }

  private Map<String, String> texts(String xml) throws IOException, UnreadableException {
    return texts(xml.getBytes(StandardCharsets.UTF_8));
  }

  private void refused(byte[] bytes) {
    var refusal = assertThrows(UnreadableException.class, () -> texts(bytes));
    assertEquals(Reason.MALFORMED, refusal.reason());
  }

  private void refused(String xml) {
    refused(xml.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] captured(String name) {
    return Planting.captured("apple/" + name);
  }

  @Test
  void both_forms_of_one_list_hold_the_same() throws Exception {
    var xml = texts(captured("claude-xml.plist"));
    assertEquals("com.anthropic.claudefordesktop", xml.get("CFBundleIdentifier"));
    assertEquals("11.0", xml.get("LSMinimumSystemVersion"));
    assertFalse(xml.containsKey("NSHighResolutionCapable"));
    assertEquals(xml, texts(captured("claude-binary.plist")));
  }

  @Test
  void wide_texts_and_long_counts_are_read() throws Exception {
    var texts = texts(captured("claude-code-binary.plist"));
    assertEquals("Claude Code \u2728", texts.get("CFBundleName"));
    assertEquals("com.anthropic.claude-code", texts.get("CFBundleIdentifier"));
  }

  @Test
  void encodings_that_are_met_are_read_and_bytes_in_none_are_refused() throws Exception {
    var xml =
        "\ufeff<?xml version=\"1.0\" encoding=\"%s\"?><plist><dict>".formatted("UTF-16")
            + "<key>a</key><string>\u2728</string></dict></plist>";
    assertEquals(Map.of("a", "\u2728"), texts(xml));
    assertEquals(Map.of("a", "\u2728"), texts(xml.getBytes(StandardCharsets.UTF_16LE)));
    assertEquals(Map.of("a", "\u2728"), texts(xml.getBytes(StandardCharsets.UTF_16BE)));
    refused(new byte[] {'<', (byte) 0xff, '>'});
  }

  @Test
  void absent_file_is_null() throws Exception {
    assertNull(PropertyList.texts(new FolderTree(root), FILE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "<plist/>",
        "<plist><array/></plist>",
        "<dict/>",
        "<plist><dict><key>a</key><string>b",
        "<plist><dict><key>a</key><string><b/></string></dict></plist>",
        "bplist00",
        "bplist00aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      })
  void what_is_no_property_list_is_refused(String text) {
    refused(text);
  }

  @Test
  void document_type_is_not_fetched_and_no_entity_is_expanded() throws Exception {
    Files.writeString(root.resolve("secret"), "canary");
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(200);
      var address = "http://127.0.0.1:" + server.getLocalPort() + "/x.dtd";
      var typed = "<!DOCTYPE plist SYSTEM \"" + address + "\"><plist><dict/></plist>";
      assertEquals(Map.of(), texts(typed));
      var external =
          "<!DOCTYPE plist [<!ENTITY % d SYSTEM \""
              + address
              + "\"> %d; <!ENTITY s SYSTEM \""
              + root.resolve("secret").toUri()
              + "\">]><plist><dict><key>a</key><string>&s;</string></dict></plist>";
      refused(external);
      assertThrows(SocketTimeoutException.class, server::accept);
    }
  }

  @Test
  void entities_that_grow_are_not_expanded() {
    var bomb = new StringBuilder("<!DOCTYPE plist [<!ENTITY a0 \"aaaaaaaaaa\">");
    for (var i = 1; i < 12; i++) {
      bomb.append("<!ENTITY a%d \"%s\">".formatted(i, ("&a" + (i - 1) + ";").repeat(10)));
    }
    refused(bomb + "]><plist><dict><key>a</key><string>&a11;</string></dict></plist>");
  }

  @Test
  void nesting_costs_no_stack_in_either_form() throws Exception {
    var deep = "<plist><dict><key>d</key>" + "<array>".repeat(50) + "</array>".repeat(50);
    assertEquals(Map.of("a", "b"), texts(deep + "<key>a</key><string>b</string></dict></plist>"));
    // A dictionary whose value is itself.
    assertEquals(Map.of(), texts(binary(new byte[] {(byte) 0xd1, 1, 0, 0x51, 'a'}, 8, 11)));
  }

  /// The objects at 8, one byte wide in everything.
  private static byte[] binary(byte[] objects, int... offsets) {
    var file = ByteBuffer.allocate(8 + objects.length + offsets.length + 32);
    file.put("bplist00".getBytes(StandardCharsets.US_ASCII)).put(objects);
    for (var offset : offsets) {
      file.put((byte) offset);
    }
    file.put(new byte[6]).put((byte) 1).put((byte) 1);
    file.putLong(offsets.length).putLong(0).putLong(8 + objects.length);
    return file.array();
  }

  @Test
  void claims_that_do_not_fit_the_file_are_refused() throws Exception {
    var dictionary = new byte[] {(byte) 0xd1, 1, 1, 0x51, 'a'};
    assertEquals(Map.of("a", "a"), texts(binary(dictionary, 8, 11)));
    refused(binary(dictionary, 8, 200));
    refused(binary(dictionary, 8, 7));
    refused(binary(dictionary, 8));
    refused(binary(new byte[] {(byte) 0xdf, 0x13, 0x7f, -1, -1, -1, -1, -1, -1, -1}, 8));
    refused(binary(new byte[] {(byte) 0xdf, 0x14}, 8));
    refused(binary(new byte[] {(byte) 0xd1, 1, 1, 0x5f, 0x10, 99, 'a'}, 8, 11));
    for (var at = 6; at < 32; at++) {
      var hostile = binary(dictionary, 8, 11);
      hostile[hostile.length - 32 + at] = (byte) 0xff;
      refused(hostile);
    }
  }

  @Test
  void one_text_that_many_entries_share_is_not_copied_for_each() {
    var many = ByteBuffer.allocate(3 + 400 + 203);
    many.put((byte) 0xdf).put((byte) 0x10).put((byte) 200);
    for (var i = 0; i < 400; i++) {
      many.put((byte) 1);
    }
    many.put((byte) 0x5f).put((byte) 0x10).put((byte) 200).put(new byte[200]);
    var file = binaryWide(many.array(), 8, 8 + 403);
    refused(file);
  }

  private static byte[] binaryWide(byte[] objects, int... offsets) {
    var file = ByteBuffer.allocate(8 + objects.length + 2 * offsets.length + 32);
    file.put("bplist00".getBytes(StandardCharsets.US_ASCII)).put(objects);
    for (var offset : offsets) {
      file.putShort((short) offset);
    }
    file.put(new byte[6]).put((byte) 2).put((byte) 1);
    file.putLong(offsets.length).putLong(0).putLong(8 + objects.length);
    return file.array();
  }

  @Test
  void no_bytes_break_it() throws Exception {
    Fuzz.of("property-list")
        .seeds(
            captured("claude-binary.plist"),
            captured("claude-xml.plist"),
            captured("claude-code-binary.plist"))
        .words("<!DOCTYPE", "<!ENTITY", "&a;", "<string>", "</dict>", "bplist00", "\u00d1")
        .refuses(UnreadableException.class)
        .run(input -> {
          var texts = texts(input);
          assertTrue(texts != null);
        });
  }
}
