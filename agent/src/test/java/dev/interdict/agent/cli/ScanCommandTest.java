package dev.interdict.agent.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FolderMachine;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.scan.InventoryPipe;
import dev.interdict.json.Json;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.policy.Language;
import dev.interdict.policy.RuleFixtures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScanCommandTest {
  private static final Instant NOW = Instant.parse("2026-07-10T00:00:00Z");
  private static final String LOOKALIKE = "{\"name\": \"claude-code\", \"version\": \"1.0.0\"}";

  @TempDir Path root;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void plant() {
    new Planting(root).fixture("npm/claude-code-2.1.112.txt", "home/ada/.npm-global");
  }

  private int run(String... arguments) {
    Machines machines = place -> new FolderMachine(place).withHome("ada", 1000);
    return run(machines, arguments);
  }

  private int run(Machines machines, String... arguments) {
    var errors = new PrintWriter(err, true);
    var progress = new ProgressLine(errors, false, InstantSource.fixed(NOW));
    var scan =
        new ScanCommand(
            new Scanning(machines, out, progress, InstantSource.fixed(NOW), () -> new UUID(1, 2)));
    var lines = new PrintWriter(out, true, StandardCharsets.UTF_8);
    return Commands.line(arguments, scan, lines, errors, Words.in(Language.EN)).execute(arguments);
  }

  private String text() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void table_is_the_default_and_nothing_is_written_to_the_error_stream() {
    assertEquals(0, run("scan", "--root", root.toString()));
    assertTrue(text().contains("@anthropic-ai/claude-code      2.1.112        npm         /home/"));
    assertEquals("", err.toString());
  }

  @Test
  void frame_is_what_the_guard_reads() throws IOException {
    assertEquals(0, run("scan", "--root", root.toString(), "--output", "frame"));
    var inventory = InventoryPipe.read(new ByteArrayInputStream(out.toByteArray()));
    assertEquals("2.1.112", inventory.items().getFirst().version());
  }

  @Test
  void json_and_cyclonedx_are_one_document_each() throws Exception {
    for (var form : new String[] {"json", "cyclonedx"}) {
      out.reset();
      assertEquals(0, run("scan", "--root", root.toString(), "--output", form));
      assertTrue(JsonReader.read(out.toByteArray(), JsonLimits.OWN) instanceof Json.Obj);
    }
  }

  @Test
  void gap_is_listed_and_makes_the_exit_code_three() {
    new Planting(root).file("home/ada/.npm-global/lib/node_modules/x/package.json", "{");
    assertEquals(Scanning.PARTLY_INSPECTED, run("scan", "--root", root.toString()));
    assertTrue(text().contains("1 place could not be inspected:"));
  }

  @Test
  void digests_are_read_where_they_are_asked_for() {
    var program = "home/ada/.local/share/claude/versions/2.1.328";
    new Planting(root).program(program);
    run("scan", "--root", root.toString(), "--output", "json");
    assertFalse(text().contains("sha256"));
    run("scan", "--root", root.toString(), "--output", "json", "--digests");
    assertTrue(text().contains("\"sha256\": \""));
  }

  @Test
  void a_rule_is_explained_on_this_machine() throws IOException {
    new Planting(root)
        .file("home/ada/.npm-global/lib/node_modules/claude-code/package.json", LOOKALIKE);
    var rule = Files.writeString(root.resolve("rule.json"), RuleFixtures.CLAUDE_CODE).toString();
    assertEquals(0, run("scan", "--root", root.toString(), "--rule", rule));
    assertTrue(text().startsWith("MATCH   pkg:npm/%40anthropic-ai/claude-code@2.1.112\n"), text());
    assertTrue(text().contains("NEAR    pkg:npm/claude-code@1.0.0\n"), text());
    assertTrue(text().contains("1 matched, 0 spared, 1 near, 2 others not meant\n"), text());
    assertTrue(text().lines().allMatch(line -> line.length() <= 80), text());
    out.reset();
    assertEquals(0, run("scan", "--root", root.toString(), "--rule", rule, "--output", "json"));
    assertTrue(text().contains("\"difference\": \"publisher\""), text());
  }

  @Test
  void a_rule_that_cannot_be_read_is_said_before_anything_is_scanned() throws IOException {
    assertEquals(Commands.USAGE, run("scan", "--rule", root.resolve("absent").toString()));
    var broken = Files.writeString(root.resolve("broken.json"), "{}").toString();
    assertEquals(Commands.FAILED, run("scan", "--root", root.toString(), "--rule", broken));
    assertTrue(err.toString().contains("holds no rule"), err.toString());
    assertEquals(Commands.USAGE, run("scan", "--rule", broken, "--output", "cyclonedx"));
    assertEquals("", text());
  }

  @Test
  void wrong_command_line_is_exit_code_two() {
    assertEquals(Commands.USAGE, run("scan", "--output", "xml"));
    assertEquals(Commands.USAGE, run("scan", "--root", root.resolve("absent").toString()));
    assertEquals(Commands.USAGE, run("erase"));
    assertEquals(Commands.USAGE, run());
    assertEquals("", text());
  }

  @Test
  void machine_that_cannot_be_opened_is_exit_code_one() {
    var code =
        run(
            _ -> {
              throw new IOException("no way in");
            },
            "scan");
    assertEquals(Commands.FAILED, code);
    assertEquals("interdict-agent: no way in\n", err.toString().replace("\r\n", "\n"));
  }

  @Test
  void progress_is_for_a_terminal_and_for_patience_that_ends() {
    var clock = new InstantSource[] {InstantSource.fixed(NOW)};
    var line = new ProgressLine(new PrintWriter(err), true, () -> clock[0].instant());
    line.looking("npm", BytePath.ROOT);
    line.done();
    assertEquals("", err.toString());
    clock[0] = InstantSource.fixed(NOW.plus(Duration.ofSeconds(2)));
    line.looking("npm", BytePath.parse("/home/ada"));
    assertTrue(err.toString().startsWith("\rlooking at /home/ada: npm "));
    line.done();
    assertTrue(err.toString().endsWith("\r"));
  }
}
