package dev.interdict.agent.sources.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.projects.ProjectSource;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Really installs two small packages with each package manager of Node, as npm fetches it from the
/// registry, into a home of its own, and looks. `mime-db` is another's package with a longer name
/// and without a program. Skips by name what cannot be had: no npm, no registry, no such manager
/// for this system. Nothing that is installed is started, and no script of a package runs.
@Order(2)
final class NodeInstallsIT {
  private static final String MIME = "mime@3.0.0";
  private static final String DB = "mime-db@1.52.0";
  private static final long MOST_SECONDS = 120;

  @TempDir static Path tools;
  @TempDir Path root;
  private Workstation station;
  private Path home;

  @BeforeAll
  static void ask() throws Exception {
    var asked = start(tools, tools, "npm", "view", MIME, "version");
    Assumptions.assumeTrue(asked.ended(), "there is no npm, or no registry");
  }

  @BeforeEach
  void stand() {
    station = new Workstation(root);
    home = root.resolve("home/ada");
  }

  @Test
  void npm_global_project_and_npx() throws Exception {
    run(home, "npm", "install", "-g", "--ignore-scripts", "--prefix", at(".npm-global"), MIME, DB);
    run(home, "npx", "--yes", "--ignore-scripts", "--package", MIME, "--", "true");
    assertEquals(
        List.of(
            "mime@3.0.0 of null by .npm-global/bin/mime",
            "mime-db@1.52.0 of null by",
            "mime@3.0.0 of npx cache by .npm/_npx/*/node_modules/.bin/mime"),
        seen(new NpmSource()));
    run(project(), "npm", "install", "--ignore-scripts", MIME, DB);
    assertEquals(
        List.of(
            "mime@3.0.0 of project by work/node_modules/.bin/mime", "mime-db@1.52.0 of project by"),
        seen(new ProjectSource()));
  }

  @Test
  void pnpm_10_global_project_and_dlx() throws Exception {
    var pnpm = fetched("pnpm@10", "pnpm/bin/pnpm.cjs");
    run(home, "node", pnpm, "add", "-g", "--ignore-scripts", MIME, DB);
    run(home, "node", pnpm, "--package=" + MIME, "dlx", "true");
    assertEquals(
        List.of(
            "mime@3.0.0 of pnpm by"
                + " .local/share/pnpm/global/5/node_modules/mime .local/share/pnpm/mime",
            "mime-db@1.52.0 of pnpm by .local/share/pnpm/global/5/node_modules/mime-db",
            "mime@3.0.0 of pnpm dlx cache by .cache/pnpm/dlx/*/*"
                + " .cache/pnpm/dlx/*/*/node_modules/mime"
                + " .cache/pnpm/dlx/*/*/node_modules/.bin/mime"),
        seen(new NpmSource()));
    run(project(), "node", pnpm, "add", "--ignore-scripts", MIME, DB);
    assertEquals(
        List.of(
            "mime-db@1.52.0 of project by work/node_modules/mime-db",
            "mime@3.0.0 of project by work/node_modules/mime work/node_modules/.bin/mime"),
        seen(new ProjectSource()));
  }

  @Test
  void pnpm_12_global() throws Exception {
    var pnpm = fetched("pnpm@12", "pnpm/bin/pnpm.mjs");
    run(home, "node", pnpm, "add", "-g", "--ignore-scripts", MIME, DB);
    var group = ".local/share/pnpm/global/v11/*/node_modules/";
    assertEquals(
        Set.of(
            "mime@3.0.0 of pnpm by " + group + "mime .local/share/pnpm/bin/mime",
            "mime-db@1.52.0 of pnpm by " + group + "mime-db"),
        Set.copyOf(seen(new NpmSource())));
  }

  @Test
  void yarn_classic_global() throws Exception {
    var yarn = fetched("yarn@1.22.22", "yarn/bin/yarn.js");
    // Where it would put them for anybody but root.
    run(
        home,
        Stream.of(
                List.of("node", yarn, "global", "add", "--ignore-scripts", MIME, DB),
                List.of("--global-folder", at(".config/yarn/global"), "--prefix", at(".yarn")),
                List.of("--cache-folder", at(".cache/yarn")))
            .flatMap(List::stream)
            .toArray(String[]::new));
    assertEquals(
        List.of(
            "mime@3.0.0 of Yarn by .config/yarn/global/node_modules/.bin/mime .yarn/bin/mime",
            "mime-db@1.52.0 of Yarn by",
            "mime@3.0.0 of Yarn cache by",
            "mime-db@1.52.0 of Yarn cache by"),
        seen(new NpmSource()));
  }

