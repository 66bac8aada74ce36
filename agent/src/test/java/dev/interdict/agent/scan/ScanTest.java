package dev.interdict.agent.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FileId;
import dev.interdict.agent.inventory.FileKind;
import dev.interdict.agent.inventory.FolderMachine;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Machine;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.RunningProcess;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.Tree;
import dev.interdict.agent.inventory.UnreadableException;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScanTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path root;
  private FolderMachine machine;

  @BeforeEach
  void open() {
    machine = new FolderMachine(root).withHome("ada", 1000).withHome("bob", 1001);
  }

  /// A source that does what the test says in each home, and nothing on the machine.
  private record Scripted(String name, Script script) implements Source {
    interface Script {
      void run(Home home, Sightings out) throws UnreadableException;
    }

    @Override
    public void inspect(Machine.HomeTree home, Sightings out) throws UnreadableException {
      script.run(home.home(), out);
    }

    @Override
    public void inspectSystem(Tree system, Sightings out) {}
  }

  private static Item item(Home home, String place, FileId id) {
    var path = home.path().resolve(place);
    return new Item(
        "s",
        new Identity.OfProgram(place),
        "1",
        home,
        path,
        List.of(new Part(Part.Role.MAIN, path, id, FileKind.REGULAR)));
  }

  private static Scan scan(Duration perLook, Source... sources) {
    return new Scan(List.of(sources), perLook, Scan.Progress.silent(), false);
  }

  private static List<String> gaps(List<Gap> gaps) {
    return gaps.stream().map(gap -> gap.source() + " " + gap.path() + " " + gap.reason()).toList();
  }

  @Test
  void every_source_sees_every_home() {
    var source = new Scripted("s", (home, out) -> out.item(item(home, "x", id(home.uid()))));
    var inventory = scan(LONG, source).of(machine);
    assertEquals(
        List.of("/home/ada/x", "/home/bob/x"),
        inventory.items().stream().map(item -> item.location().toString()).toList());
    assertTrue(inventory.complete());
  }

  @Test
  void source_that_throws_leaves_a_gap_without_its_message_and_the_rest_is_seen() {
    var broken =
        new Scripted(
            "broken",
            (home, out) -> {
              out.item(item(home, "before", id(home.uid())));
              throw new IllegalStateException("the user's secret");
            });
    var source = new Scripted("s", (home, out) -> out.item(item(home, "x", id(home.uid() + 9))));
    var inventory = scan(LONG, broken, source).of(machine);
    assertEquals(4, inventory.items().size());
    assertEquals(List.of("broken /home/ada IO", "broken /home/bob IO"), gaps(inventory.gaps()));
    assertFalse(inventory.gaps().toString().contains("secret"));
  }

  @Test
  void source_that_exhausts_the_stack_leaves_a_gap() {
    var deep =
        new Scripted(
            "deep",
            (_, _) -> {
              throw new StackOverflowError();
            });
    assertEquals(2, scan(LONG, deep).of(machine).gaps().size());
  }

  @Test
  void home_that_is_refused_leaves_its_own_gap() {
    var source =
        new Scripted(
            "s",
            (home, _) -> {
              throw new UnreadableException(Reason.BUDGET, home.path(), "used up");
            });
    assertEquals(
        List.of("s /home/ada BUDGET", "s /home/bob BUDGET"),
        gaps(scan(LONG, source).of(machine).gaps()));
  }

  @Test
  void source_that_hangs_costs_its_home_only_and_what_it_saw_counts() {
    var never = new CountDownLatch(1);
    var hanging =
        new Scripted(
            "hanging",
            (home, out) -> {
              out.item(item(home, "seen", id(home.uid())));
              if (home.user().equals("ada")) {
                waitFor(never);
              }
            });
    var after = new Scripted("after", (home, out) -> out.item(item(home, "x", id(home.uid() + 9))));
    var inventory = scan(Duration.ofMillis(300), hanging, after).of(machine);
    never.countDown();
    assertEquals(
        List.of("hanging /home/ada BUDGET", "after /home/ada BUDGET"), gaps(inventory.gaps()));
    assertEquals(
        List.of("/home/ada/seen", "/home/bob/seen", "/home/bob/x"),
        inventory.items().stream().map(item -> item.location().toString()).toList());
  }

  /// Hangs like a read in the kernel does: no interrupt ends it.
  private static void waitFor(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  @Test
  void one_folder_reached_twice_is_one_item_with_all_its_parts() {
    var source =
        new Scripted(
            "s",
            (home, out) -> {
              var launcher =
                  new Part(Part.Role.LAUNCHER, home.path().resolve("l"), id(77), FileKind.LINK);
              var seen = item(home, "x", id(5));
              var parts = new ArrayList<>(seen.parts());
              parts.add(launcher);
              out.item(new Item("s", seen.identity(), "1", home, seen.location(), parts));
            });
    var inventory = scan(LONG, source).of(machine);
    assertEquals(1, inventory.items().size());
    assertEquals(
        List.of("/home/ada/x", "/home/ada/l", "/home/bob/l"),
        inventory.items().getFirst().parts().stream().map(part -> part.path().toString()).toList());
  }

  @Test
  void homes_that_could_not_be_opened_and_processes_are_in_the_inventory() {
    var gap = new Gap("homes", BytePath.parse("/home/eve"), Reason.DENIED, "refused");
    var process = new RunningProcess(1, 2, 3, null, null, List.of(), "init");
    machine.withUnopened(gap).withProcess(process);
    var inventory = scan(LONG).of(machine);
    assertEquals(List.of(gap), inventory.gaps());
    assertEquals(List.of(process), inventory.processes());
    assertEquals(2, inventory.homes().size());
  }

  private static FileId id(long inode) {
    return new FileId(1, inode);
  }
}
