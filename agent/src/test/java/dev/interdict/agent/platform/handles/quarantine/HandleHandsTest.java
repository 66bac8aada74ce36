package dev.interdict.agent.platform.handles.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.platform.handles.FakeDisk;
import dev.interdict.agent.platform.handles.FakeDisk.Thing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Taking and giving back on a disk in memory: what Windows and macOS do with the same order of
/// acts as Linux.
class HandleHandsTest {
  private @TempDir Path folder;
  private Scene scene;
  private FakeDisk disk;
  private HandleQuarantine quarantine;
  private HandleHands hands;

  @BeforeEach
  void open() throws IOException {
    use(new Scene(true, folder.resolve("journal"), 1));
  }

  private void use(Scene other) throws IOException {
    if (quarantine != null) {
      quarantine.close();
    }
    scene = other;
    disk = other.disk;
    quarantine = other.quarantine();
    hands = other.hands(quarantine);
  }

  @AfterEach
  void close() {
    quarantine.close();
  }

  private Outcome take() {
    return hands.take(Scene.plan(scene.part()), scene.part());
  }

  private Thing program() {
    return disk.there("/Users/mallory/lib/pkg/a");
  }

  private static void refused(Refusal why, Outcome outcome) {
    assertEquals(why, assertInstanceOf(Outcome.Refused.class, outcome).why());
  }

  @Test
  void a_folder_is_taken_and_given_back_as_it_was() {
    var before = Scene.photograph(scene.home, disk);
    assertEquals(new Outcome.Done(), take());
    assertNull(disk.path("/Users/mallory/lib/pkg"));
    assertEquals(27, hands.held().getFirst().bytes());
    assertEquals(new Outcome.Done(), hands.giveBack(Scene.only(hands)));
    assertEquals(before, Scene.photograph(scene.home, disk));
    assertEquals(List.of(), hands.held());
  }

  @Test
  void another_spelling_of_a_name_is_the_same_thing_and_is_acted_on_once() {
    var path = Scene.HOME.path().resolve("LIB/Pkg");
    var other = Scene.part(path, scene.pkg);
    var plan = Scene.plan(scene.part(), other);
    assertEquals(new Outcome.Done(), hands.take(plan, other));
    assertEquals(new Outcome.AlreadyDone(), hands.take(plan, scene.part()));
    assertEquals(1, hands.held().size());
  }

  @Test
  void what_the_rule_keeps_is_kept_under_another_spelling_too() {
    var kept = Scene.HOME.path().resolve("LIB/PKG/Sub");
    var plan = Scene.plan(List.of(kept), scene.part());
    refused(Refusal.KEPT, hands.take(plan, scene.part()));
    assertSame(scene.pkg, disk.path("/Users/mallory/lib/pkg"));
  }

  @Test
  void who_may_not_see_everything_takes_nothing_and_says_why() {
    scene.hindrance = Optional.of("no Full Disk Access");
    refused(Refusal.DENIED, take());
    assertSame(scene.pkg, disk.path("/Users/mallory/lib/pkg"));
    scene.hindrance = Optional.empty();
    assertEquals(new Outcome.Done(), take());
  }

  @Test
  void a_link_on_the_way_is_refused() {
    disk.take(scene.home, "lib");
    disk.link(scene.home, "lib", Scene.MALLORY, "/etc");
    var part = Scene.part(Scene.HOME.path().resolve("lib/a"), disk.there("/etc/a"));
    refused(Refusal.LINK_IN_PATH, hands.take(Scene.plan(part), part));
    assertNotNull(disk.path("/etc/a"));
  }

  @Test
  void a_mount_on_the_way_is_refused_where_a_user_could_have_made_it() {
    disk.take(scene.home, "lib");
    var mounted = disk.mount(scene.home, "lib", Scene.MALLORY, 9);
    var pkg = disk.folder(mounted, "pkg", Scene.MALLORY);
    refused(
        Refusal.OTHER_FILE_SYSTEM,
        hands.take(Scene.plan(Scene.part(Scene.PACKAGE, pkg)), Scene.part(Scene.PACKAGE, pkg)));
  }

