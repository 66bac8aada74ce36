package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The prompt on a real terminal, which `script` of util-linux provides.
@Timeout(120)
@Tag("any-database")
class PromptIT {
  private static final String PASSPHRASE = "correct horse battery";
  private static final Path SCRIPT = Path.of("/usr/bin/script");
  @TempDir Path temp;

  /// Runs a program on a terminal that shows what is typed, unless the program forbids it; types
  /// the passphrase each time `prompt` appears.
  private static Typed atTerminal(List<String> program, String... prompts) throws Exception {
    Assumptions.assumeTrue(Files.isExecutable(SCRIPT), "a terminal needs script (util-linux)");
    var line = program.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    var command = List.of(SCRIPT.toString(), "-qef", "-E", "always", "-c", line, "/dev/null");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("INTERDICT_PASSPHRASE");
    var process = builder.start();
    try {
      var shown = new StringBuilder();
      var screen = process.inputReader(StandardCharsets.UTF_8);
      for (var prompt : prompts) {
        while (!shown.toString().endsWith(prompt)) {
          var c = screen.read();
          assertTrue(c >= 0, () -> "no prompt \"" + prompt + "\" but: " + shown);
          shown.append((char) c);
        }
        process.getOutputStream().write((PASSPHRASE + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
      }
      for (var c = screen.read(); c >= 0; c = screen.read()) {
        shown.append((char) c);
      }
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      return new Typed(process.exitValue(), shown.toString(), "");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void this_terminal_shows_what_nobody_hides() throws Exception {
    var shown = atTerminal(List.of("/bin/sh", "-c", "printf \"Say: \"; read answer"), "Say: ");
    assertTrue(shown.out().contains(PASSPHRASE), shown::out);
  }

  @Test
  void a_passphrase_is_asked_for_twice_and_not_shown() throws Exception {
    var file = temp.resolve("alice.p12").toString();
    var made =
        atTerminal(
            Program.java(Interdict.class, "key", "new", file),
            "New passphrase for " + file + ": ",
            "The same again: ");
    assertEquals(0, made.code(), made::out);
    assertFalse(made.out().contains(PASSPHRASE), made::out);
    var shown =
        atTerminal(
            Program.java(Interdict.class, "key", "show", file),
            "Passphrase of key file " + file + ": ");
    assertEquals(0, shown.code(), shown::out);
    assertTrue(shown.out().contains("Key id "), shown::out);
    assertFalse(shown.out().contains(PASSPHRASE), shown::out);
  }

  @Test
  void without_a_terminal_nobody_is_asked() throws Exception {
    var file = temp.resolve("alice.p12");
    var line = Program.java(Interdict.class, "key", "new", file.toString());
    var refused = new Program(Map.of(), temp).start(line, PASSPHRASE + "\n");
    assertEquals(2, refused.code());
    assertEquals(
        "interdict key new: there is no terminal to ask for a passphrase at; use --passphrase-file"
            + " or set INTERDICT_PASSPHRASE\n",
        refused.err());
    assertFalse(Files.exists(file));
  }
}
