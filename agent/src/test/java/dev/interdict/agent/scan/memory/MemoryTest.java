package dev.interdict.agent.scan.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.FolderMachine;
import dev.interdict.agent.inventory.Inventory;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.scan.Scan;
import dev.interdict.agent.sources.AllSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "files have no status-change time there")
class MemoryTest {
  private static final String MODULES = "home/ada/.npm-global/lib/node_modules/";

  @TempDir Path folder;
  private Planting planting;
  private Path root;
  private MemoryFile file;

  /// Long after what was planted, so that its times can tell.
  private Instant now = Instant.now().plusSeconds(3600);

  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void stand() {
    root = folder.resolve("root");
    planting = new Planting(root).folder("home/ada");
    file = new MemoryFile(folder.resolve("memory"), "build");
    npm("first", "1.0.0");
    planting.file("home/ada/.vscode/extensions/extensions.json", "[]");
    planting.program("home/ada/.local/share/claude/versions/2.1.328");
    planting.file("home/ada/work/readme", "x");
  }

  private void npm(String name, String version) {
    planting.file(
        MODULES + name + "/package.json",
        "{\"name\": \"%s\", \"version\": \"%s\"}".formatted(name, version));
  }

  /// A source that says when it is asked.
  private final class Asked implements Source {
    private final Source source;

    Asked(Source source) {
      this.source = source;
    }

    @Override
    public String name() {
      return source.name();
    }

    @Override
    public void inspect(Machine.HomeTree home, Sightings out) throws UnreadableException {
      asked.add(name());
      source.inspect(home, out);
    }

    @Override
    public void inspectSystem(Tree system, Sightings out) throws UnreadableException {
      asked.add(name() + " of the machine");
      source.inspectSystem(system, out);
    }
  }

  private Inventory scan() throws IOException {
    asked.clear();
    var memory = file.load(() -> now);
    var inventory = scan(memory);
    file.save(memory);
    return inventory;
  }

  private Inventory scan(Memory memory) {
    var sources = AllSources.all().stream().<Source>map(Asked::new).toList();
    return new Scan(sources, Duration.ofMinutes(1), Scan.Progress.silent(), memory, false)
        .of(new FolderMachine(root).withHome("ada", 1000));
  }

  private void sees_what_a_full_scan_sees() throws IOException {
    var remembered = scan();
    assertEquals(scan(Memory.none()), remembered);
  }

  /// Times of files go in steps of some milliseconds.
  private static void tick() throws InterruptedException {
    Thread.sleep(20);
  }

  @Test
  void nothing_is_looked_at_twice_while_nothing_changes() throws Exception {
    var first = scan();
    assertTrue(asked.size() >= 2 * AllSources.all().size());
    assertEquals(first, scan());
    assertEquals(List.of(), asked);
  }

  @Test
  void new_package_is_seen_and_only_its_source_is_asked() throws Exception {
    scan();
    tick();
    npm("second", "1.0.0");
    assertEquals(scan(Memory.none()), scan());
    assertEquals(List.of("npm"), asked);
  }

  @Test
  void package_that_was_replaced_by_its_manager_is_seen() throws Exception {
    scan();
    tick();
    Files.move(root.resolve(MODULES + "first"), root.resolve("old"));
    npm("first", "2.0.0");
    sees_what_a_full_scan_sees();
  }

  @Test
  void package_that_is_gone_is_not_remembered() throws Exception {
    scan();
    tick();
    Files.move(root.resolve(MODULES + "first"), root.resolve("old"));
    sees_what_a_full_scan_sees();
  }

  @Test
  void record_that_was_edited_in_its_place_is_seen() throws Exception {
    scan();
    tick();
    npm("other", "1.0.0");
    Files.move(root.resolve("home/ada/.npm-global"), root.resolve("home/ada/elsewhere"));
    planting.file("home/ada/.npmrc", "prefix=~/elsewhere\n");
    sees_what_a_full_scan_sees();
    tick();
    Files.writeString(root.resolve("home/ada/.npmrc"), "prefix=~/nothing-\n");
    sees_what_a_full_scan_sees();
  }

  @Test
  void place_that_comes_into_being_is_seen() throws Exception {
    scan();
    tick();
    planting.program("home/ada/.claude/remote/ccd-cli/2.1.300");
    planting.file(
        "home/ada/.nvm/versions/node/v22.0.0/lib/node_modules/x/package.json",
        "{\"name\": \"x\", \"version\": \"1.0.0\"}");
    sees_what_a_full_scan_sees();
  }

