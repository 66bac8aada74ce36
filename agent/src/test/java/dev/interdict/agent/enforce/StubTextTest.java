package dev.interdict.agent.enforce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonWriter;
import dev.interdict.policy.Rule;
import dev.interdict.policy.RuleFixtures;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StubTextTest {
  private static final List<String> HOSTILE =
      List.of(
          "'; touch here; '",
          "`touch here`",
          "$(touch here)",
          "\\'; touch here #",
          "\"; touch here; \"",
          "x\ntouch here\n",
          "x\r\ntouch here & exit 0",
          "\u001b[2J\u001b]0;x\u0007 touch here",
          "\u202etouch here\u2066",
          "%s%n%x %PATH% %0 ^& touch here",
          "-n \\c \\0101 \\x41",
          "高& touch here",
          "a | touch here > here < here && touch here",
          "!PATH! /?",
          "\ud800 lone");

  @TempDir Path folder;

  private static StubText stub(String text) {
    return Objects.requireNonNull(StubText.of(rule(text)));
  }

  /// A rule whose every text is this one.
  private static Rule rule(String text) {
    var quoted = new String(JsonWriter.compact(new Json.Text(text)), StandardCharsets.UTF_8);
    var both = "{\"en\": " + quoted + ", \"zh-CN\": " + quoted + "}";
    return RuleFixtures.rule(
        RuleFixtures.EVERYTHING
            .replace("\"name\": \"Claude Code\"", "\"name\": " + quoted)
            .replace("\"name\": \"Qoder\"", "\"name\": " + quoted)
            .replace("\"publisher\": \"Anthropic\"", "\"publisher\": " + quoted)
            .replace("{\"en\": \"High risk.\", \"zh-CN\": \"高风险。\"}", both)
            .replace("{\"en\": \"Ask the service desk.\", \"zh-CN\": \"请咨询服务台。\"}", both));
  }

  /// What a process printed on its error channel.
  private record Ran(int code, String out, String err) {}

  private Ran run(String shell, byte[] script) throws IOException, InterruptedException {
    var file = Files.write(folder.resolve("stub"), script);
    var out = folder.resolve("out").toFile();
    var err = folder.resolve("err").toFile();
    var empty = Files.createDirectories(folder.resolve("work"));
    var process =
        new ProcessBuilder(List.of(shell, file.toString()))
            .directory(empty.toFile())
            .redirectOutput(out)
            .redirectError(err)
            .start();
    var code = process.waitFor();
    try (var made = Files.list(empty)) {
      assertEquals(List.of(), made.toList(), "it runs nothing");
    }
    return new Ran(code, Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  @Test
  void a_rule_that_asks_for_none_has_none() {
    assertNull(StubText.of(RuleFixtures.rule(RuleFixtures.CLAUDE_CODE)));
  }

  @EnabledOnOs(OS.LINUX)
  @ParameterizedTest
  @ValueSource(strings = {"/bin/sh", "/bin/bash", "/bin/dash", "/bin/ksh", "/bin/zsh"})
  void a_shell_prints_both_languages_and_ends_with_126(String shell) throws Exception {
    assumeTrue(Files.isExecutable(Path.of(shell)), "needs " + shell);
    var text =
        Objects.requireNonNull(StubText.of(RuleFixtures.rule(RuleFixtures.EVERYTHING))).shell();
    var ran = run(shell, text);
    assertEquals(126, ran.code());
    assertEquals("", ran.out());
    assertEquals(
        """
        Claude Code (Anthropic) was removed from this computer.
        By whose decision: your company's list of high-risk software, rule claude-code.
        Why: High risk.
        Use instead: Qoder, https://qoder.com/
        Whom to ask: Ask the service desk.

        Claude Code（Anthropic）已从本机移除。
        决定依据：公司高风险软件清单，规则 claude-code。
        原因：高风险。
        请改用：Qoder，https://qoder.com/
        咨询：请咨询服务台。
        """,
        ran.err());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void hostile_texts_are_printed_and_not_run() throws Exception {
    for (var text : HOSTILE) {
      var ran = run("/bin/sh", stub(text).shell());
      assertEquals(126, ran.code(), text);
      assertEquals("", ran.out(), text);
      assertEquals(11, ran.err().lines().count(), () -> "one line each: " + ran.err());
      assertFalse(
          ran.err().codePoints().anyMatch(c -> c != '\n' && Character.isISOControl(c)), text);
      assertFalse(ran.err().codePoints().anyMatch(c -> Character.getType(c) == Character.FORMAT));
    }
    assertTrue(run("/bin/sh", stub("'$(x)`").shell()).err().startsWith("'$(x)` ('$(x)`) was"));
  }

  /// The interpreter of Windows reads lines of bytes in the code page of the console, in which the
  /// bytes of a Chinese character may take the next one with them.
  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "GBK", "GB18030", "Shift_JIS", "Big5", "windows-1252", "IBM437"})
  void hostile_texts_mean_nothing_to_windows_in_any_code_page(String page) {
    for (var text : HOSTILE) {
      var read = new String(stub(text).batch(), Charset.forName(page));
      var lines = read.split("\r\n", -1);
      assertEquals(15, lines.length, text);
      assertEquals("@echo off", lines[0]);
      assertEquals("setlocal DisableDelayedExpansion", lines[1]);
      assertEquals("exit /b 126", lines[13]);
      for (var line : List.of(lines).subList(2, 13)) {
        assertTrue(line.startsWith(">&2 echo("), line);
        var said = line.substring(9);
        assertFalse(said.matches("(?s).*[&|<>^\"!\\r\\n].*"), () -> page + ": " + line);
        assertFalse(said.replace("%%", "").contains("%"), () -> page + ": " + line);
        assertFalse(said.contains("/?"), line);
      }
    }
  }

  @Test
  void endless_texts_are_cut() {
    assertTrue(stub("\u9ad8".repeat(9000)).shell().length < 20 << 10);
    assertTrue(stub("'".repeat(9000)).shell().length < 20 << 10);
  }
}