  @Test
  void something_mounted_inside_is_not_taken() {
    var mounted = disk.mount(scene.pkg, "m", Scene.MALLORY, 9);
    var file = disk.file(mounted, "x", Scene.MALLORY, "x");
    refused(Refusal.OTHER_FILE_SYSTEM, take());
    assertSame(file, disk.path("/Users/mallory/lib/pkg/m/x"));
  }

  @Test
  void a_foreign_file_inside_is_not_taken() {
    disk.file(scene.pkg, "theirs", "502", "precious");
    refused(Refusal.FOREIGN_OWNER, take());
    assertSame(scene.pkg, disk.path("/Users/mallory/lib/pkg"));
  }

  @Test
  void another_file_of_the_same_name_is_not_taken() {
    disk.take(scene.lib, "pkg");
    var other = disk.folder(scene.lib, "pkg", Scene.MALLORY);
    refused(Refusal.CHANGED, take());
    assertSame(other, disk.path("/Users/mallory/lib/pkg"));
  }

  @Test
  void nothing_is_given_back_over_something_else() {
    take();
    var other = disk.file(scene.lib, "PKG", Scene.MALLORY, "new");
    refused(Refusal.OCCUPIED, hands.giveBack(Scene.only(hands)));
    assertSame(other, disk.path("/Users/mallory/lib/pkg"));
    assertEquals(1, hands.held().size());
  }

  @Test
  void what_was_changed_while_held_is_not_given_back() {
    var opened = program();
    take();
    // A program that had it open writes on.
    opened.content = "other".getBytes(StandardCharsets.UTF_8);
    refused(Refusal.ALTERED, hands.giveBack(Scene.only(hands)));
  }

  @Test
  void nothing_is_given_back_into_a_folder_that_is_another_s_now() {
    take();
    scene.lib.owner = "502";
    refused(Refusal.FOREIGN_OWNER, hands.giveBack(Scene.only(hands)));
  }

  @Test
  void set_id_bits_are_not_given_back_and_the_other_name_of_the_file_keeps_them() {
    var file = program();
    file.mode = 04755;
    disk.put(scene.lib, "other-name", file);
    take();
    assertEquals(new Outcome.Done(), hands.giveBack(Scene.only(hands)));
    assertEquals(0755, disk.there("/Users/mallory/lib/pkg/a").mode);
    assertEquals(04755, disk.there("/Users/mallory/lib/other-name").mode);
  }

  @Test
  void what_runs_from_a_folder_is_ended_so_that_it_can_be_moved() {
    var program = program();
    program.busy = true;
    scene.programs.start(7, 1, program.id, "/Users/mallory/lib/pkg/a");
    scene.programs.start(8, 1, disk.there("/etc/a").id, "/etc/a");
    scene.programs.afterEnd = _ -> program.busy = false;
    assertEquals(new Outcome.Done(), take());
    assertEquals(Set.of(8L), scene.programs.table.keySet());
  }

  @Test
  void a_folder_that_stays_in_use_is_left_where_it_is() {
    program().busy = true;
    assertInstanceOf(Outcome.Failed.class, take());
    assertSame(scene.pkg, disk.path("/Users/mallory/lib/pkg"));
    assertEquals(List.of(), hands.held());
  }

  @Test
  void a_program_whose_file_has_another_name_outside_is_not_ended_for_a_folder() {
    var program = program();
    program.busy = true;
    disk.put(scene.lib, "other-name", program);
    scene.programs.start(7, 1, program.id, "/Users/mallory/lib/other-name");
    assertInstanceOf(Outcome.Failed.class, take());
    assertEquals(Set.of(7L), scene.programs.table.keySet());
  }

  @Test
  void a_home_on_another_volume_is_copied_compared_and_only_then_removed() throws IOException {
    use(new Scene(true, folder.resolve("other"), 1, 2));
    var before = Scene.photograph(scene.home, disk);
    assertEquals(new Outcome.Done(), take());
    assertNull(disk.path("/Users/mallory/lib/pkg"));
    assertEquals(Set.of("a", "b", "c"), Set.copyOf(disk.names(scene.etc)));
    assertEquals(new Outcome.Done(), hands.giveBack(Scene.only(hands)));
    assertEquals(before, Scene.photograph(scene.home, disk));
  }

