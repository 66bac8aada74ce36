package dev.interdict.agent.sources.node;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.projects.ProjectSource;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Packages within packages, in stores, and what leads to them, in a person's projects.
final class NestedPackagesTest {
  private static final String APP = "home/ada/work/app/node_modules/";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new ProjectSource());
  }

  private void plant(String folder, String name) {
    station.planting.file(
        folder + "/package.json",
        """
        {"name": "%s", "version": "1.0.0", "bin": {"x": "cli.js"}}\
        """
            .formatted(name));
    station.planting.program(folder + "/cli.js");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a/node_modules/x",
        "a/node_modules/@b/c/node_modules/d/node_modules/x",
        ".pnpm/x@1.0.0/node_modules/x",
        ".pnpm/a@1.0.0_b@2.0.0/node_modules/@a/b/node_modules/x",
        ".deno/x@1.0.0/node_modules/x",
        ".bun/x@1.0.0/node_modules/x",
        ".store/x@1.0.0-ab/node_modules/x",
        ".store/x-npm-1.0.0-ab/package"
      })
  void are_seen(String folder) {
    for (var at = folder; at.contains("/node_modules/"); ) {
      at = at.substring(0, at.lastIndexOf("/node_modules/"));
      if (!at.startsWith(".") || at.contains("node_modules")) {
        plant(APP + at, "holder");
      }
    }
    plant(APP + folder, "x");
    var found =
        seen().items().stream()
            .filter(item -> item.location().toString().equals("/" + APP + folder))
            .toList();
    assertEquals(List.of("/" + APP + folder), Workstation.parts(found.getFirst(), Part.Role.MAIN));
    assertEquals(1, found.size());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void beyond_the_bound_are_a_gap() {
    plant(APP + "a" + "/node_modules/a".repeat(13), "x");
    for (var i = 0; i < 13; i++) {
      plant(APP + "a" + "/node_modules/a".repeat(i), "x");
    }
    assertEquals(13, seen().items().size());
    assertEquals(List.of(Reason.BUDGET), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void in_circles_are_seen_once() {
    plant(APP + "a", "a");
    plant(APP + ".pnpm/b@1/node_modules/b", "b");
    station.planting.link(APP + "a/node_modules/a", "../../a");
    station.planting.link(APP + "a/node_modules/up", "../../../node_modules");
    station.planting.link(APP + ".pnpm/b@1/node_modules/b/node_modules/a", "../../../../../a");
    assertEquals(List.of("pkg:npm/b@1.0.0", "pkg:npm/a@1.0.0"), Workstation.texts(seen()));
  }

  @Test
  void of_a_workspace_only_the_link_belongs_to_the_installation() {
    plant("home/ada/work/app/packages/fork", "@anthropic-ai/claude-code");
    station.planting.link(APP + "@anthropic-ai/claude-code", "../../packages/fork");
    station.planting.link(APP + ".bin/x", "../@anthropic-ai/claude-code/cli.js");
    var item = seen().items().getFirst();
    assertEquals(List.of(), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(
        List.of("/" + APP + "@anthropic-ai/claude-code", "/" + APP + ".bin/x"),
        Workstation.parts(item, Part.Role.LAUNCHER));
  }

  @Test
  void folder_of_packages_that_is_a_link_is_followed_within_the_home() {
    plant("home/ada/.fast/modules/x", "x");
    station.planting.link("home/ada/work/app/node_modules", "../../.fast/modules");
    assertEquals(List.of("pkg:npm/x@1.0.0"), Workstation.texts(seen()));
  }

  /// Someone who writes several packages may let one folder of them stand in for an installation.
  @Test
  void what_lies_elsewhere_behind_a_link_is_somebodys_work_and_is_not_taken() {
    plant("home/ada/work/packages/core", "core");
    plant("home/ada/work/scope/tool", "@acme/tool");
    station.planting.link("home/ada/work/one/node_modules", "../packages");
    station.planting.link("home/ada/work/two/node_modules/@acme", "../../scope");
    var seen = seen();
    assertEquals(
        List.of("pkg:npm/core@1.0.0", "pkg:npm/%40acme/tool@1.0.0"), Workstation.texts(seen));
    seen.items().forEach(item -> assertEquals(List.of(), item.parts()));
  }

  @Test
  void unpacked_archive_of_node_has_its_starters() {
    plant("home/ada/tools/node/lib/node_modules/x", "x");
    station.planting.link("home/ada/tools/node/bin/x", "../lib/node_modules/x/cli.js");
    var item = seen().items().getFirst();
    assertEquals("Node folder", item.origin());
    assertEquals(
        List.of("/home/ada/tools/node/bin/x"), Workstation.parts(item, Part.Role.LAUNCHER));
  }

  @Test
  void program_of_others_that_a_package_carries_is_none_of_its_own() {
    plant(APP + "x", "x");
    station.planting.program(APP + "x/vendor/linux/codex");
    station.planting.program(APP + "x/vendor/linux/rg");
    assertEquals(
        List.of("/" + APP + "x/cli.js", "/" + APP + "x/vendor/linux/codex"),
        Workstation.parts(seen().items().getFirst(), Part.Role.EXECUTABLE));
  }

  @Test
  void starter_of_a_longer_name_or_another_copy_is_none() {
    plant(APP + "x", "x");
    plant(APP + ".pnpm/x@2/node_modules/x", "x");
    station.planting.file(APP + ".bin/x", "exec node \"$basedir/../.pnpm/x@2/node_modules/x/c\"");
    station.planting.file(APP + ".bin/x.cmd", "\"%~dp0\\..\\x-other\\cli.js\"");
    station.planting.file(APP + ".bin/x.ps1", "& \"$basedir/../x/cli.js\"");
    var starters =
        seen().items().stream().map(item -> Workstation.parts(item, Part.Role.LAUNCHER)).toList();
    assertEquals(
        List.of(List.of("/" + APP + ".bin/x"), List.of("/" + APP + ".bin/x.ps1")), starters);
  }

  @Test
  void remains_of_an_upgrade_say_so() {
    plant(APP + "@a/.b-x1Y2z3W4", "@a/b");
    assertEquals("left by a failed upgrade", seen().items().getFirst().origin());
  }
}
