package dev.interdict.agent.sources.windows;

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
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

final class HiveTest {
  private static final BytePath FILE = BytePath.parse("/hive");
  private static final String LXSS = "Software\\Microsoft\\Windows\\CurrentVersion\\Lxss";

  @TempDir Path root;

  private Hive hive(byte[] bytes) throws IOException, UnreadableException {
    Files.write(root.resolve("hive"), bytes);
    return Objects.requireNonNull(Hive.open(new FolderTree(root), FILE));
  }

  private static byte[] captured() {
    return Planting.captured("windows/ntuser-dat.hive");
  }

  private static List<String> names(RegistryKey key) throws UnreadableException {
    return key.children().stream().map(RegistryKey::name).toList();
  }

  private static void malformed(Executable call) {
    assertEquals(Reason.MALFORMED, assertThrows(UnreadableException.class, call).reason());
  }

  @Test
  void captured_hive_is_read_by_names_in_any_case() throws Exception {
    var hive = hive(captured());
    assertTrue(hive.clean());
    var list = Objects.requireNonNull(hive.root().at(LXSS.toUpperCase(java.util.Locale.ROOT)));
    assertEquals(
        List.of("{0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f0}", "{6a7b8c9d-0000-4111-8222-933344455566}"),
        names(list));
    var first = list.children().getFirst();
    assertEquals("Ubuntu-24.04", first.text("distributionname"));
    assertEquals(15, first.number("Flags"));
    assertNull(first.text("Flags"));
    assertNull(first.number("DistributionName"));
    assertNull(first.text("absent"));
    assertNull(list.child("absent"));
    assertNull(hive.root().at("Software\\absent\\deeper"));
  }

  @Test
  void every_kind_of_list_and_value_is_read() throws Exception {
    var writer = new HiveWriter();
    var text = "\u4f60\u597d".repeat(5_000);
    var big = text.getBytes(StandardCharsets.UTF_16LE);
    var values =
        writer.values(
            List.of(
                writer.value("big", 1, big.length, writer.big(big)),
                writer.value("expand", 2, 0x80000004, 'a' | 'b' << 16),
                writer.value("empty", 1, 0, -1),
                writer.value("number", 4, 0x80000004, 77)));
    var lists =
        writer.list(
            "ri",
            writer.list("li", writer.key("a"), writer.key("b")),
            writer.list("lf", writer.key("\u4f60", true, 0, -1, 0, -1)),
            writer.list("lh", writer.key("d")));
    var hive = hive(writer.file(writer.key("root", false, 4, lists, 4, values)));

    assertEquals(List.of("a", "b", "\u4f60", "d"), names(hive.root()));
    assertEquals(text, hive.root().text("big"));
    assertEquals("ab", hive.root().text("expand"));
    assertEquals("", hive.root().text("empty"));
    assertEquals(77, hive.root().number("number"));
  }

  @Test
  void hive_that_was_not_closed_cleanly_says_so() throws Exception {
    var dirty = captured();
    ByteBuffer.wrap(dirty).order(ByteOrder.LITTLE_ENDIAN).putInt(4, 99);
    assertFalse(hive(dirty).clean());
    var torn = captured();
    torn[0x30]++;
    assertFalse(hive(torn).clean());
  }

  @Test
  void file_that_is_no_hive_or_ends_too_early_is_refused() throws Exception {
    malformed(() -> hive(new byte[0]));
    malformed(() -> hive("regf".getBytes(StandardCharsets.US_ASCII)));
    malformed(() -> hive(new byte[4096]));
    var whole = captured();
    malformed(() -> hive(java.util.Arrays.copyOf(whole, 4096)).root());
    malformed(() -> hive(java.util.Arrays.copyOf(whole, 5000)).root().at(LXSS));
  }

  @Test
  void references_in_circles_come_to_an_end() throws Exception {
    var writer = new HiveWriter();
    var self = writer.list("ri", 32, 32);
    malformed(() -> hive(writer.file(writer.key("r", false, 1, self, 0, -1))).root().children());

    var other = new HiveWriter();
    // The root is the first cell and its own only key.
    var root = other.key("r", false, 1, 32 + 4 + 76 + 4 + 4 & ~7, 0, -1);
    var list = other.list("li", root);
    assertTrue(list > root);
    var bytes = other.file(root);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(4096 + root + 4 + 28, list);
    assertEquals(List.of("r"), names(hive(bytes).root()));
    assertEquals("r", Objects.requireNonNull(hive(bytes).root().at("r\\r\\r")).name());
  }

  @Test
  void more_keys_than_anybody_has_are_refused() throws Exception {
    var writer = new HiveWriter();
    var key = writer.key("k");
    var many = Collections.nCopies(10_000, key).toArray(Integer[]::new);
    var list = writer.list("li", many);
    var three = writer.list("ri", list, list, list);
    var hive = hive(writer.file(writer.key("r", false, 30_000, three, 0, -1)));
    assertEquals(
        Reason.BUDGET,
        assertThrows(UnreadableException.class, () -> hive.root().children()).reason());
  }

  @Test
  void long_values_are_refused_and_short_cells_are_not_left() throws Exception {
    var writer = new HiveWriter();
    var small = writer.cell(HiveWriter.content(4));
    var values = new ArrayList<Integer>();
    values.add(writer.value("long", 1, 40_000, small));
    values.add(writer.value("beyond", 1, 400, small));
    values.add(writer.value("nowhere", 1, 400, -1));
    values.add(writer.value("odd", 1, 400, small + 3));
    var root = writer.key("r", false, 0, -1, 4, writer.values(values));
    var key = hive(writer.file(root)).root();
    assertEquals(
        Reason.TOO_LARGE, assertThrows(UnreadableException.class, () -> key.text("long")).reason());
    malformed(() -> key.text("beyond"));
    malformed(() -> key.text("nowhere"));
    malformed(() -> key.text("odd"));
  }

  @Test
  void no_bytes_break_it() throws Exception {
    Fuzz.of("hive")
        .seeds(captured(), Planting.captured("windows/software.hive"))
        .words("nk", "vk", "lh", "li", "ri", "db", "regf", "hbin")
        .refuses(UnreadableException.class)
        .run(input -> {
          var root = hive(input).root();
          for (var place :
              List.of(LXSS, "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall")) {
            var key = root.at(place);
            for (var child : key == null ? List.<RegistryKey>of() : key.children()) {
              for (var value : List.of("DisplayName", "DistributionName", "Flags")) {
                child.text(value);
                child.number(value);
              }
            }
          }
        });
  }
}