  /// Before any of the acts by which a copy is given back and named.
  @Test
  void a_folder_that_its_user_moves_to_the_name_of_the_copy_is_not_lost() throws IOException {
    for (var at = 0; ; at++) {
      use(new Scene(true, folder.resolve("before act " + at), 1, 2));
      var work = disk.folder(scene.home, "work", Scene.MALLORY);
      var thesis = disk.file(work, "thesis", Scene.MALLORY, "somebody's work");
      assertEquals(new Outcome.Done(), take());
      var id = Scene.only(hands);
      var name = ".interdict-" + id.text();
      quarantine.close();
      var left = new int[] {at};
      var moved = new boolean[1];
      quarantine =
          scene.quarantine(_ -> {
            if (left[0]-- == 0) {
              moved[0] = true;
              disk.take(scene.lib, name);
              disk.take(scene.home, "work");
              disk.put(scene.lib, name, work);
            }
          });
      hands = scene.hands(quarantine);
      hands.giveBack(id);
      quarantine.close();
      quarantine = scene.quarantine();
      hands = scene.hands(quarantine);
      assertEquals(thesis, disk.at(work, "thesis"), "lost before act " + at);
      var back = disk.at(scene.lib, "pkg");
      assertTrue(hands.held().size() == 1 || back != null && back != work, "before act " + at);
      if (!moved[0]) {
        assertTrue(at > 5, "too few acts were seen");
        return;
      }
    }
  }

  @Test
  void an_empty_folder_goes_and_comes_again_with_what_was_in_it() {
    var scope = disk.folder(scene.home, "@x", Scene.MALLORY);
    var pkg = disk.folder(scope, "cli", Scene.MALLORY);
    disk.file(pkg, "f", Scene.MALLORY, "f");
    var path = Scene.HOME.path().resolve("@x/cli");
    var part = Scene.part(path, pkg);
    var plan = Scene.plan(part);
    var before = Scene.photograph(scene.home, disk);
    assertEquals(new Outcome.Done(), hands.take(plan, part));
    assertEquals(new Outcome.Done(), hands.removeEmpty(plan, path.parent()));
    assertNull(disk.path("/Users/mallory/@x"));
    assertEquals(new Outcome.Done(), hands.giveBack(Scene.only(hands)));
    assertEquals(before, Scene.photograph(scene.home, disk));
  }

  @Test
  void a_folder_with_something_in_it_stays() {
    var scope = disk.folder(scene.home, "@x", Scene.MALLORY);
    Thing other = disk.file(scope, "other", Scene.MALLORY, "x");
    refused(
        Refusal.KEPT, hands.removeEmpty(Scene.plan(scene.part()), Scene.HOME.path().resolve("@x")));
    assertSame(other, disk.path("/Users/mallory/@x/other"));
  }

  @Test
  void a_file_in_place_of_an_empty_folder_is_not_removed() {
    var file = disk.file(scene.home, "@x", Scene.MALLORY, "x");
    refused(
        Refusal.FOREIGN_OWNER,
        hands.removeEmpty(Scene.plan(scene.part()), Scene.HOME.path().resolve("@x")));
    assertSame(file, disk.path("/Users/mallory/@x"));
  }

  @Test
  void what_was_held_long_enough_goes_for_good() {
    take();
    assertEquals(0, hands.purge(Scene.NOW.plus(Duration.ofDays(29))));
    assertEquals(1, hands.purge(Scene.NOW.plus(Duration.ofDays(31))));
    assertEquals(List.of(), disk.names(scene.held()));
  }

  @Test
  void the_machine_s_own_home_that_nobody_has_is_refused() {
    var plan = Scene.plan(scene.part());
    refused(
        Refusal.NO_SUCH_HOME,
        hands.take(plan, Scene.part(BytePath.parse("/Users/ada/x"), scene.pkg)));
  }
}
