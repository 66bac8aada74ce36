package dev.interdict.agent.sources.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NpmSourceTest {
  private static final String CLAUDE = "pkg:npm/%40anthropic-ai/claude-code@2.1.112";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new NpmSource());
  }

  private Item only(String purl) {
    var items =
        seen().items().stream()
            .filter(item -> Workstation.texts(one(item)).getFirst().equals(purl))
            .toList();
    assertEquals(1, items.size(), () -> purl + " in " + Workstation.texts(seen()));
    return items.getFirst();
  }

  private static Sightings one(Item item) {
    var out = new Sightings("npm");
    out.item(item);
    return out;
  }

  @Test
  void script_era_package_has_its_folder_its_script_and_its_link() {
    station.planting.fixture("npm/claude-code-2.1.112.txt", "home/ada/.npm-global");
    var item = only(CLAUDE);
    var folder = "/home/ada/.npm-global/lib/node_modules/@anthropic-ai/claude-code";
    assertEquals(folder, item.location().toString());
    assertEquals("2.1.112", item.version());
    assertEquals("ada", Objects.requireNonNull(item.owner()).user());
    assertEquals(List.of(folder), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(List.of(folder + "/cli.js"), Workstation.parts(item, Part.Role.EXECUTABLE));
    assertEquals(
        List.of("/home/ada/.npm-global/bin/claude"), Workstation.parts(item, Part.Role.LAUNCHER));
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void native_era_package_and_its_nested_platform_package_are_two_items() {
    station.planting.fixture("npm/claude-code-2.1.329.txt", "usr/local");
    var main = only("pkg:npm/%40anthropic-ai/claude-code@2.1.329");
    var folder = "/usr/local/lib/node_modules/@anthropic-ai/claude-code";
    assertNull(main.owner());
    assertEquals(
        List.of(folder + "/bin/claude.exe"), Workstation.parts(main, Part.Role.EXECUTABLE));
    var nested = only("pkg:npm/%40anthropic-ai/claude-code-linux-x64@2.1.329");
    assertEquals(
        List.of(folder + "/node_modules/@anthropic-ai/claude-code-linux-x64/claude"),
        Workstation.parts(nested, Part.Role.EXECUTABLE));
  }

  @Test
  void hard_linked_program_is_one_file_in_two_packages() {
    station.planting.fixture("npm/claude-code-2.1.329.txt", "home/ada/.npm-global");
    var modules = "home/ada/.npm-global/lib/node_modules/@anthropic-ai/claude-code/";
    var program = modules + "node_modules/@anthropic-ai/claude-code-linux-x64/claude";
    station.planting.hardLink(modules + "bin/claude-linked", program);
    station.planting.file(
        modules + "package.json",
        """
        {"name": "@anthropic-ai/claude-code", "version": "1", "bin": "bin/claude-linked"}\
        """);
    var ids =
        seen().items().stream()
            .flatMap(item -> item.parts().stream())
            .filter(part -> part.path().nameText().matches("claude|claude-linked"))
            .filter(part -> part.role() == Part.Role.EXECUTABLE)
            .map(Part::id)
            .distinct()
            .toList();
    assertEquals(1, ids.size());
  }

  @Test
  void alias_is_named_by_its_manifest() {
    station.planting.fixture("npm/claude-code-alias.txt", "home/ada/.npm-global");
    var item = only(CLAUDE);
    assertEquals("cc", item.location().nameText());
    assertEquals(
        List.of("/home/ada/.npm-global/bin/claude"), Workstation.parts(item, Part.Role.LAUNCHER));
  }

  @Test
  void platform_package_under_an_alias_has_the_products_name_and_its_own_version() {
    station.planting.fixture("npm/codex-0.169.0.txt", "home/ada/.nvm/versions/node/v22.1.0");
    only("pkg:npm/%40openai/codex@0.169.0");
    var platform = only("pkg:npm/%40openai/codex@0.169.0-linux-x64");
    assertTrue(
        Workstation.parts(platform, Part.Role.EXECUTABLE).stream()
            .anyMatch(path -> path.endsWith("/bin/codex")));
  }

  @Test
  void lookalikes_are_what_they_say_and_nothing_else() {
    station.planting.fixture("npm/claude-cmd.txt", "home/ada/.npm-global");
    station.planting.fixture("npm/claude-code-router.txt", "home/ada/.npm-global");
    assertEquals(
        List.of("pkg:npm/%40musistudio/claude-code-router@2.0.0", "pkg:npm/claude-cmd@1.1.1"),
        Workstation.texts(seen()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".npm-global",
        ".npm-packages",
        ".local",
        "npm",
        "n",
        ".nvm/versions/node/v20.1.0",
        ".local/share/fnm/node-versions/v20.1.0/installation",
        ".fnm/node-versions/v20.1.0/installation",
        ".volta/tools/image/packages/@anthropic-ai/claude-code",
        ".volta/tools/image/node/20.1.0",
        ".asdf/installs/nodejs/20.1.0",
        ".nodenv/versions/20.1.0",
        ".nvs/node/20.1.0/x64",
        ".local/share/mise/installs/node/20.1.0",
        ".local/share/mise/installs/npm-anthropic-ai-claude-code/2.1.112",
      })
  void every_prefix_of_a_home_is_looked_at(String prefix) {
    station.planting.fixture("npm/claude-code-2.1.112.txt", Workstation.HOME + prefix);
    assertEquals(1, Workstation.parts(only(CLAUDE), Part.Role.LAUNCHER).size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".config/yarn/global/node_modules",
        ".bun/install/global/node_modules",
        ".local/share/pnpm/global/5/node_modules",
        ".local/share/pnpm/global/v11/3f2a/node_modules",
        ".npm/_npx/0123456789abcdef/node_modules",
        ".claude/local/node_modules",
        ".config/Code/agent-host/sdk-cache/claude/1.0.0/linux-x64/node_modules",
        "node_modules",
      })
  void every_folder_of_packages_in_a_home_is_looked_at(String modules) {
    manifest(Workstation.HOME + modules + "/@anthropic-ai/claude-code", "2.1.112");
    only(CLAUDE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "usr",
        "usr/local",
        "opt/node",
        "opt/homebrew",
        "usr/local/nvm/versions/node/v20.1.0",
        "usr/local/n/versions/node/20.1.0"
      })
  void every_prefix_of_the_machine_is_looked_at(String prefix) {
    station.planting.fixture("npm/claude-code-2.1.112.txt", prefix);
    assertNull(only(CLAUDE).owner());
  }

  @Test
  void cached_copy_of_bunx_is_named_by_its_manifest() {
    manifest(
        Workstation.HOME + ".bun/install/cache/@anthropic-ai/claude-code@2.1.112@@@1", "2.1.112");
    only(CLAUDE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "prefix=/home/ada/tools/node",
        "prefix = ~/tools/node",
        "; a comment\nregistry=https://registry.npmjs.org\nprefix=${HOME}/tools/node\n",
        "prefix=\"/home/ada/tools/node\""
      })
  void prefix_of_npmrc_is_looked_at(String npmrc) {
    station.planting.file("home/ada/.npmrc", npmrc);
    station.planting.fixture("npm/claude-code-2.1.112.txt", "home/ada/tools/node");
    only(CLAUDE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"prefix=/srv/elsewhere", "prefix=${WHERE}/node", "prefix=relative"})
  void prefix_of_npmrc_that_cannot_be_looked_at_is_a_gap(String npmrc) {
    station.planting.file("home/ada/.npmrc", npmrc);
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
    assertTrue(seen().gaps().stream().noneMatch(gap -> gap.detail().contains("elsewhere")));
  }

  @Test
  void prefix_of_npmrc_on_the_machine_is_no_gap() {
    station.planting.file("home/ada/.npmrc", "prefix=/usr/local\n");
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void remains_of_a_failed_upgrade_are_seen() {
    manifest("home/ada/.npm-global/lib/node_modules/@anthropic-ai/.claude-code-x1Y2z3", "2.1.112");
    only(CLAUDE);
  }

  @Test
  void package_reached_by_a_link_is_seen_where_it_really_lies() {
    var store = ".pnpm/@anthropic-ai+claude-code@2.1.112/node_modules/@anthropic-ai/claude-code";
    var modules = "home/ada/.local/share/pnpm/global/5/node_modules/";
    manifest(modules + store, "2.1.112");
    station.planting.link(modules + "@anthropic-ai/claude-code", "../" + store);
    station.planting.file(
        "home/ada/.local/share/pnpm/claude",
        "#!/bin/sh\n"
            + "exec node \"$basedir/global/5/node_modules/@anthropic-ai/claude-code/cli.js\"\n");
    var item = only(CLAUDE);
    assertEquals("/" + modules + store, item.location().toString());
    assertEquals(
        List.of("/" + modules + "@anthropic-ai/claude-code", "/home/ada/.local/share/pnpm/claude"),
        Workstation.parts(item, Part.Role.LAUNCHER));
  }

  @Test
  void of_a_linked_work_folder_only_the_links_belong_to_the_installation() {
    manifest("home/ada/src/fork", "2.1.112");
    var link = "home/ada/.npm-global/lib/node_modules/@anthropic-ai/claude-code";
    station.planting.link(link, "../../../../src/fork");
    var item = only(CLAUDE);
    assertEquals("/home/ada/src/fork", item.location().toString());
    assertEquals(List.of(), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(List.of(), Workstation.parts(item, Part.Role.EXECUTABLE));
    assertEquals(List.of("/" + link), Workstation.parts(item, Part.Role.LAUNCHER));
  }

  @Test
  void generated_starters_are_launchers() {
    manifest("home/ada/.claude/local/node_modules/@anthropic-ai/claude-code", "2.1.112");
    station.planting.file(
        "home/ada/.claude/local/claude",
        "#!/bin/bash\nexec \"/home/ada/.claude/local/node_modules/.bin/claude\" \"$@\"\n");
    station.planting.link(
        "home/ada/.claude/local/node_modules/.bin/claude", "../@anthropic-ai/claude-code/cli.js");
    manifest("home/ada/AppData/Roaming/npm/node_modules/@anthropic-ai/claude-code", "2.1.111");
    station.planting.file(
        "home/ada/AppData/Roaming/npm/claude.cmd",
        "\"%dp0%\\node_modules\\@anthropic-ai\\claude-code\\cli.js\" %*\r\n");
    station.planting.file("home/ada/AppData/Roaming/npm/mine.cmd", "claude %*\r\n");
    assertEquals(
        List.of(
            "/home/ada/.claude/local/node_modules/.bin/claude", "/home/ada/.claude/local/claude"),
        Workstation.parts(only(CLAUDE), Part.Role.LAUNCHER));
    assertEquals(
        List.of("/home/ada/AppData/Roaming/npm/claude.cmd"),
        Workstation.parts(only("pkg:npm/%40anthropic-ai/claude-code@2.1.111"), Part.Role.LAUNCHER));
  }

  @Test
  void linked_manager_folder_is_followed_within_the_home() {
    station.planting.fixture(
        "npm/claude-code-2.1.112.txt", "home/ada/tools/nvm/versions/node/v20.1.0");
    station.planting.link("home/ada/.nvm", "tools/nvm");
    var item = only(CLAUDE);
    assertTrue(item.location().toString().startsWith("/home/ada/tools/nvm/"));
    assertEquals(1, Workstation.parts(item, Part.Role.LAUNCHER).size());
  }

  @Test
  void link_out_of_the_home_is_a_gap_and_not_followed() {
    manifest("srv/shared/lib/node_modules/@anthropic-ai/claude-code", "2.1.112");
    station.planting.link("home/ada/.npm-global", "/srv/shared");
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(Reason.LINK_IN_PATH), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void links_in_circles_are_a_gap() {
    station.planting.link("home/ada/.nvm", ".nvs").link("home/ada/.nvs", ".nvm");
    assertEquals(
        List.of(Reason.LINK_IN_PATH, Reason.LINK_IN_PATH),
        seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void wrapper_of_the_user_and_links_elsewhere_are_left_alone() {
    station.planting.fixture("npm/claude-code-2.1.112.txt", "home/ada/.local");
    station.planting.file(
        "home/ada/.local/bin/mine", "exec ../lib/node_modules/@anthropic-ai/claude-code/cli.js");
    station.planting.link("home/ada/.local/bin/other", "../lib/node_modules/other/cli.js");
    station.planting.link(
        "home/ada/.local/bin/near", "../lib/node_modules/@anthropic-ai/claude-code-2/cli.js");
    assertEquals(
        List.of("/home/ada/.local/bin/claude"),
        Workstation.parts(only(CLAUDE), Part.Role.LAUNCHER));
  }

  @Test
  void dangling_link_and_empty_scope_are_nothing() {
    station.planting.folder("home/ada/.npm-global/lib/node_modules/@anthropic-ai");
    station.planting.link(
        "home/ada/.npm-global/bin/claude", "../lib/node_modules/@anthropic-ai/claude-code/cli.js");
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void package_without_its_manifest_is_a_gap() {
    station.planting.program(
        "home/ada/.npm-global/lib/node_modules/@anthropic-ai/claude-code/cli.js");
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void program_that_climbs_out_of_its_package_is_no_part() {
    station.planting.file("home/ada/work/thesis.txt", "mine");
    station.planting.file(
        "home/ada/.npm-global/lib/node_modules/x/package.json",
        """
        {"name": "x", "version": "1.0.0",
         "bin": {"a": "../../../../work/thesis.txt", "b": "/etc/passwd", "c": "./c.js"}}\
        """);
    station.planting.program("home/ada/.npm-global/lib/node_modules/x/c.js");
    assertEquals(
        List.of("/home/ada/.npm-global/lib/node_modules/x/c.js"),
        Workstation.parts(only("pkg:npm/x@1.0.0"), Part.Role.EXECUTABLE));
  }

  private void manifest(String folder, String version) {
    station.planting.file(
        folder + "/package.json",
        """
        {"name": "@anthropic-ai/claude-code", "version": "%s", "bin": {"claude": "cli.js"}}\
        """
            .formatted(version));
  }
}
