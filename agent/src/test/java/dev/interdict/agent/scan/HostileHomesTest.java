package dev.interdict.agent.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.sources.AllSources;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// Homes that are made to stop or to blind a scan, each beside a home where all is well.
@EnabledOnOs(value = OS.LINUX, disabledReason = "reads through Linux's descriptors")
@Isolated("counts what the whole process holds")
final class HostileHomesTest {
  @TempDir Path folder;
  private Sandbox sandbox;
  private Planting planting;

  @BeforeEach
  void stand() throws IOException {
    sandbox = Sandbox.in(folder);
    sandbox.user("mallory");
    sandbox.user("zoe");
    planting = new Planting(sandbox.root());
    planting.file(
        "home/zoe/.npm-global/lib/node_modules/good/package.json",
        "{\"name\": \"good\", \"version\": \"1.0.0\"}");
  }

  private Inventory scan() throws IOException {
    try (var machine = sandbox.machine()) {
      return new Scan(AllSources.all(), Duration.ofMinutes(1), Scan.Progress.silent()).of(machine);
    }
  }

  private static boolean sees(Inventory inventory, String version) {
    return inventory.items().stream().anyMatch(item -> version.equals(item.version()));
  }

  private static List<Reason> reasons(Inventory inventory) {
    return inventory.gaps().stream().map(gap -> gap.reason()).distinct().toList();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).inheritIO().start();
    assertTrue(process.waitFor(1, TimeUnit.MINUTES));
    assertEquals(0, process.exitValue());
  }

  private static long open() throws IOException {
    try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.count();
    }
  }

  @Test
  void twelve_thousand_levels_hold_up_nobody() throws Exception {
    var deep = sandbox.root().resolve("home/mallory/work");
    Files.createDirectories(deep);
    run(
        "perl",
        "-e",
        "chdir $ARGV[0]; for (1..12000) { mkdir 'd' or die; chdir 'd' or die }",
        deep.toString());
    try {
      var before = open();
      var inventory = scan();
      assertTrue(sees(inventory, "1.0.0"));
      assertTrue(open() <= before + 2, "descriptors are left open");
    } finally {
      run("rm", "-rf", deep.toString());
    }
  }

  @Test
  void links_in_circles_are_read_once() throws Exception {
    planting.link("home/mallory/.npm-global/lib/node_modules", "/home/mallory/.npm-global/lib");
    planting.link("home/mallory/.nvm", "/home/mallory/.nvm");
    planting.link("home/mallory/work/node_modules", "../work");
    planting.link("home/mallory/.vscode", "/home/mallory");
    var inventory = scan();
    assertTrue(sees(inventory, "1.0.0"));
  }

  @Test
  void record_that_grows_while_it_is_read_comes_to_an_end() throws Exception {
    var growing = sandbox.root().resolve("home/mallory/.vscode/extensions/extensions.json");
    planting.file("home/mallory/.vscode/extensions/extensions.json", "[");
    var stop = new AtomicBoolean();
    var writer =
        Thread.ofPlatform()
            .start(() -> {
              try (var out = Files.newOutputStream(growing)) {
                var piece =
                    "{\"identifier\": {\"id\": \"a.b\"}},"
                        .repeat(1000)
                        .getBytes(StandardCharsets.UTF_8);
                for (var left = 2000; left > 0 && !stop.get(); left--) {
                  out.write(piece);
                }
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    try {
      var inventory = scan();
      assertTrue(sees(inventory, "1.0.0"));
    } finally {
      stop.set(true);
      writer.join();
    }
  }

  /// What lies on another file system is not entered, and its home is no longer called whole.
  @Test
  void mount_inside_a_home_is_a_gap() throws Exception {
    var mount = sandbox.root().resolve("home/mallory/work");
    Files.createDirectories(mount);
    assumeTrue(
        new ProcessBuilder("mount", "-t", "tmpfs", "none", mount.toString())
                .redirectErrorStream(true)
                .start()
                .waitFor()
            == 0,
        "needs the right to mount");
    try {
      planting.file(
          "home/mallory/work/node_modules/hidden/package.json",
          "{\"name\": \"hidden\", \"version\": \"6.6.6\"}");
      var inventory = scan();
      assertTrue(!sees(inventory, "6.6.6"));
      assertTrue(sees(inventory, "1.0.0"));
      assertEquals(List.of(Reason.OTHER_FILE_SYSTEM), reasons(inventory));
    } finally {
      run("umount", mount.toString());
    }
  }

  @Test
  void names_of_every_byte_are_carried_whole() throws Exception {
    var tree = new dev.interdict.agent.inventory.FolderTree(sandbox.root());
    var modules =
        dev.interdict.agent.inventory.BytePath.parse("/home/mallory/.npm-global/lib/node_modules");
    for (var value = 1; value < 256; value++) {
      if (value != '/' && value != '.' && value != '@') {
        byte[] name = {(byte) value, 'n'};
        planting.file(
            "home/mallory/.npm-global/lib/node_modules/plain/package.json",
            "{\"name\": \"n%d\", \"version\": \"2.0.0\"}".formatted(value));
        Files.move(tree.path(modules.resolve("plain")), tree.path(modules.resolve(name)));
      }
    }
    var inventory = scan();
    var locations =
        inventory.items().stream()
            .filter(item -> "2.0.0".equals(item.version()))
            .map(item -> item.location().name()[0] & 0xff)
            .distinct()
            .count();
    assertEquals(252, locations);
    assertEquals(List.of(), inventory.gaps());
  }
}
