package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.draft.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuleCommandsTest {
  @TempDir Path folder;

  @Test
  void a_catalogue_rule_is_written_with_its_cases_and_passes_them() throws IOException {
    var made = Typed.admin("rule", "new", "claude-code", "--into", folder.toString());
    assertEquals(0, made.code(), made::err);
    var rule = folder.resolve("claude-code.yaml").toString();
    assertEquals(new Typed(0, "OK  1 rule\n", ""), Typed.admin("rule", "lint", rule));
    var cases = folder.resolve("claude-code").toString();
    var tested = Typed.admin("rule", "test", rule, "--against", cases);
    assertEquals(0, tested.code());
    assertTrue(tested.out().endsWith("21 cases, 0 failed\n"), tested::out);
    assertFalse(tested.out().contains("FAIL"));
  }

  @Test
  void the_help_names_what_is_ready() {
    var help = Typed.admin("rule", "new", "--help").out();
    Catalogue.IDS.forEach(id -> assertTrue(help.contains(id), id));
  }

  private static final String INVENTORY =
      """
      {"format": 1, "complete": true, "homes": [], "processes": [], "gaps": [], "items": [
        {"source": "npm", "identity": {"package": "pkg:npm/%40anthropic-ai/claude-code@2.1.112"},
         "version": "2.1.112", "owner": "/home/ada", "location": "/home/ada/n/claude-code",
         "parts": []},
        {"source": "npm", "identity": {"package": "pkg:npm/claude-code@1.0.0"}, "version": "1.0.0",
         "location": "/home/ada/n/x", "parts": []}]}
      """;

  @Test
  void a_rule_is_explained_on_what_a_workstation_holds() throws IOException {
    Typed.admin("rule", "new", "claude-code", "--into", folder.toString());
    var rule = folder.resolve("claude-code.yaml").toString();
    var held = Files.createDirectory(folder.resolve("held"));
    var inventory = Files.writeString(held.resolve("inventory.json"), INVENTORY);
    var expected =
        inventory
            + "\n"
            + """
            MATCH   pkg:npm/%40anthropic-ai/claude-code@2.1.112
                    /home/ada/n/claude-code (npm)
                    meant by package pkg:npm/%40anthropic-ai/claude-code
            NEAR    pkg:npm/claude-code@1.0.0
                    /home/ada/n/x (npm)
                    not meant: the same name in another scope or of another publisher:
                      package pkg:npm/%40anthropic-ai/claude-code
            1 matched, 0 spared, 1 near, 0 others not meant
            """;
    for (var against : new Path[] {inventory, held}) {
      assertEquals(
          new Typed(0, expected, ""),
          Typed.admin("rule", "test", rule, "--against", against.toString()));
    }
    var json = Typed.admin("rule", "test", rule, "--against", held.toString(), "-o", "json");
    assertEquals(0, json.code());
    assertTrue(json.out().contains("\"difference\": \"publisher\""), json::out);
  }

  @Test
  void an_inventory_beside_cases_fails_with_them_only() throws IOException {
    Typed.admin("rule", "new", "claude-code", "--into", folder.toString());
    var rule = folder.resolve("claude-code.yaml").toString();
    var cases = folder.resolve("claude-code");
    Files.writeString(cases.resolve("inventory.json"), INVENTORY);
    assertEquals(0, Typed.admin("rule", "test", rule, "--against", cases.toString()).code());
    Files.writeString(
        cases.resolve("more.json"),
        "{\"cases\": [{\"name\": \"x\", \"expect\": \"match\","
            + " \"items\": [{\"variable\": \"X\"}]}]}");
    var failed = Typed.admin("rule", "test", rule, "--against", cases.toString());
    assertEquals(1, failed.code());
    assertTrue(failed.out().contains("1 matched, 0 spared"), failed::out);
  }

  @Test
  void an_inventory_that_cannot_be_read_is_said_in_one_line() throws IOException {
    Typed.admin("rule", "new", "claude-code", "--into", folder.toString());
    var rule = folder.resolve("claude-code.yaml").toString();
    var broken =
        Files.writeString(
            folder.resolve("i.json"), INVENTORY.replace("\"format\": 1", "\"format\": 9"));
    var tested = Typed.admin("rule", "test", rule, "--against", broken.toString());
    assertEquals(1, tested.code());
    assertEquals(1, tested.err().lines().count());
    assertTrue(tested.err().contains("not an inventory: "), tested::err);
  }

  @Test
  void a_new_rule_lints_clean_and_is_never_written_over_a_file() {
    assertEquals(0, Typed.admin("rule", "new", "some-tool", "--into", folder.toString()).code());
    var rule = folder.resolve("some-tool.yaml");
    assertEquals(0, Typed.admin("rule", "lint", rule.toString()).code());
    var again = Typed.admin("rule", "new", "some-tool", "--into", folder.toString());
    assertEquals(new Typed(6, "", "interdict rule new: " + rule + " is there already\n"), again);
  }

  @Test
  void a_case_that_fails_says_what_was_expected_and_what_came() throws IOException {
    Typed.admin("rule", "new", "claude-code", "--into", folder.toString());
    var cases =
        Files.writeString(
            folder.resolve("cases.json"),
            """
            {"cases": [{"name": "router", "expect": "match",
              "items": [{"package": "pkg:npm/claude-code-router@1.0.0"}]}]}
            """);
    var tested =
        Typed.admin(
            "rule",
            "test",
            folder.resolve("claude-code.yaml").toString(),
            "--against",
            cases.toString());
    assertEquals(1, tested.code());
    assertEquals(
        """
        FAIL router                                             match     1 item
               pkg:npm/claude-code-router@1.0.0 is not matched
        1 case, 1 failed
        """,
        tested.out());
  }

  @Test
  void cases_that_cannot_be_read_are_a_finding_at_their_line() throws IOException {
    Typed.admin("rule", "new", "claude-code", "--into", folder.toString());
    var cases =
        Files.writeString(
            folder.resolve("cases.yaml"),
            "cases:\n  - name: x\n    expect: match\n    items: [{pakage: pkg:npm/x}]\n");
    var tested =
        Typed.admin(
            "rule",
            "test",
            folder.resolve("claude-code.yaml").toString(),
            "--against",
            cases.toString());
    assertEquals(1, tested.code());
    assertTrue(
        tested.out().contains("cases.yaml:4:14  error  R002  unknown field \"pakage\""),
        tested::out);
    assertEquals("interdict rule test: the cases cannot be read\n", tested.err());
  }

  @Test
  void lint_findings_are_lines_with_a_place_and_an_exit_code() throws IOException {
    var rule = Files.writeString(folder.resolve("bad.yaml"), "id: bad\nid: worse\n");
    assertEquals(
        new Typed(
            1,
            rule
                + ":2:1  error  R001  has \"id\" twice, first in line 1; keep one\n"
                + "1 error, 0 warnings. See: interdict rule explain R001\n",
            ""),
        Typed.admin("rule", "lint", rule.toString()));
    var json = Typed.admin("rule", "lint", rule.toString(), "--output", "json");
    assertEquals(1, json.code());
    assertTrue(json.out().contains("\"line\": 2"), json::out);
  }

  @Test
  void every_code_is_explained() {
    var listed = Typed.admin("rule", "explain");
    assertEquals(0, listed.code());
    listed
        .out()
        .lines()
        .forEach(line -> {
          var explained = Typed.admin("rule", "explain", line.substring(0, 4));
          assertEquals(0, explained.code());
          assertTrue(explained.out().contains("What to do: "), line);
        });
    assertEquals(2, Typed.admin("rule", "explain", "R999").code());
  }

  @Test
  void what_is_not_understood_is_one_line_and_exit_code_2() {
    assertEquals(
        new Typed(
            2,
            "",
            "interdict rule: \"lnt\" is not known here, did you mean lint?; see interdict rule"
                + " --help\n"),
        Typed.admin("rule", "lnt"));
    assertEquals(
        new Typed(2, "", "interdict rule lint: there is no file nowhere.yaml\n"),
        Typed.admin("rule", "lint", "nowhere.yaml"));
    assertEquals(1, Typed.admin("rule").err().lines().count());
    assertEquals(2, Typed.admin().code());
    assertEquals(0, Typed.admin("--help").code());
    assertTrue(Typed.admin("rule", "test", "--help").out().contains("expect: match"));
  }

  @Test
  void colours_come_only_where_they_are_wanted() throws IOException {
    var rule = Files.writeString(folder.resolve("bad.yaml"), "id: bad\nid: worse\n").toString();
    assertTrue(Typed.colored("rule", "lint", rule).out().contains("\u001b[31merror"));
    for (var line :
        List.of(
            List.of("--no-color", "rule", "lint", rule),
            List.of("rule", "lint", rule, "--no-color"))) {
      var plain = Typed.colored(line.toArray(String[]::new));
      assertTrue(plain.out().contains("  error  ") && !plain.out().contains("\u001b"), plain.out());
    }
    assertFalse(Typed.admin("rule", "lint", rule).out().contains("\u001b"));
  }
}
