package dev.interdict.agent.sources.editors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
        ".local/share/code-server/extensions",
        ".windsurf-server/extensions",
        ".qoder-server/extensions",
        ".trae-server/extensions",
        ".kiro-server/extensions",
        ".antigravity-server/extensions",
        ".vscode-server-oss/extensions",
        ".openvscode-server/extensions",
        ".positron/extensions",
        ".void-editor/extensions",
        ".theia/deployedPlugins/anthropic.claude-code",
        "snap/code/178/.vscode/extensions",
        ".var/app/com.visualstudio.code/data/vscode/extensions",
        ".var/app/com.vscodium.codium/data/codium/extensions"
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

  @Test
  void what_a_real_server_installed_updated_and_uninstalled_is_told_apart() {
    station.planting.fixture("editors/vscode-server-1.139.1.txt", "home/ada");
    var seen = seen();
    assertEquals(
        List.of(
            "vscode:acme.native@2.0.1 VS Code Server",
            "vscode:acme.sample@1.3.0 VS Code Server",
            "vscode:somebody.claude-code@1.0.0 VS Code Server, left on disk and no longer listed"),
        Workstation.textsWithOrigins(seen));
    assertEquals(
        List.of(
            "/home/ada/.vscode-server/extensions/acme.native-2.0.1/resources/native-binary/claude"),
        Workstation.parts(seen.items().getFirst(), Part.Role.EXECUTABLE));
    assertEquals(List.of(), seen.gaps());
  }

  private void list(String file, String folder, String path) {
    station.planting.file(
        file,
        """
        [{"identifier": {"id": "a.b"}, "version": "9.9.9", "relativeLocation": "%s",
          "location": {"$mid": 1, "path": "%s", "scheme": "file"}}]\
        """
            .formatted(folder, path));
  }

  @Test
  void extension_of_a_profile_only_is_installed_even_where_the_folder_is_obsolete() {
    extension("home/ada/.qoder/extensions/" + FOLDER, "anthropic", "claude-code", "2.1.328");
    station
        .planting
        .file("home/ada/.qoder/extensions/extensions.json", "[]")
        .file("home/ada/.qoder/extensions/.obsolete", "{\"%s\": true}".formatted(FOLDER));
    assertEquals(List.of(), seen().items());
    list(
        "home/ada/.config/Qoder/User/profiles/-1a2b3c/extensions.json",
        FOLDER,
        "/home/ada/.qoder/extensions/" + FOLDER);
    assertEquals(
        List.of("vscode:anthropic.claude-code@2.1.328 profile of Qoder"),
        Workstation.textsWithOrigins(seen()));
  }

  @Test
  void profiles_of_a_server_lie_in_its_own_folder() {
    extension("home/ada/.cursor-server/extensions/x", "anthropic", "claude-code", "2.1.328");
    station.planting.file("home/ada/.cursor-server/extensions/extensions.json", "[]");
    list("home/ada/.cursor-server/data/User/profiles/p/extensions.json", "x", "");
    assertEquals(
        List.of("vscode:anthropic.claude-code@2.1.328 profile of Cursor Server"),
        Workstation.textsWithOrigins(seen()));
  }

  @Test
  void index_of_another_operating_system_is_understood() {
    extension("home/ada/dev/claude", "anthropic", "claude-code", "2.1.328");
    list(ROOT + "extensions.json", "", "/c:/home/ada/dev/claude");
    assertEquals(List.of("vscode:anthropic.claude-code@2.1.328"), Workstation.texts(seen()));
    list(ROOT + "extensions.json", "C:\\\\home\\\\ada\\\\dev\\\\claude", "");
    assertEquals(List.of("vscode:anthropic.claude-code@2.1.328"), Workstation.texts(seen()));
  }

  @Test
  void extension_listed_outside_of_the_home_cannot_be_inspected() {
    list(ROOT + "extensions.json", "", "/opt/x");
    assertEquals(List.of(Reason.LINK_IN_PATH), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void editor_that_nobody_knows_is_found_by_its_index() {
    extension("home/ada/.newcomer/extensions/x", "anthropic", "claude-code", "2.1.328");
    extension("home/ada/.other-tool/extensions/x", "anthropic", "claude-code", "2.1.328");
    list("home/ada/.newcomer/extensions/extensions.json", "x", "");
    assertEquals(
        List.of("vscode:anthropic.claude-code@2.1.328 an editor"),
        Workstation.textsWithOrigins(seen()));
  }

  @Test
  void extension_inside_an_editor_is_seen_and_belongs_to_the_editor() {
    extension(
        "usr/share/code/resources/app/extensions/claude", "Anthropic", "claude-code", "2.1.328");
    extension("opt/Fork/resources/app/extensions/claude", "Anthropic", "claude-code", "2.1.327");
    extension(
        "home/ada/.vscode-server/cli/servers/Stable-1/server/extensions/claude",
        "anthropic",
        "claude-code",
        "2.1.326");
    station.planting.folder("opt/Fork/resources/app/extensions/node_modules/x");
    var seen = seen();
    assertEquals(
        List.of(
            "vscode:anthropic.claude-code@2.1.326 built into VS Code Server",
            "vscode:anthropic.claude-code@2.1.328 built into an editor of the machine",
            "vscode:anthropic.claude-code@2.1.327 built into an editor of the machine"),
        Workstation.textsWithOrigins(seen));
    assertTrue(seen.items().stream().allMatch(item -> item.parts().isEmpty()));
    assertEquals(List.of(), seen.gaps());
  }

  @Test
  void archive_in_a_cache_is_no_installation() {
    station.planting.file(
        "home/ada/.config/Code/CachedExtensionVSIXs/anthropic.claude-code-2.1.328", "PK");
    assertEquals(List.of(), seen().items());
  }

  @Test
  void same_folder_by_two_names_is_one_installation() {
    extension("home/ada/.vscode/extensions/x", "anthropic", "claude-code", "2.1.328");
    station.planting.link("home/ada/.cursor", ".vscode");
    assertEquals(1, seen().items().size());
  }

  @Test
  void work_folder_of_git_is_seen_and_not_taken() {
    var folder = "home/ada/.vscode/extensions/mine/";
    station.planting.file(
        folder + "package.json",
        "{\"publisher\": \"ada\", \"name\": \"mine\", \"version\": \"1.0.0\"}");
    station.planting.file(folder + ".git/HEAD", "ref: refs/heads/main");
    assertEquals(List.of("vscode:ada.mine@1.0.0"), Workstation.texts(seen()));
    assertEquals(List.of(), seen().items().getFirst().parts());
  }
}
