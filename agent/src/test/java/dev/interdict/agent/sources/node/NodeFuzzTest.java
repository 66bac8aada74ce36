package dev.interdict.agent.sources.node;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.sources.SourceFuzz;
import dev.interdict.fuzz.Fuzz;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What npm and its packages write into a home.
class NodeFuzzTest {
  private static final String PACKAGE = "home/ada/.npm-global/lib/node_modules/@a/b/package.json";
  private static final String MANIFEST =
      """
      {"name": "@a/b", "version": "1.2.3", "bin": {"b": "cli.js"}, "os": ["linux"]}
      """;

  @TempDir Path root;

  @Test
  void manifests_of_packages() throws Exception {
    var fuzz = SourceFuzz.below(root);
    fuzz.station().planting.file("home/ada/.npm-global/lib/node_modules/@a/b/cli.js", "x");
    fuzz.scans("npm-manifest", new NpmSource(), PACKAGE, MANIFEST);
  }

  @Test
  void settings_of_npm() throws Exception {
    var fuzz = SourceFuzz.below(root);
    var file = BytePath.parse("/home/ada/.npmrc");
    var home = BytePath.parse("/home/ada");
    Fuzz.of("npmrc")
        .seeds("prefix=~/.npm-global\n", "a = b\nprefix = \"${HOME}/x\"\r\n; c\n")
        .words(
            "prefix",
            "cache",
            "store-dir",
            "global-dir",
            "=",
            "${HOME}",
            "$HOME",
            "${X}",
            "~",
            "'",
            "\"",
            "../")
        .refuses(UnreadableException.class)
        .run(input -> {
          Files.write(root.resolve("home/ada/.npmrc"), input);
          for (var setting : Npmrc.read(new FolderTree(root), file).entrySet()) {
            Npmrc.path(file, setting.getKey(), setting.getValue(), home);
          }
        });
    fuzz.scans("npmrc-scan", new NpmSource(), "home/ada/.npmrc", "prefix=~/.npm-global\n");
  }

  @Test
  void archives_of_yarn() throws Exception {
    var fuzz = SourceFuzz.below(root);
    var seed = YarnArchiveTest.zip("node_modules/@a/b/package.json", MANIFEST);
    fuzz.scans("yarn-archive", new NpmSource(), "home/ada/.yarn/berry/cache/x.zip", seed);
  }

  @Test
  void starters_of_pnpm() throws Exception {
    var fuzz = SourceFuzz.below(root);
    var group = "home/ada/.local/share/pnpm/global/5/";
    fuzz.station().planting.file(group + "node_modules/@a/b/package.json", MANIFEST);
    fuzz.scans(
        "npm-starter",
        new NpmSource(),
        "home/ada/.local/share/pnpm/b",
        "#!/bin/sh\nexec node \"$basedir/global/5/node_modules/@a/b/cli.js\" \"$@\"\n");
  }

  @Test
  void records_of_volta() throws Exception {
    var fuzz = SourceFuzz.below(root);
    var image = "home/ada/.volta/tools/image/packages/@a/b/lib/node_modules/@a/b/";
    fuzz.station().planting.file(image + "package.json", MANIFEST);
    fuzz.station().planting.link("home/ada/.volta/bin/b", "volta-shim");
    fuzz.scans(
        "volta-bin",
        new NpmSource(),
        "home/ada/.volta/tools/user/bins/b.json",
        "{\"name\": \"b\", \"package\": \"@a/b\", \"version\": \"1.2.3\"}");
  }
}
