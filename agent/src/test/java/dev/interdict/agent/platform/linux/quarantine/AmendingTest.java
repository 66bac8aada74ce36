package dev.interdict.agent.platform.linux.quarantine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.Amendment;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.platform.linux.Sandbox;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class AmendingTest {
  private static final String LIST = "/home/alice/.vscode/extensions/extensions.json";
  private static final String OLD = "[\"a\", \"b\", \"c\"]";

  private Sandbox sandbox;
  private Home home;
  private Path state;

  @BeforeEach
  void machine(@TempDir Path temporary) throws IOException {
    sandbox = Sandbox.in(Files.createDirectory(temporary.resolve("root")));
    home = sandbox.user("alice");
    state = temporary.resolve("quarantine");
    sandbox.write(LIST, OLD);
  }

  private Bench bench() throws IOException {
    return Bench.open(sandbox, home, state);
  }

  /// What a scan says of the list as it is: cut one entry of `["a", "b", "c"]`.
  private Amendment without(char entry) throws IOException {
    var from = OLD.indexOf("\"" + entry);
    var to = from + 3;
    var cut =
        new Amendment.Cut(from, to, entry == 'a' ? from : from - 2, entry == 'c' ? to : to + 2);
    return new Amendment(
        BytePath.parse(LIST),
        sandbox.id(LIST),
        Lists.digest(OLD.getBytes(StandardCharsets.UTF_8)),
        List.of(cut));
  }

  private Outcome amend(Bench bench, Amendment amendment) throws IOException {
    return bench.hands.amend(bench.plan(), amendment);
  }

  private String list() throws IOException {
    return Files.readString(sandbox.at(LIST));
  }

  private static void refused(Refusal why, Outcome outcome) {
    assertEquals(why, assertInstanceOf(Outcome.Refused.class, outcome).why(), outcome::toString);
  }

  @Test
  void the_new_list_is_another_file_with_the_same_rights_and_the_old_one_comes_back_byte_for_byte()
      throws Exception {
    Files.setPosixFilePermissions(sandbox.at(LIST), PosixFilePermissions.fromString("rw-r-----"));
    var before = Photograph.of(sandbox.at("/home/alice/.vscode/extensions"));
    var file = sandbox.id(LIST);
    try (var bench = bench()) {
      assertEquals(new Outcome.Done(), amend(bench, without('b')));
      assertEquals("[\"a\", \"c\"]", list());
      assertNotEquals(file, sandbox.id(LIST));
      assertEquals(
          "rw-r-----",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(sandbox.at(LIST))));
      assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
    }
    var after = Photograph.of(sandbox.at("/home/alice/.vscode/extensions"));
    before.remove("");
    after.remove("");
    assertEquals(before, after);
  }

  @Test
  void several_entries_of_one_reading_go_one_after_the_other_and_come_back_last_first()
      throws Exception {
    var all = List.of(without('c'), without('a'), without('b'));
    try (var bench = bench()) {
      for (var one : all) {
        assertEquals(new Outcome.Done(), amend(bench, one));
      }
      assertEquals("[]", list());
      for (var held : bench.hands.held().reversed()) {
        assertEquals(new Outcome.Done(), bench.hands.giveBack(held.id()));
      }
      assertEquals(OLD, list());
    }
  }

  @Test
  void what_is_cut_already_is_no_failure() throws Exception {
    var amendment = without('a');
    try (var bench = bench()) {
      amend(bench, amendment);
      assertEquals(new Outcome.AlreadyDone(), amend(bench, amendment));
      assertEquals(1, bench.hands.held().size());
    }
  }

  @Test
  void a_list_that_was_written_since_it_was_read_stays() throws Exception {
    var amendment = without('a');
    sandbox.write(LIST, "[\"a\", \"b\", \"c\", \"d\"]");
    try (var bench = bench()) {
      refused(Refusal.CHANGED, amend(bench, amendment));
      assertEquals(List.of(), bench.hands.held());
    }
    assertEquals("[\"a\", \"b\", \"c\", \"d\"]", list());
  }

  @Test
  void cuts_beyond_the_end_change_nothing() throws Exception {
    var amendment = without('a');
    var beyond =
        new Amendment(
            amendment.file(),
            amendment.id(),
            amendment.sha256(),
            List.of(new Amendment.Cut(3, 400, 3, 400)));
    try (var bench = bench()) {
      refused(Refusal.CHANGED, amend(bench, beyond));
    }
    assertEquals(OLD, list());
  }

  @Test
  void a_list_that_is_written_at_the_last_moment_is_the_one_that_stays() throws Exception {
    var amendment = without('a');
    try (var bench =
        Bench.open(
            sandbox,
            home,
            state,
            act -> {
              if (act.equals("exchange") && sandbox.at(LIST).toFile().length() == OLD.length()) {
                replace("[\"new\"]");
              }
            })) {
      refused(Refusal.CHANGED, amend(bench, amendment));
      assertEquals(List.of(), bench.hands.held());
    }
    assertEquals("[\"new\"]", list());
    nothing_beside();
  }

  @Test
  void a_list_that_is_written_in_place_at_the_last_moment_is_the_one_that_stays() throws Exception {
    var amendment = without('a');
    try (var bench =
        Bench.open(
            sandbox,
            home,
            state,
            act -> {
              if (act.equals("exchange") && sandbox.at(LIST).toFile().length() == OLD.length()) {
                write("[\"a\", \"b\"]");
              }
            })) {
      refused(Refusal.CHANGED, amend(bench, amendment));
      assertEquals(List.of(), bench.hands.held());
    }
    assertEquals("[\"a\", \"b\"]", list());
    nothing_beside();
  }

  private void write(String content) {
    try {
      sandbox.write(LIST, content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void replace(String content) {
    try {
      Files.delete(sandbox.at(LIST));
      sandbox.write(LIST, content);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private void nothing_beside() throws IOException {
    try (var all = Files.list(sandbox.at(LIST).getParent())) {
      assertEquals(List.of("extensions.json"), all.map(f -> f.getFileName().toString()).toList());
    }
  }

  @Test
  void a_list_that_the_editor_wrote_since_is_not_put_back_over() throws Exception {
    try (var bench = bench()) {
      amend(bench, without('a'));
      sandbox.write(LIST, "[\"c\"]");
      refused(Refusal.CHANGED, bench.hands.giveBack(bench.only()));
      assertEquals(1, bench.hands.held().size());
    }
    assertEquals("[\"c\"]", list());
    nothing_beside();
  }

  @Test
  void a_link_or_a_folder_in_place_of_the_list_is_left_alone() throws Exception {
    var amendment = without('a');
    Files.delete(sandbox.at(LIST));
    sandbox.write("/etc/canary", OLD);
    sandbox.link(LIST, "/etc/canary");
    try (var bench = bench()) {
      assertInstanceOf(Outcome.Refused.class, amend(bench, amendment));
    }
    assertEquals(OLD, Files.readString(sandbox.at("/etc/canary")));
    assertEquals(true, Files.exists(sandbox.at(LIST), LinkOption.NOFOLLOW_LINKS));
  }

  @Test
  void a_list_beyond_the_bound_is_not_amended() throws Exception {
    var whole = OLD + " ".repeat(Amendment.MOST_BYTES);
    sandbox.write(LIST, whole);
    var amendment = without('a');
    try (var bench = bench()) {
      refused(Refusal.TOO_LARGE, amend(bench, amendment));
    }
    assertEquals(whole, list());
  }

  @Test
  void what_is_amended_is_known_after_a_restart() throws Exception {
    try (var bench = bench()) {
      amend(bench, without('a'));
    }
    try (var bench = bench()) {
      assertEquals(new Outcome.Done(), bench.hands.giveBack(bench.only()));
      assertEquals(List.of(), bench.hands.held());
    }
    assertEquals(OLD, list());
  }

  @Test
  void an_old_list_is_purged_with_everything_else() throws Exception {
    try (var bench = bench()) {
      amend(bench, without('a'));
      assertEquals(1, bench.hands.purge(Bench.NOW.plus(Bench.RETENTION)));
    }
    assertEquals("[\"b\", \"c\"]", list());
  }
}
