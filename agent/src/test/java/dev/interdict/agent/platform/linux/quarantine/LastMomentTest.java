package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.enforce.HeldId;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.enforce.Steps;
import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Errno;
import dev.interdict.agent.platform.linux.kernel.Faults;
import dev.interdict.agent.platform.linux.kernel.Fd;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Its user does something right before one of our acts, where it would do the most harm. Nothing
/// of theirs is lost by it, and nothing that they slip in is taken for what was held.
@EnabledOnOs(OS.LINUX)
@Isolated("stands between the whole process and the kernel")
class LastMomentTest {
  private Sandbox sandbox;
  private Home home;
  private Path state;
  private boolean happened;

  @BeforeEach
  void machine(@TempDir Path temporary) throws IOException {
    sandbox = Sandbox.in(Files.createDirectory(temporary.resolve("root")));
    home = sandbox.user("alice");
    state = temporary.resolve("quarantine");
  }

  @AfterEach
  void real() {
    Faults.none();
  }

  private interface Deed {
    /// @param made how often an act of this kind was made already
    void before(String act, int made) throws IOException;
  }

  private Bench bench(boolean across, Deed deed) throws IOException {
    var made = new HashMap<String, Integer>();
    Steps steps = act -> deed.before(act, made.merge(act, 1, Integer::sum) - 1);
    return Bench.open(sandbox, home, state, across ? new AcrossActs(steps) : new Acts(steps));
  }

  private Bench bench() throws IOException {
    return Bench.open(sandbox, home, state);
  }

  private static void refused(Refusal why, Outcome outcome) {
    assertEquals(why, assertInstanceOf(Outcome.Refused.class, outcome).why(), outcome::toString);
  }

  private boolean exists(String path) {
    return Files.exists(sandbox.at(path), LinkOption.NOFOLLOW_LINKS);
  }

  private void move(String from, String to) throws IOException {
    Files.move(sandbox.at(from), sandbox.at(to), StandardCopyOption.REPLACE_EXISTING);
    happened = true;
  }

