package dev.interdict.agent.sources.editors;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VsCodeSourceTest {
  private static final String ROOT = "home/ada/.vscode/extensions/";
  private static final String FOLDER = "anthropic.claude-code-2.1.328-linux-x64";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new VsCodeSource());
  }

  private void extension(String folder, String publisher, String name, String version) {
    station.planting.file(
        folder + "/package.json",
        """
        {"publisher": "%s", "name": "%s", "version": "%s", "engines": {"vscode": "^1.94.0"}}\
        """
            .formatted(publisher, name, version));
  }

  @Test
  void version_is_the_manifests_and_the_program_inside_is_a_part() {
    extension(ROOT + FOLDER, "Anthropic", "claude-code", "2.1.328");
    station.planting.program(ROOT + FOLDER + "/resources/native-binary/claude");
    assertEquals(List.of("vscode:anthropic.claude-code@2.1.328"), Workstation.texts(seen()));
    assertEquals(
        List.of("/" + ROOT + FOLDER + "/resources/native-binary/claude"),
        Workstation.parts(seen().items().getFirst(), Part.Role.EXECUTABLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".vscode/extensions",
        ".vscode-insiders/extensions",
        ".vscode-server/extensions",
        ".vscode-oss/extensions",
        ".cursor/extensions",
        ".cursor-server/extensions",
        ".windsurf/extensions",
        ".qoder/extensions",
        ".trae/extensions",
        ".trae-cn/extensions",
        ".kiro/extensions",
        ".antigravity/extensions",
        ".antigravity-ide/extensions",
        ".local/share/code-server/extensions"
      })
  void every_editor_is_looked_at(String extensions) {
    extension("home/ada/" + extensions + "/" + FOLDER, "anthropic", "claude-code", "2.1.328");
    assertEquals(List.of("vscode:anthropic.claude-code@2.1.328"), Workstation.texts(seen()));
  }

  @Test
  void lookalikes_keep_their_own_publisher() {
    extension(ROOT + "saoudrizwan.claude-dev-3.1.0", "saoudrizwan", "claude-dev", "3.1.0");
    extension(ROOT + "anthropic.claude-code-9.9.9", "somebody", "claude-code", "1.0.0");
    assertEquals(
        List.of("vscode:somebody.claude-code@1.0.0", "vscode:saoudrizwan.claude-dev@3.1.0"),
        Workstation.texts(seen()));
  }

  @Test
  void obsolete_folder_is_uninstalled_though_still_on_disk() {
    extension(ROOT + FOLDER, "anthropic", "claude-code", "2.1.328");
    station.planting.file(ROOT + ".obsolete", "{\"%s\": true}".formatted(FOLDER));
    assertEquals(List.of(), seen().items());
  }

  @Test
  void folder_that_is_obsolete_and_listed_is_installed() {
    extension(ROOT + FOLDER, "anthropic", "claude-code", "2.1.328");
    station.planting.file(ROOT + ".obsolete", "{\"%s\": true}".formatted(FOLDER));
    station.planting.file(
        ROOT + "extensions.json",
        """
        [{"identifier": {"id": "anthropic.claude-code"}, "relativeLocation": "%s"}]\
        """
            .formatted(FOLDER));
    assertEquals(1, seen().items().size());
  }

  @Test
  void index_that_lists_a_folder_elsewhere_is_followed_and_one_that_is_gone_is_not_missed() {
    extension("home/ada/dev/claude", "anthropic", "claude-code", "2.1.328");
    station.planting.file(
        ROOT + "extensions.json",
        """
        [{"identifier": {"id": "anthropic.claude-code"},
          "location": {"scheme": "file", "path": "/home/ada/dev/claude"}},
         {"identifier": {"id": "gone.gone"}, "relativeLocation": "gone.gone-1.0.0"}]\
        """);
    assertEquals(List.of("vscode:anthropic.claude-code@2.1.328"), Workstation.texts(seen()));
    assertEquals(List.of(), seen().gaps());
    // A folder outside of the editor's own is somebody's work: seen, and never to be taken.
    assertEquals(List.of(), seen().items().getFirst().parts());
  }

  @Test
  void of_a_work_folder_that_is_linked_in_only_the_link_belongs_to_the_installation() {
    extension("home/ada/dev/claude", "anthropic", "claude-code", "2.1.328");
    station.planting.link(ROOT + "anthropic.claude-code-dev", "/home/ada/dev/claude");
    var parts = seen().items().getFirst().parts();
    assertEquals(
        List.of("LAUNCHER /" + ROOT + "anthropic.claude-code-dev"),
        parts.stream().map(part -> part.role() + " " + part.path()).toList());
  }

  @Test
  void index_cannot_name_a_folder_above_or_outside_of_the_home() {
    extension("home/ada", "anthropic", "claude-code", "1.0.0");
    extension("srv/x", "anthropic", "claude-code", "1.0.0");
    station.planting.file(
        ROOT + "extensions.json",
        """
        [{"relativeLocation": "../.."}, {"location": {"path": "/srv/x"}}, {"relativeLocation": 7},
         7, null]\
        """);
    assertEquals(List.of(), seen().items());
  }

  @Test
  void broken_index_is_a_gap_and_the_folders_are_still_seen() {
    extension(ROOT + FOLDER, "anthropic", "claude-code", "2.1.328");
    station.planting.file(ROOT + "extensions.json", "{").file(ROOT + ".obsolete", "[]");
    assertEquals(1, seen().items().size());
    assertEquals(
        List.of(Reason.MALFORMED, Reason.MALFORMED),
        seen().gaps().stream().map(Gap::reason).toList());
  }
}
