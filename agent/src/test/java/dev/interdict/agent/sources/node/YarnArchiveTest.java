package dev.interdict.agent.sources.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.projects.ProjectSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class YarnArchiveTest {
  private static final String CACHE = "home/ada/work/app/.yarn/cache/";
  private static final String MANIFEST = "node_modules/@anthropic-ai/claude-code/package.json";
  private static final String CLAUDE =
      """
      {"name": "@anthropic-ai/claude-code", "version": "2.1.112", "bin": {"claude": "cli.js"}}\
      """;

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  static byte[] zip(String name, String content) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
      zip.putNextEntry(new ZipEntry("node_modules/"));
      zip.putNextEntry(new ZipEntry("node_modules/x/README.md"));
      zip.write("hello".repeat(1000).getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private Sightings seen() {
    return station.seenBy(new ProjectSource());
  }

  private void gap(Reason reason, byte[] archive) {
    station.planting.file(CACHE + "x.zip", archive);
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(reason), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void real_archive_of_yarn_is_one_package_in_one_file() throws Exception {
    try (var in = getClass().getResourceAsStream("/fixtures/yarn/color-name-1.1.4.zip")) {
      station.planting.file(CACHE + "y.zip", Objects.requireNonNull(in).readAllBytes());
    }
    var item = seen().items().getFirst();
    assertEquals(List.of("pkg:npm/color-name@1.1.4"), Workstation.texts(seen()));
    assertEquals("project", item.origin());
    assertEquals("/" + CACHE + "y.zip", item.location().toString());
    assertEquals(List.of("/" + CACHE + "y.zip"), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(FileKind.REGULAR, item.parts().getFirst().kind());
    assertEquals(1, item.parts().size());
  }

  @Test
  void packed_manifest_is_read_and_says_the_name_whatever_the_file_is_called() throws Exception {
    station.planting.file(CACHE + "innocent-npm-1.0.0.zip", zip(MANIFEST, CLAUDE));
    assertEquals(List.of("pkg:npm/%40anthropic-ai/claude-code@2.1.112"), Workstation.texts(seen()));
  }

  @Test
  void global_cache_of_yarn_is_read() throws Exception {
    station.planting.file("home/ada/.yarn/berry/cache/x.zip", zip(MANIFEST, CLAUDE));
    var seen = station.seenBy(new NpmSource());
    assertEquals("Yarn cache", seen.items().getFirst().origin());
  }

  @Test
  void comment_after_the_list_is_no_obstacle() throws Exception {
    var bytes = zip(MANIFEST, CLAUDE);
    var longer = Arrays.copyOf(bytes, bytes.length + 500);
    // The end of the list states how long the comment is.
    longer[bytes.length - 2] = (byte) 500;
    longer[bytes.length - 1] = 500 >> 8;
    station.planting.file(CACHE + "x.zip", longer);
    assertEquals(1, seen().items().size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "package.json",
        "node_modules/x/node_modules/claude-code/package.json",
        "node_modules/../etc/package.json.txt",
        "node_modules/x/package.json/y"
      })
  void manifest_in_another_place_is_none(String name) throws Exception {
    gap(Reason.MALFORMED, zip(name, CLAUDE));
  }

  @Test
  void manifest_that_unpacks_to_more_than_is_read_is_a_gap() throws Exception {
    gap(Reason.TOO_LARGE, zip(MANIFEST, " ".repeat(64 << 20)));
  }

  @Test
  void size_that_lies_does_not_unpack_more() throws Exception {
    var bytes = zip(MANIFEST, " ".repeat(64 << 20));
    var list = lastOf(bytes, 0x02014b50);
    Arrays.fill(bytes, list + 24, list + 28, (byte) 0);
    gap(Reason.MALFORMED, bytes);
  }

  @Test
  void list_or_entry_elsewhere_than_said_is_a_gap() throws Exception {
    var bytes = zip(MANIFEST, CLAUDE);
    var end = lastOf(bytes, 0x06054b50);
    Arrays.fill(bytes, end + 16, end + 20, (byte) 0x7f);
    gap(Reason.MALFORMED, bytes);
    var entry = zip(MANIFEST, CLAUDE);
    var list = lastOf(entry, 0x02014b50);
    Arrays.fill(entry, list + 42, list + 46, (byte) 0x7f);
    gap(Reason.MALFORMED, entry);
  }

  @Test
  void list_longer_than_is_read_is_a_gap() throws Exception {
    var bytes = zip(MANIFEST, CLAUDE);
    var end = lastOf(bytes, 0x06054b50);
    Arrays.fill(bytes, end + 12, end + 16, (byte) 0x7f);
    gap(Reason.TOO_LARGE, bytes);
  }

  @Test
  void half_an_archive_is_a_gap_and_its_content_is_not_quoted() throws Exception {
    var bytes = zip(MANIFEST, CLAUDE);
    gap(Reason.MALFORMED, Arrays.copyOf(bytes, bytes.length / 2));
    assertTrue(seen().gaps().stream().noneMatch(gap -> gap.detail().contains("claude-code")));
    gap(Reason.MALFORMED, new byte[0]);
    gap(Reason.MALFORMED, zip(MANIFEST, "{\"name\": \"canary\""));
    assertTrue(seen().gaps().stream().noneMatch(gap -> gap.detail().contains("canary")));
  }

  /// Where the last record with that mark begins.
  private static int lastOf(byte[] bytes, int mark) {
    for (var at = bytes.length - 4; at >= 0; at--) {
      var value =
          (bytes[at] & 0xff)
              | (bytes[at + 1] & 0xff) << 8
              | (bytes[at + 2] & 0xff) << 16
              | (bytes[at + 3] & 0xff) << 24;
      if (value == mark) {
        return at;
      }
    }
    throw new IllegalArgumentException("no such record");
  }
}
