package dev.interdict.agent.sources.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The layout is written by hand after snapd's documentation.
final class SnapSourceTest {
  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new SnapSource());
  }

  private void snap(String instance, String revision, String yaml) {
    station.planting.file("var/lib/snapd/snaps/" + instance + "_" + revision + ".snap", "hsqs");
    station.planting.file("snap/" + instance + "/" + revision + "/meta/snap.yaml", yaml);
  }

  @Test
  void snap_in_use_has_its_version_and_an_older_revision_is_kept() {
    snap("claude-code", "41", "name: claude-code\nversion: 2.1.100\n");
    snap("claude-code", "42", "name: claude-code\nversion: 2.1.328\nsummary: version: 9\n");
    station.planting.link("snap/claude-code/current", "42");
    assertEquals(
        List.of("pkg:snap/claude-code", "pkg:snap/claude-code@2.1.328"), Workstation.texts(seen()));
    assertEquals("revision kept by snapd", seen().items().getFirst().origin());
    assertNull(seen().items().getLast().origin());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void somebody_elses_snap_of_a_similar_name_is_itself() {
    snap("claude-code-proxy", "7", "name: claude-code-proxy\nversion: 1.0.0\n");
    station.planting.link("snap/claude-code-proxy/current", "7");
    assertEquals(List.of("pkg:snap/claude-code-proxy@1.0.0"), Workstation.texts(seen()));
  }

  @Test
  void second_instance_and_one_built_here_are_the_same_snap() {
    snap("hello_two", "x1", "version: '3'\n");
    station.planting.link("snap/hello_two/current", "x1");
    assertEquals(List.of("pkg:snap/hello@3"), Workstation.texts(seen()));
  }

  @Test
  void image_that_is_not_mounted_is_seen_without_a_version() {
    station.planting.file("var/lib/snapd/snaps/hello_12.snap", "hsqs");
    station.planting.link("var/lib/snapd/snap/hello/current", "12");
    assertEquals(List.of("pkg:snap/hello"), Workstation.texts(seen()));
    assertNull(seen().items().getFirst().origin());
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = ';',
      value = {
        "version: 1.2 # comment;@1.2",
        "version: \"1.2\";@1.2",
        "version:    1.2-rc1+git;@1.2-rc1+git",
        "version: |-;",
        "version: *anchor;",
        "version: !!str 1;",
        "version: [1];",
        "version: a b;",
        "versions: 1;",
        "`  version: 1`;"
      })
  void only_a_plain_version_is_taken(String line, String version) {
    snap("hello", "1", "name: hello\n" + line + "\n");
    station.planting.link("snap/hello/current", "1");
    var expected = "pkg:snap/hello" + (version == null ? "" : version.replace("+", "%2B"));
    assertEquals(List.of(expected), Workstation.texts(seen()));
  }

  @Test
  void image_without_a_valid_name_is_a_gap() {
    station.planting.file("var/lib/snapd/snaps/Hello World.snap", "hsqs");
    station.planting.file("var/lib/snapd/snaps/partial_1.snap.partial", "hsqs");
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }
}
