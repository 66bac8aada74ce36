package dev.interdict.agent.sources.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The records are written by hand after apk's manual.
final class ApkSourceTest {
  private static final String RECORDS =
      """
      C:Q1abc=
      P:claude-code
      V:2.1.328-r0
      A:x86_64
      p:so:libx.so=1 cmd:claude=2.1.328-r0
      T:A tool
      F:usr/bin
      R:claude
      a:0:0:755
      Z:Q1def=

      C:Q1ghi=
      P:claude-color
      V:1.0-r1
      A:noarch
      """;

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new ApkSource());
  }

  @Test
  void packages_are_seen_with_their_vendor_and_fields_in_the_other_case_are_others() {
    station.planting.file("etc/os-release", "ID=wolfi\n");
    station.planting.file("lib/apk/db/installed", RECORDS);
    assertEquals(
        List.of(
            "pkg:apk/wolfi/claude-code@2.1.328-r0?arch=x86_64",
            "pkg:apk/wolfi/claude-color@1.0-r1?arch=noarch"),
        Workstation.texts(seen()));
    assertEquals(List.of(), seen().gaps());
    assertEquals(List.of(), seen().items().getFirst().parts());
  }

  @Test
  void newer_place_is_read_once_when_the_older_leads_to_it() {
    station.planting.file("usr/lib/apk/db/installed", RECORDS);
    station.planting.link("lib", "usr/lib");
    assertEquals(2, seen().items().size());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void name_that_is_none_is_a_gap() {
    station.planting.file("lib/apk/db/installed", "P:../../x\nV:1\n\nV:2\n");
    assertEquals(List.of(), seen().items());
    assertEquals(
        List.of(Reason.MALFORMED, Reason.MALFORMED),
        seen().gaps().stream().map(Gap::reason).toList());
  }
}
