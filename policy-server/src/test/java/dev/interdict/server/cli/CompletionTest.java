package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {
  @TempDir Path folder;

  /// What a shell says to a script; skipped where it is not installed.
  private String said(String shell, String script, String more) throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin", shell)), shell + " is not installed");
    var file = Files.writeString(folder.resolve("script"), script + more);
    var process =
        new ProcessBuilder("/usr/bin/" + shell, file.toString()).redirectErrorStream(true).start();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(20, TimeUnit.SECONDS));
    assertEquals(0, process.exitValue(), out);
    return out;
  }

  @Test
  void bash_completes_a_command_below_another() throws Exception {
    var script = Typed.admin("completion", "bash").out();
    var said =
        said(
            "bash",
            script,
            "\nCOMP_WORDS=(interdict device '')\nCOMP_CWORD=2\n_complete_interdict\n"
                + "echo \"${COMPREPLY[@]}\"\n");
    assertTrue(said.contains("list") && said.contains("show"), said);
  }

  @Test
  void fish_takes_the_script_and_completes() throws Exception {
    var script = Typed.admin("completion", "fish").out();
    assertTrue(script.contains("-n '__interdict_at device' -f -a list"), script);
    var said = said("fish", script, "\ncomplete -C 'interdict device l'\n");
    assertTrue(said.startsWith("list"), said);
    for (var typed :
        new String[][] {
          {"interdict device --profile ci l", "list"},
          {"interdict draft show 12 --cont", "--content"},
          {"interdict status --output ", "json"},
          {"interdict completion z", "zsh"}
        }) {
      said = said("fish", script, "\ncomplete -C '" + typed[0] + "'\n");
      assertTrue(said.contains(typed[1]), typed[0] + ": " + said);
    }
  }

  /// As somebody types it at a terminal of their own.
  @Test
  void zsh_takes_the_script_and_completes() throws Exception {
    var script = Typed.admin("completion", "zsh").out();
    var file = Files.writeString(folder.resolve("interdict.sh"), script);
    var said =
        said(
            "zsh",
            """
            zmodload zsh/zpty
            zpty typed zsh -f -i
            zpty -w typed "autoload -U compinit bashcompinit; compinit -u; bashcompinit; source %s; echo rea''dy"
            zpty -r typed before '*ready*'
            zpty -w -n typed $'interdict draft sub\t'
            zpty -r -m typed said '*submit*'
            print -r -- $said
            zpty -d typed
            """
                .formatted(file),
            "");
    assertTrue(said.contains("submit"), said);
  }

  @Test
  void another_shell_is_a_misuse() {
    assertEquals(2, Typed.admin("completion", "ksh").code());
  }
}