  /// Whoever makes a profile, an editor's folder or a run's folder fills it later.
  @Test
  void what_comes_into_a_folder_that_was_there_and_empty_is_seen() throws Exception {
    var profile = "home/ada/.config/google-chrome/Default/";
    planting
        .file(profile + "Preferences", "{}")
        .file("home/ada/.cursor/mcp.json", "{}")
        .folder("home/ada/.mozilla/firefox/a.default")
        .folder("home/ada/.npm/_npx/0123456789abcdef");
    scan();
    tick();
    planting
        .file(
            profile + "Extensions/fcoeoabgfenejglbffodgkkbkcdhcgfn/1.0_0/manifest.json",
            "{\"name\": \"x\", \"version\": \"1.0\"}")
        .file("home/ada/.cursor/extensions/extensions.json", "[]")
        .file(
            "home/ada/.cursor/extensions/a.b-1.0.0/package.json",
            "{\"publisher\": \"a\", \"name\": \"b\", \"version\": \"1.0.0\"}")
        .file(
            "home/ada/.mozilla/firefox/a.default/extensions/a@b/manifest.json",
            "{\"version\": \"1.0\"}")
        .file(
            "home/ada/.npm/_npx/0123456789abcdef/node_modules/x/package.json",
            "{\"name\": \"x\", \"version\": \"1.0.0\"}");
    sees_what_a_full_scan_sees();
  }

  /// A browser and an editor replace a record in a folder of theirs, a shell's user edits it.
  @Test
  void record_that_changed_in_a_folder_of_its_program_is_seen() throws Exception {
    var preferences = "home/ada/.config/google-chrome/Default/Preferences";
    var fish = "home/ada/.config/fish/config.fish";
    planting
        .file(preferences, "{}")
        .file(fish, "")
        .file("home/ada/work/extension/manifest.json", "{\"version\": \"1.0\"}");
    scan();
    tick();
    planting
        .file(
            preferences,
            """
            {"extensions": {"settings": {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa":
              {"location": 4, "path": "/home/ada/work/extension"}}}}\
            """)
        .file(fish, "alias claude=x");
    sees_what_a_full_scan_sees();
  }

  @Test
  void program_that_lost_its_right_to_run_is_seen() throws Exception {
    scan();
    tick();
    Files.setPosixFilePermissions(
        root.resolve("home/ada/.local/share/claude/versions/2.1.328"),
        PosixFilePermissions.fromString("rw-r--r--"));
    sees_what_a_full_scan_sees();
  }

  @Test
  void manifest_that_was_edited_inside_its_package_is_seen_within_a_day() throws Exception {
    scan();
    tick();
    npm("first", "3.0.0");
    now = now.plus(Duration.ofHours(23));
    scan();
    now = now.plus(Duration.ofHours(2));
    sees_what_a_full_scan_sees();
  }

  @Test
  void clock_that_was_set_back_makes_nothing_last_longer() throws Exception {
    scan();
    now = now.minus(Duration.ofMinutes(10));
    scan();
    assertTrue(asked.contains("npm"));
  }

  @Test
  void what_changed_a_moment_ago_is_looked_at_again() throws Exception {
    now = Instant.now();
    scan();
    scan();
    assertTrue(asked.contains("npm"));
  }

  @Test
  void place_with_a_gap_is_looked_at_again() throws Exception {
    planting.file(MODULES + "broken/package.json", "{");
    assertEquals(1, scan().gaps().size());
    assertEquals(1, scan().gaps().size());
    assertEquals(List.of("npm"), asked);
  }

  @Test
  void another_build_looks_at_everything() throws Exception {
    scan();
    file = new MemoryFile(file.file(), "newer build");
    scan();
    assertTrue(asked.contains("npm"));
  }

  @Test
  void damaged_memory_is_forgotten_and_made_anew() throws Exception {
    var whole = scan();
    var bytes = Files.readAllBytes(file.file());
    var random = new Random(4);
    for (var round = 0; round < 200; round++) {
      var damaged = bytes.clone();
      if (round % 4 == 0) {
        damaged = Arrays.copyOf(damaged, random.nextInt(damaged.length));
      } else {
        damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
      }
      Files.write(file.file(), damaged);
      assertEquals(whole, scan());
    }
    scan();
    assertEquals(List.of(), asked);
  }

  /// Managers add, replace and take away what lies in their folders; records are edited.
  @Test
  void whatever_managers_do_the_next_scan_sees_what_a_full_one_sees() throws Exception {
    var random = new Random(11);
    for (var round = 0; round < 60; round++) {
      var name = "p" + random.nextInt(6);
      var place = root.resolve(MODULES + name);
      switch (random.nextInt(6)) {
        case 0, 1 -> {
          if (Files.exists(place)) {
            Files.move(place, root.resolve("old" + round));
          }
          npm(name, "1.0." + round);
        }
        case 2 -> {
          if (Files.exists(place)) {
            Files.move(place, root.resolve("old" + round));
          }
        }
        case 3 ->
            planting.file(
                "home/ada/.vscode/extensions/a." + name + "-" + round + "/package.json",
                "{\"publisher\": \"a\", \"name\": \"%s\", \"version\": \"1.0.%d\"}"
                    .formatted(name, round));
        case 4 ->
            planting.file(
                "home/ada/.vscode/extensions/.obsolete", "{\"a.%s-1\": true}".formatted(name));
        default ->
            planting.file(
                "home/ada/work/" + name + "/node_modules/x" + round + "/package.json",
                "{\"name\": \"x%d\", \"version\": \"1.0.0\"}".formatted(round));
      }
      if (random.nextInt(3) == 0) {
        tick();
        sees_what_a_full_scan_sees();
      }
    }
    tick();
    sees_what_a_full_scan_sees();
    assertTrue(scan().items().stream().map(Item::version).distinct().count() > 3);
  }
}
