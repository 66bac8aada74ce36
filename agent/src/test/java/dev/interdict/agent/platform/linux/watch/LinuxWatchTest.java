package dev.interdict.agent.platform.linux.watch;

import static dev.interdict.agent.platform.linux.watch.Guarded.does;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.Watch;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.kernel.Arrivals;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.agent.platform.watch.Pace;
import dev.interdict.policy.RuleId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/// The real kernel tells of what real processes do.
@EnabledOnOs(OS.LINUX)
@Timeout(120)
@Isolated("counts the threads of the whole process")
class LinuxWatchTest {
  private static final String MODULES = "/home/alice/lib/node_modules";
  private static final String GONE = MODULES + "/@vendor/tool";
  private static final RuleId OTHER_RULE = new RuleId("other-tool");

  private final Semaphore noticed = new Semaphore(0);
  private Guarded guarded;
  private LinuxWatch watch;

  @BeforeEach
  void machine(@TempDir Path root) throws IOException {
    guarded = new Guarded(root);
    var place = BytePath.parse(guarded.sandbox.root().toString());
    watch = new LinuxWatch(guarded.sandbox.root(), place, guarded.processes, noticed::release);
  }

  @AfterEach
  void end() {
    watch.close();
    guarded.close();
    Guarded.awaitNoThread();
  }

  private Watch.Place place(String path) {
    return new Watch.Place(Guarded.RULE, guarded.home, BytePath.parse(path));
  }

  private void over(String... paths) {
    watch.over(
        Set.of(Arrays.stream(paths).map(this::place).toArray(Watch.Place[]::new)), List.of());
  }

  private List<String> arrived() {
    return watch.arrived().stream().map(one -> one.place().path().toString()).toList();
  }

  private String at(String path) {
    return guarded.at(path).toString();
  }

  private static void assumeRoot() {
    assumeTrue(Kernel.effectiveUid() == 0, "needs root: only then the kernel says who did it");
  }

  @Test
  void a_folder_on_the_way_to_the_place_is_noticed_and_then_the_place() throws Exception {
    over(GONE);
    assertTrue(does("mkdir " + at(MODULES + "/@vendor")));
    noticed.acquire();
    assertEquals(List.of(GONE), arrived());
    assertEquals(List.of(), arrived());
    over(GONE);
    assertTrue(does("mkdir " + at(GONE)));
    noticed.acquire();
    assertEquals(List.of(GONE), arrived());
  }

  @Test
  void what_is_moved_there_is_noticed() throws Exception {
    over(Guarded.LAUNCHER, GONE);
    assertTrue(does("mv " + at(MODULES + "/other") + " " + at(MODULES + "/@vendor")));
    noticed.acquire();
    assertEquals(List.of(GONE), arrived());
  }

  @Test
  void another_version_beside_it_is_noticed_and_other_names_are_not() throws Exception {
    Files.createDirectories(guarded.at("/home/alice/ext"));
    over("/home/alice/ext/vendor.tool-1.2.3", "/home/alice/ext/2.1.3", GONE);
    assertTrue(does("mkdir " + at("/home/alice/ext/vendor.tools-1.2.3")));
    assertTrue(does("mkdir " + at("/home/alice/ext/vendor.tool")));
    assertTrue(does("mkdir " + at(MODULES + "/@vendor")));
    noticed.acquire();
    assertEquals(List.of(GONE), arrived());
    assertTrue(does("mkdir " + at("/home/alice/ext/vendor.tool-1.10.0")));
    noticed.acquire();
    assertEquals(List.of("/home/alice/ext/vendor.tool-1.2.3"), arrived());
    assertTrue(does("mkdir " + at("/home/alice/ext/2.2.0")));
    noticed.acquire();
    assertEquals(List.of("/home/alice/ext/2.1.3"), arrived());
  }

  @Test
  void what_this_process_puts_back_is_nothing_new() throws Exception {
    assumeRoot();
    over(GONE, "/home/alice/bin/last");
    Files.createDirectory(guarded.at(MODULES + "/@vendor"));
    assertTrue(does("mkdir " + at("/home/alice/bin/last")));
    noticed.acquire();
    assertEquals(List.of("/home/alice/bin/last"), arrived());
  }

  @Test
  void a_place_in_no_home_that_is_here_is_not_watched() {
    var stranger = new Home("bob", 0, BytePath.parse("/home/bob"));
    var path = BytePath.parse("/home/bob/x/y");
    watch.over(Set.of(new Watch.Place(Guarded.RULE, stranger, path)), List.of());
    assertEquals(List.of(), Guarded.threads());
  }

