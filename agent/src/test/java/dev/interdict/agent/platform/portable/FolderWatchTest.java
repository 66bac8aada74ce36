package dev.interdict.agent.platform.portable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.watch.FolderChanges;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real folders; the JDK's word on them, and one of a test's own.
@Timeout(120)
class FolderWatchTest {
  private static final Home ADA = new Home("ada", 501, BytePath.parse("/Users/ada"));
  private static final RuleId RULE = new RuleId("claude-code");
  private static final String TOOL = "/Users/ada/lib/@vendor/tool-1.2";

  @TempDir Path root;
  private final Semaphore noticed = new Semaphore(0);
  private FolderWatch watch;

  @BeforeEach
  void machine() throws IOException {
    Files.createDirectories(root.resolve("Users/ada/lib"));
    watch = new FolderWatch(root, SystemFolderChanges::new, noticed::release);
  }

  @AfterEach
  void end() {
    watch.close();
  }

  private static Set<Watch.Place> places(String... paths) {
    return Set.of(
        Arrays.stream(paths)
            .map(path -> new Watch.Place(RULE, ADA, BytePath.parse(path)))
            .toArray(Watch.Place[]::new));
  }

  private Path make(String path) throws IOException {
    return Files.createDirectory(root.resolve(path.substring(1)));
  }

  private List<String> arrived() {
    return watch.arrived().stream().map(one -> one.place().path().toString()).toList();
  }

  @Test
  void a_folder_on_the_way_to_the_place_is_noticed_and_then_another_version() throws Exception {
    watch.over(places(TOOL), List.of());
    make("/Users/ada/lib/@vendor");
    noticed.acquire();
    assertEquals(List.of(TOOL), arrived());
    watch.over(places(TOOL), List.of());
    make("/Users/ada/lib/@vendor/tool-1.10");
    noticed.acquire();
    assertEquals(List.of(TOOL), arrived());
    assertEquals(List.of(), arrived());
  }

  @Test
  void what_is_made_anew_under_the_same_name_is_noticed() throws Exception {
    make("/Users/ada/lib/@vendor");
    var file = Files.writeString(root.resolve(TOOL.substring(1)), "old");
    watch.over(places(TOOL), List.of());
    var fresh = Files.writeString(file.resolveSibling("download"), "new");
    Files.move(fresh, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    noticed.acquire();
    assertEquals(List.of(TOOL), arrived());
  }

  @Test
  void other_names_are_none_of_our_business() throws Exception {
    make("/Users/ada/lib/@vendor");
    watch.over(places(TOOL), List.of());
    make("/Users/ada/lib/@vendor/toolbox");
    make("/Users/ada/lib/@vendor/other");
    make("/Users/ada/lib/@vendor/tool-2.0");
    noticed.acquire();
    assertEquals(List.of(TOOL), arrived());
    assertFalse(noticed.tryAcquire());
  }

  @Test
  void nothing_is_listened_to_through_a_link_or_above_a_home() throws Exception {
    Files.createSymbolicLink(root.resolve("Users/ada/link"), root.resolve("Users/ada/lib"));
    var linked = new WatchedFolders(root, places("/Users/ada/link/tool"));
    assertEquals(Set.of(root.resolve("Users/ada")), linked.folders());
    var away = new Home("bob", 502, BytePath.parse("/Users/bob"));
    var none = new Watch.Place(RULE, away, BytePath.parse("/Users/bob/.local/bin/claude"));
    assertEquals(Set.of(), new WatchedFolders(root, Set.of(none)).folders());
  }

  @Test
  void it_ends_with_the_rule_s_turn() throws Exception {
    watch.over(places(TOOL), List.of());
    watch.over(Set.of(), List.of());
    make("/Users/ada/lib/@vendor");
    assertFalse(noticed.tryAcquire(700, TimeUnit.MILLISECONDS));
    assertEquals(List.of(), arrived());
  }

  @Test
  void a_folder_that_cannot_be_listened_to_is_no_end_of_the_guard() throws Exception {
    var deaf = new Scripted();
    deaf.refuses = true;
    watch = new FolderWatch(root, () -> deaf, noticed::release);
    watch.over(places(TOOL), List.of());
    assertTrue(deaf.closed);
    deaf.refuses = false;
    watch.over(places(TOOL), List.of());
    make("/Users/ada/lib/@vendor");
    deaf.changed.add(Set.of(root.resolve("Users/ada/lib")));
    noticed.acquire();
    assertEquals(List.of(TOOL), arrived());
  }

  /// An installer that begins by removing the whole folder.
  @Test
  void a_folder_that_is_made_anew_with_the_tool_in_it_is_noticed() throws Exception {
    var vendor = make("/Users/ada/lib/@vendor");
    watch.over(places(TOOL), List.of());
    Files.delete(vendor);
    noticed.acquire();
    make("/Users/ada/lib/@vendor");
    watch.over(places(TOOL), List.of());
    make(TOOL);
    noticed.acquire();
    assertEquals(List.of(TOOL), arrived());
  }

  @Test
  void another_folder_under_the_path_of_one_that_was_moved_away_is_listened_to() throws Exception {
    var vendor = make("/Users/ada/lib/@vendor");
    watch.over(places(TOOL), List.of());
    Files.move(vendor, root.resolve("Users/ada/away"));
    make("/Users/ada/lib/@vendor");
    watch.over(places(TOOL), List.of());
    make(TOOL);
    noticed.acquire();
    assertEquals(List.of(TOOL), arrived());
  }

  @Test
  void one_folder_that_cannot_be_listened_to_leaves_the_others() throws Exception {
    make("/Users/ada/lib/@vendor");
    var other = make("/Users/ada/opt");
    var hearing = new Scripted();
    hearing.deaf = root.resolve("Users/ada/lib/@vendor");
    watch = new FolderWatch(root, () -> hearing, noticed::release);
    watch.over(places(TOOL, "/Users/ada/opt/tool"), List.of());
    assertFalse(hearing.closed);
    make("/Users/ada/opt/tool");
    hearing.changed.add(Set.of(other));
    noticed.acquire();
    assertEquals(List.of("/Users/ada/opt/tool"), arrived());
  }

  /// Says what a test wants.
  private static final class Scripted implements FolderChanges {
    private final LinkedBlockingQueue<Set<Path>> changed = new LinkedBlockingQueue<>();
    private volatile boolean refuses;
    private @org.jspecify.annotations.Nullable Path deaf;
    private volatile boolean closed;

    @Override
    public void add(Path folder) throws IOException {
      if (refuses || folder.equals(deaf)) {
        throw new IOException("no room for one more");
      }
    }

    @Override
    public Set<Path> await(Duration limit) throws InterruptedException {
      var next = changed.poll(Math.min(100, limit.toMillis()), TimeUnit.MILLISECONDS);
      return next == null ? Set.of() : next;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
