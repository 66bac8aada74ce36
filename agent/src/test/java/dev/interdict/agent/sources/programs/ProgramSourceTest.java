package dev.interdict.agent.sources.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.sources.AllSources;
import dev.interdict.agent.sources.Workstation;
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
  void data_of_the_user_alone_is_no_installation() {
    station.planting.file("home/ada/.claude/settings.json", "{}");
    station.planting.file("home/ada/.claude.json", "{}");
    station.planting.file("home/ada/.claude/projects/x/1.jsonl", "{}");
    station.planting.folder(VERSIONS);
    station.planting.file(VERSIONS + "readme", "no program");
    for (var source : AllSources.all()) {
      assertEquals(List.of(), station.seenBy(source).items());
      assertEquals(List.of(), station.seenBy(source).gaps());
    }
  }

  @Test
  void program_of_the_same_name_elsewhere_is_none_of_these() {
    station.planting.program("home/ada/bin/claude").program("home/ada/.local/bin/claude");
    for (var source : AllSources.all()) {
      assertEquals(List.of(), station.seenBy(source).items());
    }
  }
}