  @Test
  void nothing_to_watch_leaves_no_thread() {
    over(GONE);
    assertEquals(List.of("arrivals"), Guarded.threads());
    over();
    Guarded.awaitNoThread();
    assertFalse(noticed.tryAcquire());
  }

  /// Of what a shell brings that makes the file itself and is still there to be looked at.
  private Watch.Cause cause(String shell, List<Watch.Carrier> carriers) throws Exception {
    watch.over(Set.of(place(GONE)), carriers);
    var line = "echo > " + at(MODULES + "/@vendor") + "; sleep 60; true";
    var process = new ProcessBuilder(shell, "-c", line).start();
    noticed.acquire();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    return watch.arrived().getFirst().cause();
  }

  private static Watch.Carrier carrier(RuleId rule, String folder) {
    return new Watch.Carrier(rule, "vscode:x", BytePath.parse(folder));
  }

  @Test
  void other_banned_software_that_brought_it_is_named() throws Exception {
    assumeRoot();
    var editor = guarded.copy("/bin/sh", "/home/alice/editor/bin/sh").toString();
    assertEquals(
        new Watch.Cause(Watch.Kind.OTHER_CARRIER, editor),
        cause(editor, List.of(carrier(OTHER_RULE, "/home/alice/editor"))));
  }

  @Test
  void a_tool_that_brings_itself_back_is_named() throws Exception {
    assumeRoot();
    var copy = guarded.copy("/bin/sh", "/home/alice/copy/bin/sh").toString();
    assertEquals(
        Watch.Kind.SELF_UPDATER,
        cause(copy, List.of(carrier(Guarded.RULE, "/home/alice/copy"))).kind());
  }

  @Test
  void a_package_manager_s_name_elsewhere_counts_for_nothing() throws Exception {
    assumeRoot();
    var liar = guarded.copy("/bin/sh", "/home/alice/usr/bin/dpkg").toString();
    assertNotEquals(Watch.Kind.PACKAGE_MANAGER, cause(liar, List.of()).kind());
  }

  @Test
  void a_package_manager_s_own_script_is_named() throws Exception {
    assumeRoot();
    var npm =
        guarded.program(
            "/opt/node/lib/node_modules/npm/bin/npm-cli.js",
            "echo > " + at(MODULES + "/@vendor") + "; sleep 60; true");
    watch.over(Set.of(place(GONE)), List.of());
    var process = new ProcessBuilder("/bin/sh", npm.toString()).start();
    noticed.acquire();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    assertEquals(Watch.Kind.PACKAGE_MANAGER, watch.arrived().getFirst().cause().kind());
  }

  @Test
  void many_files_that_are_nothing_to_us_wake_nobody() throws Exception {
    over(GONE);
    var folder = at(MODULES);
    assertTrue(does("i=0; while [ $i -lt 20000 ]; do : > " + folder + "/f$i; i=$((i+1)); done"));
    assertTrue(does("mkdir " + folder + "/@vendor"));
    noticed.acquire();
    assertEquals(List.of(GONE), arrived());
    assertFalse(noticed.tryAcquire());
  }

  @Test
  void what_arrives_on_and_on_wakes_the_guard_ever_later() {
    var now = new AtomicLong();
    var pace = new Pace(now::get);
    var told = new ArrayList<Long>();
    for (var second = 0L; second <= 300; second++) {
      now.set(second * 1_000_000_000L);
      if (pace.left() <= 0) {
        pace.told();
        told.add(second);
      }
    }
    assertEquals(List.of(0L, 1L, 3L, 7L, 15L, 31L, 63L, 123L, 183L, 243L), told);
  }

  @Test
  void without_fanotify_inotify_tells_of_it() throws Exception {
    try (var folder = Kernel.openRoot(at("/home/alice/bin").getBytes(StandardCharsets.UTF_8));
        var arrivals = Arrivals.openSimple()) {
      var key = arrivals.watch(folder);
      assertTrue(does("mkdir " + at("/home/alice/bin/new")));
      assertTrue(arrivals.await(-1));
      var arrival = arrivals.read().getFirst();
      assertEquals(key, arrival.directory());
      assertEquals("new", new String(arrival.name(), StandardCharsets.UTF_8));
      assertEquals(0, arrival.pid());
    }
  }
}
