package dev.interdict.agent.sources.nix;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Item;
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

final class NixSourceTest {
  private static final String HASH = "69bmnnydkj3l6gwlklmwvflr6b2gzryy";
  private static final String OTHER = "6cpx2c29cg602x79j4y32j360vvrc5c6";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new NixSource());
  }

  private List<String> seenIn(String place) {
    return seen().items().stream()
        .filter(item -> item.location().toString().startsWith(place))
        .map(NixSourceTest::text)
        .toList();
  }

  private static String text(Item item) {
    return Workstation.texts(one(item)).getFirst();
  }

  private static Sightings one(Item item) {
    var out = new Sightings("nix");
    out.item(item);
    return out;
  }

  @Test
  void captured_profiles_of_both_kinds_give_their_packages() {
    station.planting.fixture("linux/nix.txt", "");
    assertEquals(
        List.of(
            "pkg:nix/claude-code@2.1.328", "pkg:nix/my-tool-with-dash@1.0-rc1", "pkg:nix/nover"),
        seenIn("/home/ada"));
    assertEquals(List.of("pkg:nix/hello@2.12.1"), seenIn("/nix/var/nix/profiles/default"));
    assertEquals(List.of("pkg:nix/claude-code@2.1.328"), seenIn("/nix/var/nix/profiles/per-user"));
    assertEquals(5, seen().items().size());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void package_that_only_an_earlier_generation_holds_is_still_there() {
    profile("{\"version\": 3, \"elements\": {}}", "profile-2-link", OTHER);
    profile(manifest3(), "profile-1-link", HASH);
    station.planting.link("nix/var/nix/profiles/profile", "profile-2-link");
    assertEquals(List.of("pkg:nix/claude-code@2.1"), Workstation.texts(seen()));
    assertEquals("earlier generation", seen().items().getFirst().origin());
  }

  @Test
  void third_version_of_the_manifest_holds_a_map() {
    profile(manifest3(), "profile-1-link", HASH);
    station.planting.link("nix/var/nix/profiles/profile", "profile-1-link");
    assertEquals(List.of("pkg:nix/claude-code@2.1"), Workstation.texts(seen()));
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void commands_of_a_running_nixos_give_their_packages() {
    var system = "nix/store/" + HASH + "-nixos-system-host-24.11";
    station.planting.link("run/current-system", "/" + system);
    station.planting.link(system + "/sw", "/nix/store/" + OTHER + "-system-path");
    var bin = "nix/store/" + OTHER + "-system-path/bin/";
    station.planting.link(bin + "claude", "/nix/store/" + HASH + "-claude-code-2.1/bin/claude");
    station.planting.link(bin + "sh", "/nix/store/" + HASH + "-bash-5.2-p15/bin/sh");
    station.planting.link(bin + "own", "/usr/bin/own");
    assertEquals(
        List.of("pkg:nix/claude-code@2.1", "pkg:nix/bash@5.2-p15"), Workstation.texts(seen()));
    assertEquals("NixOS", seen().items().getFirst().origin());
  }

  @Test
  void manifest_that_is_none_is_a_gap() {
    profile("{\"version\": 3}", "profile-1-link", HASH);
    station.planting.link("nix/var/nix/profiles/profile", "profile-1-link");
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void root_that_leads_elsewhere_is_no_profile() {
    station.planting.link("nix/var/nix/gcroots/auto/a", "/home/ada/..-1-link");
    station.planting.link("nix/var/nix/gcroots/auto/b", "/home/ada/result");
    station.planting.link("nix/var/nix/gcroots/auto/c", "/home/ada/p-1-link");
    station.planting.link("home/ada/p-1-link", "/etc");
    station.planting.file("etc/manifest.json", manifest3());
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(), seen().gaps());
  }

  @ParameterizedTest
  @CsvSource({
    "-claude-code-2.1.328, claude-code, 2.1.328",
    "-claude-code-2.1.328-bin, claude-code, 2.1.328",
    "-claude-code-2.1.328/bin/claude, claude-code, 2.1.328",
    "-gtk+3-3.24, gtk+3, 3.24",
    "-nover, nover,",
    "-x-, x-,",
    "-a-unstable-2024-01-01, a-unstable, 2024-01-01"
  })
  void name_and_version_are_told_apart_as_nix_does(String rest, String name, String version) {
    var path = StorePath.of("/nix/store/" + HASH + rest).orElseThrow();
    assertEquals(name, path.name());
    assertEquals(version, path.version());
  }

  private static String manifest3() {
    return """
    {"elements": {"claude-code": {"active": true, "priority": 5, "storePaths":
      ["/nix/store/%s-claude-code-2.1", "/etc/passwd", "/nix/store/short-x-1"]}}, "version": 3}
    """
        .formatted(HASH);
  }

  private void profile(String manifest, String link, String hash) {
    station.planting.file("nix/store/" + hash + "-profile/manifest.json", manifest);
    station.planting.link("nix/var/nix/profiles/" + link, "/nix/store/" + hash + "-profile");
  }
}