  @Test
  void yarn_berry_project_and_its_archives() throws Exception {
    var yarn = fetched("@yarnpkg/cli-dist@4", "@yarnpkg/cli-dist/bin/yarn.js");
    var project = project();
    Files.createFile(project.resolve("yarn.lock"));
    Files.writeString(
        project.resolve(".yarnrc.yml"),
        "enableGlobalCache: false\nenableTelemetry: false\nenableScripts: false\n");
    run(project, "node", yarn, "add", MIME, DB);
    assertEquals(
        List.of("mime-db@1.52.0 of project by", "mime@3.0.0 of project by"),
        seen(new ProjectSource()));
  }

  @Test
  void bun_global_and_bunx() throws Exception {
    fetched("bun@1.4", "bun/package.json");
    var bun = bun();
    run(home, bun, "add", "-g", "--ignore-scripts", MIME, DB);
    run(home, bun, "x", "--package", MIME, "true");
    assertEquals(
        List.of(
            "mime@3.0.0 of Bun by .bun/bin/mime",
            "mime-db@1.52.0 of Bun by",
            "mime-db@1.52.0 of Bun cache by",
            "mime@3.0.0 of Bun cache by",
            "mime@3.0.0 of bunx cache by"
                + " .bun/install/cache/.bunx-*/mime@3.0.0/node_modules/.bin/mime"),
        seen(new NpmSource()));
  }

  /// One line to an item: what it is, what brought it, and what starts it; hashes as `*`.
  private List<String> seen(Source source) {
    var seen = station.seenBy(source);
    assertEquals(List.of(), seen.gaps());
    for (var item : seen.items()) {
      // A run that asked for nothing else goes whole, with the folder that was made for it.
      var run = String.valueOf(item.origin()).matches("(npx|pnpm dlx|bunx) cache");
      assertEquals(run ? 2 : 1, Workstation.parts(item, Part.Role.MAIN).size(), item::toString);
    }
    return seen.items().stream().map(NodeInstallsIT::line).toList();
  }

  private static String line(Item item) {
    var starters =
        Workstation.parts(item, Part.Role.LAUNCHER).stream()
            .map(path -> path.replace("/home/ada/", " "))
            .map(path -> path.replaceAll("(_npx|v11|dlx/[^/]+)/[^/]+", "$1/*"))
            .map(path -> path.replaceAll("dlx/[^/]+", "dlx/*"))
            .map(path -> path.replaceAll("bunx-[0-9]+", "bunx-*"))
            .collect(Collectors.joining());
    var purl = ((Identity.OfPackage) item.identity()).purl().toString();
    return purl.replace("pkg:npm/", "") + " of " + item.origin() + " by" + starters;
  }

  private Path project() throws IOException {
    var project = Files.createDirectories(home.resolve("work"));
    Files.writeString(project.resolve("package.json"), "{\"name\": \"own\", \"private\": true}");
    return project;
  }

  /// Fetches a package manager and gives a file of it.
  private String fetched(String specifier, String file) throws Exception {
    var folder = Files.createDirectories(root.resolve("tools")).toString();
    var fetching =
        start(home, home, "npm", "install", "--ignore-scripts", "--prefix", folder, specifier);
    Assumptions.assumeTrue(fetching.ended(), specifier + " cannot be fetched");
    return root.resolve("tools/node_modules").resolve(file).toString();
  }

  private String bun() throws IOException {
    try (var files = Files.walk(root.resolve("tools/node_modules/@oven"), 3)) {
      var bun = files.filter(file -> file.endsWith("bin/bun")).findFirst();
      Assumptions.assumeTrue(bun.isPresent(), "Bun has no program for this system");
      return bun.orElseThrow().toString();
    }
  }

  private String at(String below) {
    return home.resolve(below).toString();
  }

  private void run(Path folder, String... words) throws Exception {
    var run = start(home, folder, words);
    assertTrue(run.ended(), () -> String.join(" ", words) + ":\n" + run.said());
  }

  /// @param ended whether it ended well and in time
  /// @param said its output
  private record Run(boolean ended, String said) {}

  private static Run start(Path home, Path folder, String... words) throws Exception {
    var said = Files.createTempFile(tools, "said", ".txt");
    var builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(said.toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("npm_") || name.startsWith("XDG_"));
    var pnpm = home.resolve(".local/share/pnpm").toString();
    environment.put("HOME", home.toString());
    environment.put("PNPM_HOME", pnpm);
    environment.put("PATH", pnpm + ":" + pnpm + "/bin:" + System.getenv("PATH"));
    Process process;
    try {
      process = builder.start();
    } catch (IOException e) {
      return new Run(false, String.valueOf(e.getMessage()));
    }
    var inTime = process.waitFor(MOST_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    return new Run(inTime && process.exitValue() == 0, Files.readString(said));
  }
}
