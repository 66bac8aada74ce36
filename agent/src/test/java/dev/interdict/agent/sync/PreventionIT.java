package dev.interdict.agent.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.cli.Main;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.ledger.Entry;
import dev.interdict.agent.ledger.Ledger;
import dev.interdict.agent.platform.linux.Sandbox;
import dev.interdict.agent.platform.linux.kernel.Kernel;
import dev.interdict.decide.NoticePhase;
import dev.interdict.decide.ToldOutcome;
import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Blocklist;
import dev.interdict.policy.RuleFixtures;
import dev.interdict.policy.RuleId;
import dev.interdict.trust.repository.RepositoryPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The real guard, resident, on a throw-away machine: what is banned does not start, what is lifted
/// does, and what comes back goes again without waiting for the next round.
@EnabledOnOs(value = OS.LINUX, disabledReason = "runs the Linux agent")
@Timeout(240)
@Order(1)
final class PreventionIT {
  private static final String RULE =
      RuleFixtures.CLAUDE_CODE
          .replace("\"2026-07-03T09:00\"", "\"2026-06-01T09:00\"")
          .replace("\"2026-07-10T00:00\"", "\"2026-06-10T00:00\"")
          .replace("\"PT24H\"", "\"PT1S\"");

  private static final String PROGRAM = "/home/ada/.local/share/claude/versions/2.1.328";
  private static final String PACKAGE =
      "/home/ada/.npm-global/lib/node_modules/@anthropic-ai/claude-code";

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();
  private SmallServer server;
  private Sandbox sandbox;
  private Path events;
  private int serial;

  @BeforeEach
  void begin() throws Exception {
    server = new SmallServer(folder.resolve("repository"));
    sandbox = Sandbox.in(Files.createDirectory(folder.resolve("machine")));
    sandbox.user("ada");
    events = folder.resolve("events.jsonl");
  }

  @AfterEach
  void end() throws Exception {
    for (var process : started) {
      process.destroyForcibly().waitFor();
    }
    server.close();
  }

  private void publish(String... rules) throws Exception {
    var list = new ArrayList<Json>();
    for (var rule : rules) {
      list.add(RuleFixtures.json(rule));
    }
    server.repository.publish(
        RepositoryPlan.BLOCKLIST,
        Blocklist.PATH,
        JsonWriter.compact(Blocklist.document(++serial, "IT", list)),
        List.of(server.keys.blocklist()));
  }

  private Process agent(String... arguments) throws IOException {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp"));
    line.add(System.getProperty("java.class.path"));
    line.add(Main.class.getName());
    line.addAll(List.of(arguments));
    var log = folder.resolve("agent.log").toFile();
    var process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    started.add(process);
    return process;
  }

  private Process guard(String interval) throws Exception {
    var state = folder.resolve("state").toString();
    var token = Files.writeString(folder.resolve("token"), "an-enrolment-token");
    var pin = MessageDigest.getInstance("SHA-256").digest(server.repository.initialRoot());
    var enrolled =
        agent(
            "enrol",
            "--server=" + server.address(),
            "--token-file=" + token,
            "--trust-root=sha256:" + HexFormat.of().formatHex(pin),
            "--state=" + state);
    assertEquals(0, enrolled.waitFor());
    haveBeenTold();
    return resume(interval);
  }

  private Process resume(String interval) throws IOException {
    return agent(
        "guard",
        "--root",
        sandbox.root().toString(),
        "--state",
        folder.resolve("state").toString(),
        "--interval",
        interval,
        "--events",
        events.toString(),
        "--no-desktop");
  }

  /// As a session would have shown it, which a build has none of.
  private void haveBeenTold() throws IOException {
    var rule = new RuleId("claude-code");
    var term = Instant.parse("2026-06-09T16:00:00Z");
    var told = SmallServer.NOW.minus(Duration.ofHours(2));
    var date = told.plus(Duration.ofSeconds(1));
    try (var ledger = Ledger.open(folder.resolve("state"))) {
      for (var phase : List.of(NoticePhase.ANNOUNCED, NoticePhase.LAST_HOUR)) {
        ledger.append(
            new Entry.Told(
                rule, told, term, "ada", phase, date, ToldOutcome.SHOWN, "desktop", Duration.ZERO));
      }
    }
  }

  private void await(String what, Callable<Boolean> holds) throws Exception {
    for (var i = 0; i < 600; i++) {
      if (holds.call()) {
        return;
      }
      Thread.sleep(100);
    }
    var log = Files.readString(folder.resolve("agent.log"));
    throw new AssertionError("never came: " + what + "\n" + Files.readString(events) + log);
  }

  private boolean told(String event) throws IOException {
    return Files.exists(events) && Files.readString(events).contains(event);
  }

  private static boolean does(String line) throws Exception {
    var shell =
        new ProcessBuilder("/bin/sh", "-c", line + "; exit $?")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return shell.waitFor() == 0;
  }

  private void program() throws IOException {
    var file = sandbox.write(PROGRAM, "");
    Files.copy(Path.of("/bin/true").toRealPath(), file, StandardCopyOption.REPLACE_EXISTING);
    assertTrue(file.toFile().setExecutable(true));
  }

  @Test
  void what_is_blocked_does_not_start_until_the_ban_is_lifted_or_the_guard_dies() throws Exception {
    assumeTrue(Kernel.effectiveUid() == 0, "needs root: prevents launches");
    program();
    var program = sandbox.at(PROGRAM).toString();
    assertTrue(does(program));
    publish(RULE.replace("\"remove\"", "\"block\""));
    var guard = guard("PT2S");
    await("the gate", () -> !does(program));
    await(
        "the denied start in the report",
        () -> server.taken.stream().anyMatch(report -> report.contains("launch-blocked")));
    assertTrue(told("\"event\":\"prevented\""));
    assertFalse(does("cat " + program));
    guard.destroyForcibly().waitFor();
    assertTrue(does(program));

    resume("PT2S");
    await("the gate again", () -> !does(program));
    publish();
    await("the end of the ban", () -> does(program));
  }

  /// Its next round is an hour off, so that nothing but the watch can have woken it.
  @Test
  void what_comes_back_is_removed_again_without_waiting_for_the_next_round() throws Exception {
    new Planting(sandbox.root()).fixture("npm/claude-code-2.1.329.txt", "home/ada/.npm-global");
    var aside = folder.resolve("aside");
    assertTrue(does("cp -a " + sandbox.at(PACKAGE) + " " + aside));
    publish(RULE);
    guard("PT1H");
    var there = sandbox.at(PACKAGE);
    await("the removal", () -> told("\"event\":\"verified\""));
    assertFalse(Files.exists(there));

    assertTrue(does("mkdir -p " + there.getParent() + " && cp -a " + aside + " " + there));
    await("the second removal", () -> told("\"event\":\"arrived\"") && !Files.exists(there));
  }
}
