package dev.interdict.agent.platform.linux.managers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.platform.linux.privilege.RootOnly;
import dev.interdict.report.ErrorClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ProgramsTest {
  @TempDir Path folder;

  private Path record() {
    return folder.resolve("record");
  }

  private static ErrorClass failure(NotRemovedException e) {
    return ((Outcome.Failed) e.outcome()).error();
  }

  @Test
  void a_program_sees_a_fixed_environment_and_its_arguments_whole() throws Exception {
    Workshop.script(
        folder.resolve("tool"), "/usr/bin/env > " + record(), "printf '[%s]' \"$@\"; pwd");
    var reply =
        Workshop.fakes(folder).ask("tool", Map.of("MORE", "1"), List.of("a b", "$(x)", "", "--"));
    assertEquals("[a b][$(x)][][--]/\n", reply.output());
    var names =
        Files.readAllLines(record()).stream()
            .map(line -> line.substring(0, line.indexOf('=')))
            // The shell's own.
            .filter(name -> !List.of("PWD", "_", "SHLVL", "OLDPWD").contains(name))
            .sorted()
            .toList();
    assertEquals(List.of("DEBIAN_FRONTEND", "LC_ALL", "MORE", "PATH"), names);
    assertTrue(Files.readAllLines(record()).contains("PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
  }

  @Test
  void a_program_where_others_can_write_is_not_started_nor_another_in_its_place() throws Exception {
    var writable = Files.createDirectory(folder.resolve("trap"));
    Workshop.script(writable.resolve("dpkg"), "touch " + record());
    var programs =
        new Programs(
            List.of(writable, Path.of("/usr/bin")),
            RootOnly::program,
            Path.of("/nonexistent"),
            Workshop.LIMITS);
    var refused =
        assertThrows(
            NotRemovedException.class, () -> programs.ask("dpkg", Map.of(), List.of("--version")));
    assertEquals(ErrorClass.ACCESS_DENIED, failure(refused));
    assertFalse(Files.exists(record()));
  }

  @Test
  void a_program_that_is_not_there_is_said_so() {
    var missing =
        assertThrows(
            NotRemovedException.class,
            () -> Workshop.fakes(folder).ask("dpkg", Map.of(), List.of()));
    assertEquals("dpkg is not installed", missing.getMessage());
  }

  @Test
  void where_systemd_runs_a_removal_is_a_unit_of_its_own_and_a_question_is_not() throws Exception {
    Workshop.script(folder.resolve("systemd-run"), "printf '%s\\n' \"$@\" > " + record());
    Workshop.script(folder.resolve("tool"), "echo asked");
    var programs = new Programs(List.of(folder), _ -> true, folder, Workshop.LIMITS);
    assertEquals("asked\n", programs.ask("tool", Map.of(), List.of()).output());
    programs.act("tool", Map.of("MORE", "1"), List.of("--remove", "--", "x"), _ -> false);
    assertEquals(
        List.of(
            "--wait",
            "--pipe",
            "--collect",
            "--quiet",
            "--service-type=exec",
            "--property=RuntimeMaxSec=20",
            "--property=TimeoutStopSec=5",
            "--setenv=DEBIAN_FRONTEND=noninteractive",
            "--setenv=LC_ALL=C.UTF-8",
            "--setenv=MORE=1",
            "--setenv=PATH=/usr/sbin:/usr/bin:/sbin:/bin",
            "--",
            folder.resolve("tool").toString(),
            "--remove",
            "--",
            "x"),
        Files.readAllLines(record()));
  }

  @Test
  void what_is_held_up_is_tried_again() throws Exception {
    Workshop.script(
        folder.resolve("tool"),
        "[ -e " + record() + " ] && exit 0; touch " + record() + "; echo busy >&2; exit 2");
    var reply =
        Workshop.fakes(folder)
            .act("tool", Map.of(), List.of(), answer -> answer.errors().contains("busy"));
    assertEquals(0, reply.code());
  }
}
