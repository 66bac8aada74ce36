package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.FolderMachine;
import dev.interdict.policy.Language;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The commands that ask the guard, through a socket.
class GuardCommandsTest {
  private static final String CLEAN =
      """
      {"as-of":"2026-07-03T02:00:00Z","server-reached":true,"scanned":%s,"issuer":"IT","serial":%d,
       "age":"current","gaps":%d,"rules":[{"id":"claude-code","findings":%s}]}\
      """;

  private static final String HELD =
      """
      {"held":[
        {"id":"0123456789abcdef0123456789abcdef","rule":"claude-code","item":"npm","bytes":2048,
         "path":"/home/ada/x\\u001b[2J","removed":"2026-07-09T16:00:00Z"},
        {"id":"fedcba9876543210fedcba9876543210","rule":"other","item":"npm","bytes":5,
         "path":"/home/ada/y","removed":"2026-07-09T16:00:00Z"}]}\
      """;

  @TempDir Path state;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return run(Language.EN, arguments);
  }

  private int run(Language language, String... arguments) {
    var errors = new PrintWriter(err, true);
    var clock = InstantSource.fixed(Instant.EPOCH);
    var scan =
        new ScanCommand(
            new Scanning(
                FolderMachine::new,
                new ByteArrayOutputStream(),
                new ProgressLine(errors, false, clock),
                clock,
                () -> new UUID(1, 2)));
    var line = new java.util.ArrayList<>(List.of(arguments));
    line.addAll(List.of("--state", state.toString(), "--lang", language.tag()));
    var words = line.toArray(String[]::new);
    return Commands.line(words, scan, new PrintWriter(out, true), errors, Words.in(Language.EN))
        .execute(words);
  }

  private int status(boolean scanned, int serial, int gaps, String findings) throws Exception {
    try (var guard = new FakeGuard(state, CLEAN.formatted(scanned, serial, gaps, findings))) {
      return run("status");
    } finally {
      java.nio.file.Files.delete(state.resolve("agent.sock"));
    }
  }

  @Test
  void status_ends_well_only_if_it_is_sure_that_nothing_is_here() throws Exception {
    assertEquals(0, status(true, 1, 0, "[]"));
    assertEquals(1, status(true, 1, 0, "[{\"source\":\"npm\"}]"));
    assertEquals(1, status(true, 1, 2, "[]"));
    assertEquals(1, status(false, 1, 0, "[]"));
    assertEquals(1, status(true, 0, 0, "[]"));
  }

  @Test
  void without_a_guard_it_says_what_to_do() {
    assertEquals(1, run("status"));
    assertTrue(err.toString().contains("This computer is not enrolled"), err.toString());
    assertTrue(err.toString().contains("interdict-agent enrol --help"), err.toString());
  }

  @Test
  void restore_lists_what_is_held_of_one_rule_and_makes_paths_harmless() throws Exception {
    try (var guard = new FakeGuard(state, HELD)) {
      assertEquals(0, run("restore", "claude-code", "--list"));
      assertEquals(List.of("{\"ask\":\"held\"}"), guard.asked);
    }
    var lines = out.toString().lines().toList();
    assertEquals("0123456789abcdef0123456789abcdef 2 KiB", lines.get(1).substring(0, 38));
    assertFalse(out.toString().contains("fedcba"), out.toString());
    assertFalse(out.toString().contains("\u001b"));
  }

  private static final String PLAN =
      """
      {"plan":[{"rule":"claude-code","name":"Claude Code","enforcement":"remove","due":true,
        "findings":[{"item":"pkg:npm/x","version":"1.0","source":"npm","owner":"ada",
          "strength":"strong",
          "cuts":[{"path":"/home/ada/extensions.json","bytes":120,"would":"done","entries":1}],
          "takes":[{"path":"/home/ada/x\\u001b[2J","bytes":2048,"would":"done"},
                   {"path":"/home/ada/y","bytes":0,"would":"refused","why":"foreign-owner",
                    "detail":"something in it belongs to another user"}],
          "empties":["/home/ada/@x"],
          "packages":[{"name":"pkg:deb/x","would":"refused","why":"needed",
            "detail":"would take or break: y"}],
          "stops":[{"pid":77,"executable":"/home/ada/x/run"}],"keeps":["/home/ada/.claude"]}],
        "remains":["alias claude"]}],
       "uninspected":[{"path":"/home/ada/z","why":"denied"}]}\
      """;

  @Test
  void a_dry_run_tells_the_guards_plan_and_makes_paths_harmless() throws Exception {
    try (var guard = new FakeGuard(state, PLAN)) {
      assertEquals(0, run("enforce", "--dry-run", "claude-code"));
      assertEquals(List.of("{\"ask\":\"plan\",\"about\":\"claude-code\"}"), guard.asked);
    }
    var text = out.toString().replaceAll(" +", " ");
    for (var said :
        List.of(
            "Nothing is changed by asking",
            "Claude Code (claude-code): due now",
            "pkg:npm/x 1.0, in the home of ada",
            "close 77 /home/ada/x/run",
            "amend 120 B /home/ada/extensions.json",
            "move 2 KiB /home/ada/x",
            "left 0 B /home/ada/y",
            "because: it, or something in it, belongs to somebody else",
            "if empty /home/ada/@x",
            "left pkg:deb/x",
            "because: other software would go or break with it",
            "would take or break: y",
            "stays /home/ada/.claude",
            "left where it is: alias claude",
            "/home/ada/z (access is denied)")) {
      assertTrue(text.contains(said), () -> said + " in " + text);
    }
    assertFalse(text.contains("\u001b"));
  }

  @Test
  void a_dry_run_does_not_say_that_a_package_of_the_system_is_kept_from_running() throws Exception {
    try (var guard = new FakeGuard(state, PLAN.replace("\"remove\"", "\"block\""))) {
      assertEquals(0, run("enforce", "--dry-run"));
      assertEquals(List.of("{\"ask\":\"plan\"}"), guard.asked);
    }
    assertTrue(out.toString().contains("neither kept from running"), out.toString());
  }

  @Test
  void enforcement_at_once_is_the_guards_own_cycle() throws Exception {
    try (var guard = new FakeGuard(state, "{\"done\":true}")) {
      assertEquals(0, run("enforce"));
      assertEquals(List.of("{\"ask\":\"check\"}"), guard.asked);
    }
    assertTrue(out.toString().contains("nothing is removed before its date"), out.toString());
    assertTrue(out.toString().contains("rests as before"), out.toString());
    assertEquals(2, run("enforce", "claude-code"));
  }

  @Test
  void only_retry_asks_for_what_rests_to_be_tried_again() throws Exception {
    try (var guard = new FakeGuard(state, "{\"done\":true}")) {
      assertEquals(0, run("enforce", "--retry"));
      assertEquals(List.of("{\"ask\":\"retry\"}"), guard.asked);
      assertEquals(2, run("enforce", "--retry", "--dry-run"));
      assertEquals(2, run("enforce", "--retry", "claude-code"));
      assertEquals(1, guard.asked.size());
    }
    assertTrue(out.toString().contains("what had failed too often"), out.toString());
  }

  @Test
  void enforcement_at_once_says_why_not() throws Exception {
    try (var guard = new FakeGuard(state, "{\"error\":\"no\",\"code\":\"root-only\"}")) {
      assertEquals(4, run("enforce"));
    }
    assertTrue(err.toString().contains("Only root may ask"), err.toString());
  }

  @Test
  void restore_fails_where_anything_was_not_given_back() throws Exception {
    var answer =
        """
        {"restored":[{"path":"/home/ada/x","result":"restored","restored":true},
         {"path":"/home/ada/y","result":"it is banned","restored":false}]}\
        """;
    try (var guard = new FakeGuard(state, answer)) {
      assertEquals(1, run("restore", "claude-code"));
      assertEquals(List.of("{\"ask\":\"restore\",\"about\":\"claude-code\"}"), guard.asked);
    }
    assertEquals(
        List.of("Given back: /home/ada/x", "Not given back: /home/ada/y: it is banned"),
        out.toString().lines().toList());
  }

  @Test
  void what_the_guard_refuses_is_said_in_its_words() throws Exception {
    try (var guard = new FakeGuard(state, "{\"error\":\"nothing of yours is held\"}")) {
      assertEquals(4, run("restore", "x"));
    }
    assertTrue(err.toString().contains("nothing of yours is held"), err.toString());
  }

  @Test
  void why_nothing_is_given_back_is_said_in_the_persons_language() throws Exception {
    var banned =
        """
        {"restored":[{"path":"/home/ada/x","result":"it is banned","code":"banned",\
        "restored":false}]}\
        """;
    try (var guard = new FakeGuard(state, banned)) {
      assertEquals(1, run(Language.ZH_CN, "restore", "claude-code"));
      assertEquals(1, guard.asked.size());
    }
    assertTrue(out.toString().contains("请先申请豁免"), out::toString);
    assertFalse(out.toString().contains("banned"), out::toString);
  }

  @Test
  void that_nothing_is_held_is_said_in_the_persons_language() throws Exception {
    var nothing = "{\"error\":\"nothing of yours is held\",\"code\":\"nothing-held\"}";
    try (var guard = new FakeGuard(state, nothing)) {
      assertEquals(4, run(Language.ZH_CN, "restore", "x"));
      assertEquals(1, guard.asked.size());
    }
    assertTrue(err.toString().contains("隔离区中没有"), err::toString);
    assertFalse(err.toString().contains("nothing of yours"), err::toString);
  }

  @Test
  void restore_without_a_name_is_a_wrong_command_line() {
    assertEquals(2, run("restore"));
  }

  @Test
  void before_the_first_rule_the_empty_list_is_verified_and_nothing_is_amiss() throws Exception {
    var empty =
        """
        {"as-of":"2026-07-03T02:00:00Z","server-reached":true,"scanned":true,"issuer":"IT",
         "serial":0,"verified":%s,"age":"current","gaps":0,"rules":[]}\
        """;
    try (var guard = new FakeGuard(state, empty.formatted(true))) {
      assertEquals(0, run("status"));
    }
    assertTrue(out.toString().contains("signature valid; it bans nothing yet"), out.toString());
    java.nio.file.Files.delete(state.resolve("agent.sock"));
    out.getBuffer().setLength(0);
    try (var guard = new FakeGuard(state, empty.replace("\"IT\"", "\"\"").formatted(true))) {
      assertEquals(0, run("status"));
    }
    assertTrue(out.toString().contains("no list published yet, signature valid"), out.toString());
    java.nio.file.Files.delete(state.resolve("agent.sock"));
    try (var guard = new FakeGuard(state, empty.formatted(false))) {
      assertEquals(1, run("status"));
    }
  }

  @Test
  void before_the_first_look_nobody_says_that_no_rule_is_in_force() throws Exception {
    for (var command : List.of(new String[] {"status"}, new String[] {"explain", "openclaw"})) {
      out.getBuffer().setLength(0);
      try (var guard = new FakeGuard(state, "{\"server-reached\":true,\"scanned\":false}")) {
        assertEquals(1, run(command));
      }
      java.nio.file.Files.delete(state.resolve("agent.sock"));
      var said = (out.toString() + err).replaceAll("\\s+", " ");
      assertTrue(said.contains("Try again in a moment."), said);
      assertFalse(said.contains("in force") || said.contains("none verified"), said);
    }
  }

  @Test
  void explain_knows_only_the_rules_in_force() throws Exception {
    try (var guard = new FakeGuard(state, CLEAN.formatted(true, 1, 0, "[]"))) {
      assertEquals(1, run("explain", "no-such"));
    }
    assertTrue(err.toString().contains("No rule \"no-such\" is in force here"), err.toString());
  }
}
