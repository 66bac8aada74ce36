package dev.interdict.agent.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.inventory.Identity;
import dev.interdict.agent.inventory.Item;
import dev.interdict.policy.RuleFixtures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {
  private static final String RULE =
      RuleFixtures.CLAUDE_CODE.replace(
          "{\"process\": {\"executable-of\": \"matched\"}}",
          """
          {"process": {"executable-of": "matched"}},
          {"model-use": {"models": ["claude-opus-*"]}},
          {"environment": {"variables": ["ANTHROPIC_API_KEY"]}}
          """);
  private static final Mask MASK = new Mask(RuleFixtures.rule(RULE));
  private static final Home HOME = new Home("zhao.lei", 1000, BytePath.parse("/data/zhao.lei"));

  private static String place(@Nullable Home owner, String path, @Nullable String version) {
    return MASK.place(
        new Item(
            "npm",
            new Identity.OfProgram("x"),
            version,
            owner,
            BytePath.parse(path),
            java.util.List.of()));
  }

  @ParameterizedTest
  @CsvSource({
    ".nvm/versions/node/v22.9.0/lib/node_modules/@anthropic-ai/claude-code, =",
    ".local/share/claude/versions/2.1.112, =",
    ".vscode/extensions/anthropic.claude-code-2.1.112-linux-x64, =",
    ".vscode-server/extensions/anthropic.claude-code-2.1.112, =",
    "Library/Application Support/Claude/claude-code, =",
    ".local/lib/python3.12/site-packages, =",
    ".config/google-chrome/Default/Extensions, =",
    ".config/google-chrome/Profile 3/Extensions, =",
    "work/acme-merger/node_modules/@anthropic-ai/claude-code, "
        + "…/node_modules/@anthropic-ai/claude-code",
    "a/b/c/d/node_modules, …/node_modules",
    "x/y/z l/v6/bin, …/v6/bin",
    ".npm/_npx/5a1c9f00d2/node_modules/.bin, .npm/_npx/…/node_modules/.bin",
    "projects/claude-code-of-zhao/bin, …/bin",
    "项目/bin, …/bin",
    "%FF%FE/bin, …/bin",
    "13800138000/bin, …/bin",
    "1987/bin, …/bin",
    "node13800138000/bin, …/bin",
    "claude 2.1.112 copy for Maria/bin, …/bin",
  })
  void of_a_place_in_a_home_the_known_words_are_told(String place, String told) {
    assertEquals(
        "~/" + (told.equals("=") ? place : told),
        place(HOME, "/data/zhao.lei/" + place, "2.1.112"));
  }

  @ParameterizedTest
  @CsvSource({
    "/usr/local/lib/node_modules/@anthropic-ai/claude-code, =",
    "/opt/google/chrome/extensions, =",
    "/home/zhao/.nvm/bin, /home/…/.nvm/bin",
    "/home/bin/.nvm/bin, /home/…/.nvm/bin",
    "/home/claude/bin, /home/…/bin",
    "/Users/zhao/Library/pnpm, /Users/…/Library/pnpm",
    "/opt/zhao/claude/bin, /opt/…/claude/bin",
    "/srv/people/z/lei/bin, /srv/…/bin",
    "/data/zhao.leibniz/bin, /data/…/bin",
  })
  void outside_of_homes_too(String place, String told) {
    assertEquals(told.equals("=") ? place : told, place(null, place, null));
  }

  @Test
  void a_version_that_holds_a_name_lets_nothing_through() {
    assertEquals("~/bin/…", place(HOME, "/data/zhao.lei/bin/2.1-zhao", "2.1-zhao"));
    assertEquals("~/bin/…", place(HOME, "/data/zhao.lei/bin/zhao", "zhao"));
  }

  @ParameterizedTest
  @CsvSource({
    "pkg:npm/%40anthropic-ai/claude-code@2.1.112, =",
    "pkg:npm/%40anthropic-ai/claude-code@2.1.112-rc.1, =",
    "pkg:deb/debian/claude-code@1%3A2.1-1~bpo12%2B1?arch=amd64, =",
    "pkg:npm/%40anthropic-ai/claude-code@2.1.112-zhao, pkg:npm/%40anthropic-ai/claude-code",
    "pkg:npm/%40zhao/my-wrapper@1.0.0, pkg:npm/…",
    "vscode:anthropic.claude-code, =",
    "program:.local/share/claude/versions, =",
    "program:/home/zhao/tools/claude, program:/home/…/tools/claude",
    "program:Downloads/from-maria/claude, program:Downloads/…/claude",
    "model:aider:claude-opus-4-5-20251101, =",
    "model:aider:claude-opus-zhao, model:aider:…",
    "variable:ANTHROPIC_API_KEY, =",
    "vscode:zhao.tool, vscode:…",
    "container:registry.acme.example/zhao/claude-code, container:…/claude-code",
    "residue:autostart:claude-zhao.desktop, residue:autostart:…",
    "zhao@1.0, …",
    "residue:data:.claude/zhao, residue:data:.claude/…",
  })
  void of_an_identity_what_the_rule_does_not_say_is_hidden(String identity, String told) {
    assertEquals(told.equals("=") ? identity : told, MASK.identity(identity));
  }

  @ParameterizedTest
  @CsvSource({
    "2.1.112, =",
    "1:2.1-1ubuntu0.24.04.1, =",
    "2.1.112-1~bpo12+1, =",
    "0.0.0-canary.20260710, =",
    "1.0.0b2, =",
    "2.1.112-zhao.lei, 2.1.112-…",
    "zhao, …",
    "1.0 by Maria, 1.0…",
    "13800138000, …",
    "版本1.0, …1.0",
  })
  void of_a_version_what_no_tool_writes_is_hidden(String version, String told) {
    assertEquals(told.equals("=") ? version : told, VersionWords.masked(version));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "npx cache | =",
        "nvm, Node 22.9.0 | =",
        "nvm, Node 22.9.0-zhao | nvm, Node …",
        "Chrome, Default | =",
        "Chrome, Zhao Lei at home | Chrome, … at home",
        "editable, from a folder of its user | =",
        "of the system's package manager | =",
        "conda environment | =",
        "project | =",
        "uv tool | =",
        "pnpm dlx cache | =",
        "virtual environment | =",
        "left behind by pip | =",
        "inside a Homebrew formula | =",
        "running, its file is gone | =",
        "left on disk and no longer listed | =",
        "installer receipt | =",
        "forced by policy | =",
        "earlier generation | =",
      })
  void of_an_origin_our_own_words_are_told(String origin, String told) {
    assertEquals(told.equals("=") ? origin : told, MASK.origin(origin));
  }
}