  private HeldId held(boolean across) throws IOException {
    try (var bench = bench(across, (_, _) -> {})) {
      assertEquals(new Outcome.Done(), bench.take("/home/alice/tool"));
      return bench.only();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void a_file_that_took_the_name_at_the_last_moment_stays(boolean across) throws Exception {
    sandbox.write("/home/alice/tool", "banned");
    var id = held(across);
    try (var bench =
        bench(
            across,
            (act, _) -> {
              if (act.equals("rename") || act.equals("replace")) {
                sandbox.write("/home/alice/tool", "new");
              }
            })) {
      refused(Refusal.OCCUPIED, bench.hands.giveBack(id));
      assertEquals(id, bench.only());
    }
    assertEquals("new", Files.readString(sandbox.at("/home/alice/tool")));
  }

  @Test
  void a_file_in_its_place_is_not_given_back_over() throws Exception {
    sandbox.write("/home/alice/tool", "banned");
    var id = held(false);
    sandbox.write("/home/alice/tool", "new");
    try (var bench = bench()) {
      refused(Refusal.OCCUPIED, bench.hands.giveBack(id));
    }
    assertEquals("new", Files.readString(sandbox.at("/home/alice/tool")));
  }

  /// Exchanged before the move, and the name taken again before it is put back.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void what_took_the_name_of_something_moved_by_mistake_stays(boolean across) throws Exception {
    sandbox.write("/home/alice/tool", "banned");
    sandbox.write("/home/alice/work", "somebody's work");
    try (var bench =
        bench(
            across,
            (act, made) -> {
              if (act.equals("rename") && made == 0) {
                move("/home/alice/work", "/home/alice/tool");
              } else if ((act.equals("rename") || act.equals("replace"))
                  && !exists("/home/alice/tool")) {
                sandbox.write("/home/alice/tool", "newer work");
              }
            })) {
      assertFalse(bench.take("/home/alice/tool").achieved());
    }
    assertTrue(happened);
    assertEquals("newer work", Files.readString(sandbox.at("/home/alice/tool")));
  }

  @Test
  void what_is_written_after_it_was_copied_is_not_lost() throws Exception {
    var tool = sandbox.write("/home/alice/tool", "banned");
    try (var bench =
        bench(
            true,
            (act, _) -> {
              if (act.equals("rename") && Files.exists(tool)) {
                Files.writeString(tool, " and work", StandardOpenOption.APPEND);
              }
            })) {
      refused(Refusal.CHANGED, bench.take("/home/alice/tool"));
      assertEquals(List.of(), bench.hands.held());
    }
    assertEquals("banned and work", Files.readString(tool));
  }

  @Test
  void what_is_written_while_it_is_copied_is_not_lost() throws Exception {
    var first = sandbox.write("/home/alice/tool/first", "banned");
    sandbox.write("/home/alice/tool/second", "banned");
    try (var bench =
        bench(
            true,
            (act, made) -> {
              if (act.equals("create") && made == 1) {
                Files.writeString(first, "work");
              }
            })) {
      refused(Refusal.CHANGED, bench.take("/home/alice/tool"));
      assertEquals(List.of(), bench.hands.held());
    }
    assertEquals("work", Files.readString(first));
    try (var left = Files.list(state.resolve("work"))) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void an_equal_file_that_took_its_place_after_it_was_copied_stays() throws Exception {
    var tool = sandbox.write("/home/alice/tool", "banned");
    var other = sandbox.write("/home/alice/other", "banned");
    try (var bench =
        bench(
            true,
            (act, _) -> {
              if (act.equals("rename") && Files.exists(other)) {
                move("/home/alice/other", "/home/alice/tool");
              }
            })) {
      refused(Refusal.CHANGED, bench.take("/home/alice/tool"));
      assertEquals(List.of(), bench.hands.held());
    }
    assertEquals("banned", Files.readString(tool));
  }

  @Test
  void what_would_fill_the_quarantine_s_disk_stays() throws Exception {
    sandbox.write("/home/alice/tool", "x".repeat(4 << 20));
    Files.createDirectory(state);
    assumeTrue(
        new ProcessBuilder(
                    "mount", "-t", "tmpfs", "-o", "size=18m,mode=700", "none", state.toString())
                .redirectErrorStream(true)
                .start()
                .waitFor()
            == 0,
        "needs the right to mount");
    try (var bench = bench()) {
      refused(Refusal.NO_SPACE, bench.take("/home/alice/tool"));
      assertEquals(List.of(), bench.hands.held());
    } finally {
      assertEquals(0, new ProcessBuilder("umount", state.toString()).start().waitFor());
    }
    assertTrue(exists("/home/alice/tool"));
  }

  /// The copy lies in its user's folder until it is complete, under a name that they can see.
  @Test
  void a_copy_that_its_user_writes_to_is_not_given_its_name() throws Exception {
    sandbox.write("/home/alice/tool/run", "banned");
    var id = held(true);
    var copy = sandbox.at("/home/alice/.interdict-" + id.text());
    try (var bench =
        bench(
            true,
            (act, made) -> {
              if (act.equals("fsync") && Files.exists(copy.resolve("run"))) {
                Files.writeString(copy.resolve("run"), "evil");
              }
            })) {
      refused(Refusal.CHANGED, bench.hands.giveBack(id));
      assertEquals(id, bench.only());
    }
    assertFalse(exists("/home/alice/tool"));
    assertEquals("evil", Files.readString(copy.resolve("run")), "what they wrote is theirs");
  }

  /// Before any of the acts by which a copy is made and named.
  @Test
  void a_folder_that_its_user_moves_to_the_name_of_the_copy_is_not_lost(@TempDir Path rounds)
      throws Exception {
    for (var at = 0; ; at++) {
      machine(Files.createDirectory(rounds.resolve("before act " + at)));
      sandbox.write("/home/alice/tool/run", "banned");
      var work = sandbox.write("/home/alice/work/thesis", "somebody's work");
      var id = held(true);
      var copy = sandbox.at("/home/alice/.interdict-" + id.text());
      var left = new int[] {at};
      happened = false;
      try (var bench =
          bench(
              true,
              (_, _) -> {
                if (left[0] >= 0 && left[0]-- == 0) {
                  if (Files.exists(copy)) {
                    Files.move(copy, sandbox.at("/home/alice/away"));
                  }
                  move("/home/alice/work", "/home/alice/.interdict-" + id.text());
                }
              })) {
        bench.hands.giveBack(id);
      }
      try (var bench = bench()) {
        assertTrue(
            Files.exists(work)
                || Files.exists(copy.resolve("thesis"))
                || exists("/home/alice/tool/thesis"),
            "lost before act " + at);
        assertTrue(
            exists("/home/alice/tool/run") || bench.hands.held().size() == 1, "before act " + at);
      }
      if (!happened) {
        assertTrue(at > 5, "too few acts were seen");
        return;
      }
    }
  }

  /// A crash right after the begin of giving back, and somebody's folder under the name since.
  @Test
  void what_took_the_name_of_a_copy_that_a_crash_ended_stays() throws Exception {
    sandbox.write("/home/alice/tool/run", "banned");
    var id = held(true);
    var begun = new boolean[1];
    try (var bench =
        bench(
            true,
            (act, _) -> {
              if (act.equals("mkdir") && begun[0]) {
                throw new Ended();
              }
            })) {
      begun[0] = true;
      assertThrows(Ended.class, () -> bench.hands.giveBack(id));
    }
    var thesis = sandbox.write("/home/alice/.interdict-" + id.text() + "/thesis", "work");
    try (var bench = bench(true, (_, _) -> {})) {
      assertEquals("work", Files.readString(thesis));
      var outcome = assertInstanceOf(Outcome.Refused.class, bench.hands.giveBack(id));
      assertTrue(outcome.toString().contains(".interdict-" + id.text()), outcome.toString());
      assertEquals("work", Files.readString(thesis));
      assertEquals(id, bench.only());
    }
  }

  /// Between our making a folder and our entering it: who may write beside it may give its name to
  /// a folder that is not theirs.
  @Test
  void a_folder_of_somebody_else_in_place_of_the_copy_stays_theirs() throws Exception {
    assumeTrue(Kernel.effectiveUid() == 0, "giving a folder to another user needs root");
    sandbox.write("/home/alice/tool/run", "banned");
    var theirs = Files.createDirectory(sandbox.at("/home/alice/theirs"));
    Files.setAttribute(theirs, "unix:uid", 54321);
    var id = held(true);
    var aside = "/home/alice/.interdict-" + id.text();
    Faults.decide(call -> {
      if (call.equals("openat2") && exists(aside) && exists("/home/alice/theirs")) {
        try {
          Files.delete(sandbox.at(aside));
          move("/home/alice/theirs", aside);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return Errno.OTHER;
    });
    try (var bench = bench(true, (_, _) -> {})) {
      assertFalse(bench.hands.giveBack(id).achieved());
    }
    assertTrue(happened);
    assertEquals(54321, Files.getAttribute(sandbox.at(aside), "unix:uid"));
  }

  private Fd open(String path) throws IOException {
    return Kernel.openRoot(sandbox.at(path).toString().getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] name(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void a_file_exchanged_between_look_and_reading_ends_the_digest() throws Exception {
    sandbox.write("/home/alice/tool", "banned");
    sandbox.write("/home/alice/other", "other");
    try (var directory = open("/home/alice")) {
      Faults.decide(call -> {
        if (call.equals("openat2") && exists("/home/alice/other")) {
          try {
            move("/home/alice/other", "/home/alice/tool");
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
        return Errno.OTHER;
      });
      assertThrows(
          RefusedException.class, () -> TreeDigest.of(directory, name("tool"), home.uid()));
    }
    assertTrue(happened);
  }

  /// Its folder is in another one by the time we go up: what lies there is not ours to remove.
  @Test
  void a_folder_moved_away_while_it_is_emptied_ends_the_removal() throws Exception {
    sandbox.write("/home/alice/tool/a/file", "banned");
    sandbox.write("/home/alice/tool/b/file", "banned");
    sandbox.write("/home/alice/work/b/thesis", "somebody's work");
    try (var directory = open("/home/alice")) {
      var acts =
          new Acts(act -> {
            if (act.equals("unlink") && exists("/home/alice/tool/a")) {
              move("/home/alice/tool/a", "/home/alice/work/a");
            }
          });
      assertThrows(
          RefusedException.class,
          () -> TreeRemoval.remove(directory, name("tool"), home.uid(), acts));
    }
    assertTrue(happened);
    assertTrue(exists("/home/alice/work/b/thesis"));
    assertTrue(exists("/home/alice/work/a"));
  }

  private static final class Ended extends Error {
    private static final long serialVersionUID = 1;
  }

  /// We are ended before any of the acts by which an empty folder goes.
  @Test
  void a_folder_whose_removal_was_interrupted_comes_back() throws Exception {
    var path = BytePath.parse("/home/alice/@scope");
    for (var end = 0; ; end++) {
      sandbox.write("/home/alice/@scope/tool/file", "banned");
      HeldId id;
      try (var bench = bench()) {
        assertEquals(new Outcome.Done(), bench.take("/home/alice/@scope/tool"));
        id = bench.only();
      }
      var left = new int[] {end};
      var ended = false;
      try (var bench =
          bench(
              false,
              (_, _) -> {
                if (left[0]-- == 0) {
                  throw new Ended();
                }
              })) {
        bench.hands.removeEmpty(bench.plan(), path);
      } catch (Ended _) {
        ended = true;
      }
      try (var bench = bench()) {
        assertEquals(new Outcome.Done(), bench.hands.giveBack(id), "ended before act " + end);
      }
      if (!ended) {
        assertTrue(end > 2, "too few acts were seen");
        return;
      }
    }
  }

  @Test
  void an_equal_list_that_came_at_the_last_moment_stays() throws Exception {
    var list = "/home/alice/.vscode/extensions/extensions.json";
    var content = "[\"a\", \"b\"]";
    sandbox.write(list, content);
    sandbox.write("/home/alice/other", content);
    var amendment =
        new Amendment(
            BytePath.parse(list),
            sandbox.id(list),
            Lists.digest(content.getBytes(StandardCharsets.UTF_8)),
            List.of(new Amendment.Cut(1, 4, 1, 6)));
    var other = sandbox.id("/home/alice/other");
    try (var bench =
        bench(
            false,
            (act, _) -> {
              if (act.equals("exchange") && exists("/home/alice/other")) {
                move("/home/alice/other", list);
              }
            })) {
      refused(Refusal.CHANGED, bench.hands.amend(bench.plan(), amendment));
      assertEquals(List.of(), bench.hands.held());
    }
    assertEquals(other, sandbox.id(list));
    assertEquals(content, Files.readString(sandbox.at(list)));
  }
}
