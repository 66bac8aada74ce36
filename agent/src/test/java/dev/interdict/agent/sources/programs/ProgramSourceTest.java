package dev.interdict.agent.sources.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.sources.AllSources;
import dev.interdict.agent.sources.Workstation;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProgramSourceTest {
  private static final String VERSIONS = "home/ada/.local/share/claude/versions/";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new ProgramSource());
  }

  @Test
  void each_version_is_an_item_and_the_link_belongs_to_the_one_it_leads_to() {
    station.planting.program(VERSIONS + "2.1.327").program(VERSIONS + "2.1.328");
    station.planting.link(
        "home/ada/.local/bin/claude", "/home/ada/.local/share/claude/versions/2.1.328");
    assertEquals(
        List.of(".local/share/claude/versions@2.1.327", ".local/share/claude/versions@2.1.328"),
        Workstation.texts(seen()));
    var older = seen().items().getFirst();
    var newer = seen().items().getLast();
    assertEquals(List.of(), Workstation.parts(older, Part.Role.LAUNCHER));
    assertEquals(
        List.of("/home/ada/.local/bin/claude"), Workstation.parts(newer, Part.Role.LAUNCHER));
    assertEquals(List.of("/" + VERSIONS + "2.1.328"), Workstation.parts(newer, Part.Role.MAIN));
    assertEquals(
        List.of("/" + VERSIONS + "2.1.328"), Workstation.parts(newer, Part.Role.EXECUTABLE));
  }

  @Test
  void relative_link_is_a_launcher_too() {
    station.planting.program(VERSIONS + "2.1.328");
    station.planting.link("home/ada/.local/bin/claude", "../share/claude/versions/2.1.328");
    assertEquals(
        List.of("/home/ada/.local/bin/claude"),
        Workstation.parts(seen().items().getFirst(), Part.Role.LAUNCHER));
  }

  @Test
  void wrapper_of_the_user_is_left_alone() {
    station.planting.program(VERSIONS + "2.1.328");
    station.planting.file("home/ada/.local/bin/claude", "#!/bin/sh\nexec versions/2.1.328\n");
    station.planting.link("home/ada/.local/bin/other", "/home/ada/.local/share/other/1.0");
    assertEquals(List.of(), Workstation.parts(seen().items().getFirst(), Part.Role.LAUNCHER));
  }

  @Test
  void bundle_is_a_version_without_its_hash() {
    var bundle = VERSIONS + "bundles/2.1.328@0123456789ab.01234567";
    station.planting.program(bundle + "/claude.app/Contents/MacOS/claude");
    assertEquals(List.of(".local/share/claude/versions@2.1.328"), Workstation.texts(seen()));
    var item = seen().items().getFirst();
    assertEquals(List.of("/" + bundle), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(
        List.of("/" + bundle + "/claude.app/Contents/MacOS/claude"),
        Workstation.parts(item, Part.Role.EXECUTABLE));
  }

  @Test
  void renamed_program_is_seen_without_a_version() {
    station.planting.program(VERSIONS + "my-notes");
    assertEquals(List.of(".local/share/claude/versions@null"), Workstation.texts(seen()));
  }

  @Test
  void copies_for_remote_hosts_and_of_the_desktop_are_products_of_their_own() {
    station.planting.program("home/ada/.claude/remote/ccd-cli/2.1.300");
    station.planting.program("home/ada/.config/Claude/claude-code/2.1.301/claude");
    assertEquals(
        List.of(".claude/remote/ccd-cli@2.1.300", ".config/Claude/claude-code@2.1.301"),
        Workstation.texts(seen()));
  }

  @Test
  void server_for_remote_work_is_named_by_no_version() {
    station.planting.program("home/ada/.claude/remote/srv/0a1b2c3d/server");
    station.planting.program("home/ada/.claude/remote/server");
    assertEquals(
        List.of(".claude/remote/srv@null", ".claude/remote/server@null"),
        Workstation.texts(seen()));
    assertEquals(
        List.of("/home/ada/.claude/remote/server"),
        Workstation.parts(seen().items().getLast(), Part.Role.MAIN));
  }

  @Test
  void copies_of_the_desktop_are_found_on_every_system() {
    var packaged = "AppData/Local/Packages/Claude_pzs8sxrjxfjjc/LocalCache/Roaming/Claude/";
    var mac = "Library/Application Support/Claude/";
    station.planting.program(
        "home/ada/" + mac + "claude-code/2.1.3/0123abcd/claude.app/Contents/MacOS/claude");
    station.planting.program("home/ada/" + mac + "claude-code-vm/2.1.4/claude");
    station.planting.program("home/ada/AppData/Roaming/Claude/claude-code/2.1.5/claude.exe");
    station.planting.program("home/ada/" + packaged + "claude-code/2.1.6/claude.exe");
    assertEquals(
        List.of(
            mac + "claude-code@2.1.3",
            mac + "claude-code-vm@2.1.4",
            "AppData/Roaming/Claude/claude-code@2.1.5",
            packaged + "claude-code@2.1.6"),
        Workstation.texts(seen()));
  }

  @Test
  void copy_on_the_path_counts_only_as_a_native_program() {
    var bin = "home/ada/.local/bin/";
    station.planting.file(bin + "claude", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0});
    station.planting.file(bin + "claude.exe", windows());
    station.planting.file(bin + "claude.exe.old.1764.12", windows());
    station.planting.file(bin + "claude-wrapper", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0});
    station.planting.file(bin + "claude.exe.old.notes", "#!/bin/sh\n");
    assertEquals(
        List.of(
            "/" + bin + "claude", "/" + bin + "claude.exe", "/" + bin + "claude.exe.old.1764.12"),
        seen().items().stream()
            .flatMap(item -> Workstation.parts(item, Part.Role.MAIN).stream())
            .toList());
    assertEquals(".local/bin/claude@null", Workstation.texts(seen()).getFirst());
  }

  @Test
  void script_of_the_user_on_the_path_is_the_users_own() {
    station.planting.file("home/ada/.local/bin/claude", "#!/bin/sh\nexec npx claude\n");
    station.planting.file("home/ada/.local/bin/claude.exe", "M");
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void release_in_use_has_the_links_that_lead_over_the_current_one() {
    var releases = "home/ada/.codex/packages/standalone/releases/";
    station.planting.program(releases + "0.157.0-x86_64-unknown-linux-musl/bin/codex");
    station.planting.program(releases + "0.158.0-aarch64-apple-darwin/bin/codex");
    station.planting.link(
        "home/ada/.codex/packages/standalone/current", "releases/0.158.0-aarch64-apple-darwin");
    station.planting.link(
        "home/ada/.local/bin/codex", "/home/ada/.codex/packages/standalone/current/bin/codex");
    assertEquals(
        List.of(
            ".codex/packages/standalone/releases@0.157.0",
            ".codex/packages/standalone/releases@0.158.0"),
        Workstation.texts(seen()));
    assertEquals(List.of(), Workstation.parts(seen().items().getFirst(), Part.Role.LAUNCHER));
    assertEquals(
        List.of("/home/ada/.codex/packages/standalone/current", "/home/ada/.local/bin/codex"),
        Workstation.parts(seen().items().getLast(), Part.Role.LAUNCHER));
  }

  @Test
  void other_agents_and_the_replacement_are_found_by_place() {
    station.planting.program(
        "home/ada/.local/share/cursor-agent/versions/2026.08.04-aaa8809/cursor-agent");
    station.planting.link(
        "home/ada/.local/bin/agent",
        "/home/ada/.local/share/cursor-agent/versions/2026.08.04-aaa8809/cursor-agent");
    station.planting.program("home/ada/.amp/bin/amp").program("home/ada/.amp/bin/other");
    station.planting.link("home/ada/.local/bin/amp", "/home/ada/.amp/bin/amp");
    station.planting.program("home/ada/.opencode/bin/opencode");
    station.planting.program("home/ada/.qoder/bin/qodercli/qodercli");
    station.planting.program("home/ada/.qoder/entry/qoder");
    assertEquals(
        List.of(
            ".local/share/cursor-agent/versions@2026.08.04-aaa8809",
            ".amp/bin/amp@null",
            ".opencode/bin/opencode@null",
            ".qoder/bin/qodercli/qodercli@null",
            ".qoder/entry/qoder@null"),
        Workstation.texts(seen()));
    assertEquals(
        List.of("/home/ada/.local/bin/agent"),
        Workstation.parts(seen().items().getFirst(), Part.Role.LAUNCHER));
    assertEquals(
        List.of("/home/ada/.local/bin/amp"),
        Workstation.parts(seen().items().get(1), Part.Role.LAUNCHER));
  }

  @Test
  void what_an_installer_left_half_done_is_found() {
    station.planting.program("home/ada/.claude/downloads/claude-2.1.328-linux-x64");
    station.planting.program("home/ada/.claude/downloads/my-script");
    station.planting.program("home/ada/.cache/claude/staging/2.1.329/claude");
    assertEquals(
        List.of(".cache/claude/staging@2.1.329", ".claude/downloads@null"),
        Workstation.texts(seen()));
  }

  @Test
  void data_of_the_user_alone_is_no_installation() {
    station.planting.file("home/ada/.claude/settings.json", "{}");
    station.planting.file("home/ada/.claude.json", "{}");
    station.planting.file("home/ada/.claude/projects/x/1.jsonl", "{}");
    station.planting.folder(VERSIONS);
    station.planting.file(VERSIONS + "readme", "no program");
    for (var source : AllSources.all()) {
      var seen = station.seenBy(source);
      assertEquals(List.of(), seen.gaps());
      for (var item : seen.items()) {
        assertInstanceOf(Identity.OfResidue.class, item.identity());
        assertEquals(List.of(), item.parts());
      }
    }
  }

  @Test
  void program_of_the_same_name_elsewhere_is_none_of_these() {
    station.planting.program("home/ada/bin/claude").program("home/ada/.local/bin/claude");
    for (var source : AllSources.all()) {
      assertEquals(List.of(), station.seenBy(source).items());
    }
  }

  @Test
  void folder_without_a_version_s_name_is_seen_and_not_taken() {
    station.planting.program("home/ada/.local/share/claude/versions/mybackup/tool");
    station.planting.program("home/ada/.local/share/claude/versions/2.1.328");
    assertEquals(
        List.of(true, false),
        seen().items().stream()
            .sorted(java.util.Comparator.comparing(Item::location))
            .map(item -> !item.parts().isEmpty())
            .toList());
  }

  /// The head of a program of Windows: what DOS would run names where the rest begins.
  private static byte[] windows() {
    return ByteBuffer.allocate(128)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort(0, (short) 0x5a4d)
        .putInt(0x3c, 64)
        .putInt(64, 0x4550)
        .array();
  }
}
