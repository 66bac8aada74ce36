package dev.interdict.agent.sources.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
import org.junit.jupiter.params.provider.ValueSource;

/// Where packages lie, by manager and by setting, and what is said to have brought them there.
final class NodePlacesTest {
  private static final String NAME = "@anthropic-ai/claude-code";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new NpmSource());
  }

  private Item only() {
    var seen = seen();
    assertEquals(
        List.of("pkg:npm/%40anthropic-ai/claude-code@2.1.112"),
        Workstation.texts(seen),
        () -> "gaps: " + seen.gaps());
    assertEquals(List.of(), seen.gaps());
    return seen.items().getFirst();
  }

  private void plant(String modules) {
    station.planting.file(
        modules + "/" + NAME + "/package.json",
        """
        {"name": "%s", "version": "2.1.112", "bin": {"claude": "cli.js"}}\
        """
            .formatted(NAME));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          .nvm/versions/node/v20.11.0/lib/node_modules | nvm, Node 20.11.0
          .config/nvm/versions/node/v20.11.0/lib/node_modules | nvm, Node 20.11.0
          .local/share/fnm/node-versions/v22.1.0/installation/lib/node_modules | fnm, Node 22.1.0
          AppData/Roaming/fnm/node-versions/v22.1.0/installation/node_modules | fnm, Node 22.1.0
          AppData/Roaming/nvm/v20.11.0/node_modules | nvm for Windows, Node 20.11.0
          .volta/tools/image/node/20.11.0/lib/node_modules | Volta, Node 20.11.0
          AppData/Local/Volta/tools/image/packages/x/node_modules | Volta
          .asdf/installs/nodejs/20.1.0/lib/node_modules | asdf, Node 20.1.0
          .local/share/asdf/installs/nodejs/20.1.0/lib/node_modules | asdf, Node 20.1.0
          .nodenv/versions/20.1.0/lib/node_modules | nodenv, Node 20.1.0
          .anyenv/envs/nodenv/versions/20.1.0/lib/node_modules | nodenv, Node 20.1.0
          .nvs/node/20.1.0/x64/lib/node_modules | nvs, Node 20.1.0
          n/n/versions/node/20.1.0/lib/node_modules | n, Node 20.1.0
          .n/lib/node_modules | n
          .local/share/mise/installs/node/20.1.0/lib/node_modules | mise, Node 20.1.0
          .local/share/mise/installs/node/lts/lib/node_modules | mise
          .local/share/mise/installs/npm-x/2.1.112/lib/node_modules | mise npm backend
          .local/share/mise/installs/npm-x/2.1.112/5/node_modules | mise npm backend
          .local/share/mise/installs/npm-x/2.1.112/install/global/node_modules | mise npm backend
          .proto/tools/node/20.1.0/lib/node_modules | proto, Node 20.1.0
          scoop/apps/nodejs-lts/20.1.0/node_modules | Scoop, Node 20.1.0
          scoop/persist/nodejs-lts/bin/node_modules | Scoop
          .conda/envs/web/lib/node_modules | conda environment
          .local/node-v20.1.0-linux-x64/lib/node_modules | Node archive
          .npm-global/lib/node_modules |
          AppData/Roaming/npm/node_modules |
          .local/share/pnpm/global/5/node_modules | pnpm
          .local/share/pnpm/global/5/.pnpm/x@1/node_modules | pnpm
          .pnpm/global/v11/1f/node_modules | pnpm
          Library/pnpm/store/v11/links/@anthropic-ai/claude-code/2.1.112/ab/node_modules | pnpm store
          Library/Caches/pnpm/dlx/ab/12/node_modules | pnpm dlx cache
          AppData/Local/pnpm-cache/dlx/ab/12/node_modules | pnpm dlx cache
          .config/yarn/global/node_modules | Yarn
          AppData/Local/Yarn/Data/global/node_modules | Yarn
          .cache/yarn/v6/npm-x-1-ab-integrity/node_modules | Yarn cache
          .bun/install/global/node_modules | Bun
          .bun/install/cache/.bunx-1000/x@latest/node_modules | bunx cache
          .bun/install/cache/.bunx-1000/@x/y@latest/node_modules | bunx cache
          .npm/_npx/0123456789abcdef/node_modules | npx cache
          AppData/Local/npm-cache/_npx/0123456789abcdef/node_modules | npx cache
          .config/Code/agent-host/sdk-cache/claude/1/linux-x64/node_modules | inside the editor
          .claude/local/node_modules | legacy local installation
          node_modules | home folder
          .yarn/unplugged/x/node_modules | home folder
          """)
  void of_a_home(String modules, String origin) {
    plant(Workstation.HOME + modules);
    assertEquals(origin, only().origin());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          usr/lib/node_modules |
          data/data/com.termux/files/usr/lib/node_modules | Termux
          opt/node-v20.1.0-linux-x64/lib/node_modules | Node archive
          usr/local/lib/nodejs/node-v20.1.0-linux-x64/lib/node_modules | Node archive
          usr/local/n/versions/node/20.1.0/lib/node_modules | n, Node 20.1.0
          opt/nodenv/versions/20.1.0/lib/node_modules | nodenv, Node 20.1.0
          usr/local/share/mise/installs/node/20.1.0/lib/node_modules | mise, Node 20.1.0
          nvm4w/nodejs/node_modules | nvm for Windows
          pnpm/global/5/node_modules | pnpm
          usr/local/share/.cache/yarn/v6/npm-x-1-ab-integrity/node_modules | Yarn cache
          tmp/bunx-1000-x@latest/node_modules | bunx cache
          tmp/bunx-1000-@x/y@latest/node_modules | bunx cache
          """)
  void of_the_machine(String modules, String origin) {
    plant(modules);
    assertEquals(origin, only().origin());
    assertNull(only().owner());
  }

  @ParameterizedTest
  @CsvSource({
    "cache=/home/ada/x, x/_npx/ab/node_modules, npx cache",
    "store-dir=~/x, x/v11/links/@/y/1/ab/node_modules, pnpm store",
    "global-dir=${HOME}/x, x/5/node_modules, pnpm",
    "global-dir=${HOME}/x, x/v11/ab/node_modules, pnpm"
  })
  void moved_by_a_setting(String setting, String modules, String origin) {
    plant(Workstation.HOME + modules);
    assertEquals(List.of(), seen().items());
    station.planting.file("home/ada/.npmrc", "# mine\n" + setting + "\n");
    assertEquals(origin, only().origin());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"home/ada/.config/pnpm/rc", "home/ada/.nvm/versions/node/v20.1.0/etc/npmrc"})
  void moved_by_a_file_of_settings(String file) {
    plant("home/ada/x/lib/node_modules");
    station.planting.file(file, "prefix=~/x\n");
    only();
  }

  @Test
  void moved_on_the_machine() {
    plant("srv/npm/lib/node_modules");
    station.planting.file("usr/local/etc/npmrc", "prefix=/srv/npm\n");
    assertNull(only().owner());
  }

  @Test
  void moved_on_the_machine_to_a_known_place_of_each_home_is_no_gap() {
    station.planting.file("etc/npmrc", "prefix=${HOME}/.npm-global\n");
    plant("home/ada/.npm-global/lib/node_modules");
    only();
  }

  @Test
  void moved_on_the_machine_to_another_place_of_each_home_is_a_gap() {
    station.planting.file("etc/npmrc", "prefix=${HOME}/odd\n");
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void setting_that_only_npm_could_tell_hides_no_other() {
    station.planting.file("home/ada/.npmrc", "prefix=${WHERE}/x\ncache=~/x\n");
    plant("home/ada/x/_npx/ab/node_modules");
    assertEquals(1, seen().items().size());
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void folder_of_the_user_that_looks_like_a_version_gives_no_odd_origin() {
    plant("home/ada/.nvm/versions/node/v1.0 \u001b[31mred/lib/node_modules");
    assertEquals("nvm", only().origin());
  }

  @Test
  void absent_places_cost_a_few_hundred_looks() {
    var looks = new CountingTree(root);
    Workstation.seenBy(new NpmSource(), looks);
    assertTrue(looks.count() < 500, () -> looks.count() + " looks");
  }
}
