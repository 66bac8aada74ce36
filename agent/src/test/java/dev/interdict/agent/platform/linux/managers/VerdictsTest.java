package dev.interdict.agent.platform.linux.managers;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// Answers of package managers that none of the installed ones gives here: only one that is
/// understood whole lets a package go.
class VerdictsTest {
  private static final String TOOL = "Would remove or purge tool (1.0-2) ...\n";

  private static void refused(int code, String output, String errors) {
    assertThrows(
        NotRemovedException.class, () -> Dpkg.verdict("tool", new Reply(code, output, errors)));
  }

  @Test
  void what_dpkg_would_take_besides_is_a_refusal() throws Exception {
    Dpkg.verdict("tool", new Reply(0, TOOL, ""));
    refused(0, TOOL + "Would remove or purge other (2) ...\n", "");
    refused(0, "Would remove or purge other (2) ...\n", "");
  }

  @Test
  void an_answer_of_dpkg_that_nobody_understands_is_no_permission() {
    refused(0, TOOL + "Would also configure other ...\n", "");
  }

  @Test
  void an_answer_of_apk_that_nobody_understands_is_no_permission() throws Exception {
    var taken = "(1/1) Purging tool (1.0-r0)\n";
    Apk.verdict("tool", new Reply(0, taken + "OK: 12 MiB in 15 packages\n", ""));
    assertThrows(
        NotRemovedException.class,
        () -> Apk.verdict("tool", new Reply(0, taken + "and something else\n", "")));
  }

  @Test
  void a_rehearsal_that_did_not_go_well_is_no_permission() throws Exception {
    refused(2, TOOL, "");
    refused(0, TOOL, "dpkg: warning: overriding problem because --force enabled:\n");
    refused(0, "", "");
    refused(0, TOOL + TOOL, "");
    Rpm.verdict(new Reply(0, "", ""));
    for (var reply :
        List.of(
            new Reply(1, "", ""), new Reply(0, "erased\n", ""), new Reply(0, "", "error: x\n"))) {
      assertThrows(NotRemovedException.class, () -> Rpm.verdict(reply));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void dpkg_is_told_to_keep_what_is_needed_whatever_its_settings_say(@TempDir Path folder)
      throws Exception {
    var told = folder.resolve("told");
    Workshop.script(folder.resolve("dpkg-query"), "printf '1.0-2\\tinstalled\\tno\\tno\\n'");
    Workshop.script(
        folder.resolve("dpkg"), "echo \"$@\" >> " + told, "echo '" + TOOL.strip() + "'");
    var dpkg = new Dpkg(Workshop.fakes(folder), new ManagedRoot(folder, true));
    var record = BytePath.parse("/var/lib/dpkg/status");
    var named = new Packages.Named("tool", "tool", "1.0-2", record);
    dpkg.rehearse(named);
    dpkg.remove(named);
    for (var line : Files.readAllLines(told)) {
      assertTrue(line.contains("--refuse-depends"), line);
      assertTrue(line.contains("--refuse-remove-essential"), line);
    }
  }
}
