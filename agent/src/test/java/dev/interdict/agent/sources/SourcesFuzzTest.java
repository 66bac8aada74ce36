package dev.interdict.agent.sources;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files that users own and the scan reads. Whatever one of them holds, the scan goes on, what it
/// sees is either an item or a gap, and nothing that it names lies outside the home.
class SourcesFuzzTest {
  private static final String PACKAGE = "home/ada/.npm-global/lib/node_modules/@a/b/package.json";
  private static final String EXTENSIONS = "home/ada/.vscode/extensions/";
  private static final String MANIFEST =
      """
      {"name": "@a/b", "version": "1.2.3", "bin": {"b": "cli.js"}, "os": ["linux"],
       "publisher": "a", "engines": {"vscode": "^1.94.0"}}
      """;

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
    station.planting.file(PACKAGE, MANIFEST);
    station.planting.file("home/ada/.npm-global/lib/node_modules/@a/b/cli.js", "x");
    station.planting.file(EXTENSIONS + "a.b-1.0.0/package.json", MANIFEST.replace("@a/b", "b"));
  }

  private void scans(String parser, Source source, String path, String... seeds) throws Exception {
    var file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Fuzz.of(parser)
        .seeds(seeds)
        .words("../../", "/etc/", "~/", "${HOME}", "node_modules", "@", "file:///", "C:\\")
        .run(input -> {
          Files.write(file, input);
          var seen = station.seenBy(source);
          for (var item : seen.items()) {
            var home = item.owner();
            assertTrue(
                home == null
                    || item.parts().stream().allMatch(part -> part.path().startsWith(home.path())),
                () -> "outside the home: " + item);
          }
        });
  }

  @Test
  void manifests_of_packages() throws Exception {
    scans("npm-manifest", new NpmSource(), PACKAGE, MANIFEST);
  }

  @Test
  void settings_of_npm() throws Exception {
    var file = BytePath.parse("/home/ada/.npmrc");
    var home = BytePath.parse("/home/ada");
    Fuzz.of("npmrc")
        .seeds("prefix=~/.npm-global\n", "a = b\nprefix = \"${HOME}/x\"\r\n; c\n")
        .words("prefix", "=", "${HOME}", "$HOME", "${X}", "~", "'", "\"", "../")
        .refuses(UnreadableException.class)
        .run(input -> {
          Files.write(root.resolve("home/ada/.npmrc"), input);
          Npmrc.prefix(new FolderTree(root), file, home);
        });
    scans("npmrc-scan", new NpmSource(), "home/ada/.npmrc", "prefix=~/.npm-global\n");
  }

  @Test
  void extensions_of_editors() throws Exception {
    var manifest = MANIFEST.replace("@a/b", "b");
    scans("vscode-manifest", new VsCodeSource(), EXTENSIONS + "a.b-1.0.0/package.json", manifest);
    scans(
        "vscode-index",
        new VsCodeSource(),
        EXTENSIONS + "extensions.json",
        """
        [{"identifier": {"id": "a.b"}, "version": "1.0.0", "relativeLocation": "a.b-1.0.0",
          "location": {"$mid": 1, "path": "/home/ada/.vscode/extensions/a.b-1.0.0",
          "scheme": "file"}}]
        """);
    scans("vscode-obsolete", new VsCodeSource(), EXTENSIONS + ".obsolete", "{\"a.b-0.9.0\": true}");
  }

  @Test
  void records_of_dpkg() throws Exception {
    try (var in = SourcesFuzzTest.class.getResourceAsStream("/fixtures/dpkg/debian-12.txt")) {
      var real = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
      scans(
          "dpkg-status",
          new DpkgSource(),
          "var/lib/dpkg/status",
          "Package: curl\nStatus: install ok installed\nVersion: 7.88.1-10+deb12u5\n\n",
          real);
    }
  }
}
