package dev.interdict.agent.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileFact;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every registered source owes, whatever its ecosystem.
@Order(1)
final class SourcesContractTest {
  private static final String CANARY = "canary-7f3a";

  /// Where each source reads a record that a user could have written.
  private static final List<String> RECORDS = records();

  @TempDir Path root;

  private static List<String> records() {
    try (var in = SourcesContractTest.class.getResourceAsStream("/contract-records.txt")) {
      var bytes = Objects.requireNonNull(in).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<Source> sources() {
    return AllSources.all();
  }

  static List<byte[]> hostile() {
    var texts =
        List.of(
            "",
            "{",
            "null",
            "[]",
            "7",
            "{}",
            "\uFEFF{\"name\": \"x\"}",
            "[".repeat(200_000),
            "{\"a\":".repeat(200_000),
            "{\"name\": \"" + "x".repeat(2 << 20) + "\"}",
            "{\"name\": \"" + CANARY + "\", \"name\": \"b\"}",
            "{\"name\": 7, \"version\": [], \"bin\": 7, \"publisher\": {}, \"os\": {}}",
            "{\"name\": \"x\", \"version\": \"1\", \"publisher\": \"p\", \"bin\": {\"\": \"\","
                + " \"a\": \"../../../etc/passwd\", \"b\": \"a\\u0000b\", \"c\": [], \"d\": \"\","
                + " \"e\": \""
                + "n".repeat(300)
                + "\"}}",
            named("../../../../etc"),
            named("@../x"),
            named("@scope/../x"),
            named("a\\u001b[2Jb"),
            named("a\\u202eb"),
            named("a\\nb"),
            named("-rf"),
            named(".."),
            named("%2e%2e"),
            named("pkg:npm/x@1"),
            "{\"name\": \"x\", \"publisher\": \"p\", \"version\": \"1.0\\u001b[31m\\n\\u202e\"}",
            "{\"name\": \"x\", \"publisher\": \"p\", \"version\": \"" + "9".repeat(5000) + "\"}",
            "[{\"location\": {\"path\": \"/../../..\"}}, {\"relativeLocation\": \"\\u0000\"}]",
            "prefix=/home/ada/\u0000x\nprefix=" + "/x".repeat(5000),
            "Package: \u001b[2J\nStatus: install ok installed\nVersion: \u202e1\n",
            "Package: x\n".repeat(50_000),
            CANARY);
    var bytes =
        List.of(
            new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1}, new byte[3 << 20], new byte[] {'{', 0});
    return Stream.concat(
            texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)), bytes.stream())
        .toList();
  }

  private static String named(String name) {
    return "{\"name\": \"%s\", \"version\": \"1.0.0\", \"publisher\": \"%s\"}"
        .formatted(name, name);
  }

  @Test
  void names_are_plain_and_unique() {
    var names = sources().stream().map(Source::name).toList();
    assertEquals(names.size(), names.stream().distinct().count());
    assertTrue(names.stream().allMatch(name -> name.chars().allMatch(c -> c >= 'a' && c <= 'z')));
    assertTrue(names.size() >= 4);
  }

  @ParameterizedTest
  @MethodSource("sources")
  void absent_places_give_nothing(Source source) {
    var seen = new Workstation(root).seenBy(source);
    assertEquals(List.of(), seen.items());
    assertEquals(List.of(), seen.gaps());
  }

  @ParameterizedTest
  @MethodSource("sources")
  void unreadable_places_give_gaps(Source source) {
    var seen = Workstation.seenBy(source, new Denied());
    assertEquals(List.of(), seen.items());
    assertFalse(seen.gaps().isEmpty());
    assertTrue(seen.gaps().stream().allMatch(gap -> gap.reason() == Reason.DENIED));
    assertTrue(seen.gaps().stream().allMatch(gap -> gap.source().equals(source.name())));
  }

  /// All records are one file with many names: written once, read by every source.
  @ParameterizedTest
  @MethodSource("hostile")
  void hostile_metadata_gives_a_gap_or_a_harmless_item(byte[] metadata) throws IOException {
    var station = new Workstation(root);
    station.planting.file("metadata", metadata);
    for (var record : RECORDS) {
      var file = root.resolve(record);
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      Files.createLink(file, root.resolve("metadata"));
    }
    for (var source : sources()) {
      harmless(station.seenBy(source));
    }
  }

  private static void harmless(Sightings seen) {
    for (var item : seen.items()) {
      assertTrue(harmless(item.identity()), () -> "identity " + item.identity());
      var version = item.version();
      assertTrue(version == null || plain(version), () -> "version of " + item.identity());
      for (var part : item.parts()) {
        assertTrue(part.path().startsWith(item.location()), () -> "part " + part.path());
      }
    }
    for (var gap : seen.gaps()) {
      assertFalse(gap.detail().contains(CANARY));
      assertTrue(plain(gap.detail().replace(' ', '_')), gap::detail);
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void directory_in_place_of_a_record_gives_no_exception(Source source) {
    var station = new Workstation(root);
    RECORDS.forEach(record -> station.planting.folder(record));
    var seen = station.seenBy(source);
    assertEquals(List.of(), seen.items());
  }

  @ParameterizedTest
  @MethodSource("sources")
  void link_in_place_of_a_record_is_not_read(Source source) {
    var station = new Workstation(root);
    station.planting.file("secret", named(CANARY) + "\nprefix=" + CANARY);
    RECORDS.stream()
        .filter(record -> !record.contains("/y/"))
        .forEach(record -> station.planting.link(record, "/secret"));
    var seen = station.seenBy(source);
    assertEquals(List.of(), seen.items());
    assertTrue(seen.gaps().stream().noneMatch(gap -> gap.detail().contains(CANARY)));
  }

  private static boolean harmless(Identity identity) {
    return switch (identity) {
      case Identity.OfPackage(var purl) ->
          plain(purl.toString()) && !purl.toString().contains("..") && plain(purl.name());
      case Identity.OfExtension(var host, var id) -> plain(host) && plain(id);
      case Identity.OfApplication(var platform, var id) -> plain(platform) && plain(id);
      case Identity.OfProgram(var place) -> plain(place);
      case Identity.OfModel(var tool, var model) -> plain(tool) && plain(model);
      case Identity.OfVariable(var name) -> plain(name);
      case Identity.OfContainer(var reference) -> plain(reference);
      case Identity.OfResidue(_, var id) -> plain(id);
    };
  }

  private static boolean plain(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /// A tree that refuses everything.
  private static final class Denied implements Tree {
    @Override
    public List<Entry> list(BytePath directory) throws UnreadableException {
      throw denied(directory);
    }

    @Override
    public @Nullable FileFact stat(BytePath path) throws UnreadableException {
      throw denied(path);
    }

    @Override
    public byte @Nullable [] read(BytePath file, int limit) throws UnreadableException {
      throw denied(file);
    }

    @Override
    public byte @Nullable [] range(BytePath file, long offset, int length)
        throws UnreadableException {
      throw denied(file);
    }

    @Override
    public byte @Nullable [] readLink(BytePath link) throws UnreadableException {
      throw denied(link);
    }

    @Override
    public @Nullable String sha256(BytePath file) throws UnreadableException {
      throw denied(file);
    }

    private static UnreadableException denied(BytePath path) {
      return new UnreadableException(Reason.DENIED, path, "refused");
    }
  }
}
