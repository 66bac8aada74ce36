package dev.interdict.agent.platform.linux.managers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.sources.linux.ApkSource;
import dev.interdict.report.ErrorClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// With a program that stands in for apk: it writes down its arguments and answers what apk-tools
/// 2.14 answers by its source (`print_change`, `apk_solver_commit`) and Alpine's documentation.
@EnabledOnOs(OS.LINUX)
class ApkTest {
  private static final String DATABASE = "/lib/apk/db/installed";
  private static final String INSTALLED =
      """
      P:musl
      V:1.2.4-r2
      A:x86_64
      F:lib
      R:ld-musl-x86_64.so.1

      P:claude-code
      V:2.1.0-r0
      A:x86_64
      F:usr/bin
      R:claude

      """;

  @TempDir Path folder;
  private Workshop workshop;
  private Path bin;

  @BeforeEach
  void open() throws Exception {
    Workshop.needs("/bin/sh");
    workshop = new Workshop(Files.createDirectory(folder.resolve("root")));
    workshop.sandbox.write(DATABASE, INSTALLED);
    Workshop.script(workshop.sandbox.at("/usr/bin/claude"), ":");
    bin = Files.createDirectory(folder.resolve("bin"));
  }

  @AfterEach
  void close() {
    if (workshop != null) {
      workshop.close();
    }
  }

  /// @param simulated what it answers to a simulation
  /// @param deed what it does otherwise
  private void apk(int code, String simulated, String deed) throws Exception {
    Files.writeString(folder.resolve("answer"), simulated);
    Workshop.script(
        bin.resolve("apk"),
        "echo \"$@\" >> " + folder.resolve("arguments"),
        "case \" $* \" in *' --simulate '*) cat " + folder.resolve("answer"),
        "exit " + code + ";; esac",
        deed);
  }

  private Outcome remove() throws Exception {
    var managers =
        Managers.of(
            new ManagedRoot(workshop.sandbox.root(), true), Workshop.fakes(bin), workshop.machine);
    return Workshop.remove(managers, workshop.only(new ApkSource(), "claude-code"));
  }

  private String forgotten() {
    return "sed '/^P:claude-code/,$d' -i " + workshop.sandbox.at(DATABASE);
  }

  private List<String> arguments() throws Exception {
    return Files.readAllLines(folder.resolve("arguments"));
  }

  @Test
  void a_package_that_goes_alone_is_removed() throws Exception {
    apk(0, "(1/1) Purging claude-code (2.1.0-r0)\nOK: 12 MiB in 15 packages\n", forgotten());
    assertEquals(new Outcome.Done(), remove());
    assertEquals(
        List.of("del --simulate --no-progress -- claude-code", "del --no-progress -- claude-code"),
        arguments());
  }

  @Test
  void what_would_be_swept_up_with_it_is_a_refusal_with_the_list() throws Exception {
    apk(
        0,
        """
        (1/3) Purging claude-code (2.1.0-r0)
        (2/3) Purging ripgrep (14.0.3-r0)
        (3/3) Purging pcre2 (10.42-r2)
        Executing busybox-1.36.1-r15.trigger
        OK: 12 MiB in 13 packages
        """,
        forgotten());
    assertEquals("would take or break: pcre2, ripgrep", Workshop.refused(remove(), Refusal.NEEDED));
    assertEquals(1, arguments().size());
  }

  @Test
  void what_others_need_is_a_refusal_with_the_list() throws Exception {
    apk(
        0,
        """
        World updated, but the following packages are not removed due to:
          claude-code: devbox team-tools

        OK: 12 MiB in 15 packages
        """,
        forgotten());
    assertEquals(
        "would take or break: devbox, team-tools", Workshop.refused(remove(), Refusal.NEEDED));
  }

  @Test
  void what_would_be_installed_or_changed_in_its_place_is_a_refusal() throws Exception {
    apk(
        0,
        """
        (1/2) Purging claude-code (2.1.0-r0)
        (2/2) Downgrading musl (1.2.4-r2 -> 1.2.4-r1)
        OK: 12 MiB in 15 packages
        """,
        forgotten());
    assertEquals("would take or break: musl", Workshop.refused(remove(), Refusal.NEEDED));
  }

  @Test
  void an_answer_that_nobody_understands_is_no_permission() throws Exception {
    for (var answer :
        List.of("", "OK: 12 MiB in 15 packages\n", "(1/1) Purging claude-code\n", "really?\n")) {
      apk(0, answer, forgotten());
      assertInstanceOf(Outcome.Failed.class, remove(), answer);
    }
    apk(1, "(1/1) Purging claude-code (2.1.0-r0)\n", forgotten());
    assertInstanceOf(Outcome.Failed.class, remove());
    assertFalse(Files.readString(folder.resolve("arguments")).contains("del --no-progress"));
  }

  @Test
  void the_database_decides_and_not_the_exit_code() throws Exception {
    apk(0, "(1/1) Purging claude-code (2.1.0-r0)\n", "exit 0");
    assertEquals(
        ErrorClass.PACKAGE_MANAGER_ERROR, assertInstanceOf(Outcome.Failed.class, remove()).error());
    apk(0, "(1/1) Purging claude-code (2.1.0-r0)\n", forgotten() + "; exit 1");
    assertEquals(new Outcome.Done(), remove());
  }

  @Test
  void a_lock_is_waited_for_only_so_long() throws Exception {
    apk(0, "(1/1) Purging claude-code (2.1.0-r0)\n", "");
    Workshop.script(
        bin.resolve("apk"),
        "echo 'ERROR: Unable to lock database: Resource temporarily unavailable' >&2",
        "echo 'ERROR: Failed to open apk database: Resource temporarily unavailable' >&2",
        "exit 99");
    assertEquals(ErrorClass.FILE_IN_USE, assertInstanceOf(Outcome.Failed.class, remove()).error());
  }

  @Test
  void names_that_are_none_never_become_arguments() throws Exception {
    apk(0, "", "");
    for (var evil : DpkgTest.evil()) {
      if (!evil.equals("A:amd64")) {
        var named = Workshop.named("apk", evil, DATABASE);
        var managers =
            Managers.of(
                new ManagedRoot(workshop.sandbox.root(), true),
                Workshop.fakes(bin),
                workshop.machine);
        Workshop.refused(Workshop.remove(managers, named), Refusal.BAD_NAME);
      }
    }
    assertFalse(Files.exists(folder.resolve("arguments")));
  }

  @Test
  void the_programs_that_are_its_own_are_known() throws Exception {
    var tool = workshop.only(new ApkSource(), "claude-code");
    assertEquals(
        List.of("/usr/bin/claude"),
        workshop.managers().programs(tool).stream().map(part -> part.path().toString()).toList());
    workshop.sandbox.write(DATABASE, INSTALLED + "P:other\nV:1-r0\nF:usr/bin\nR:claude\n\n");
    assertEquals(List.of(), workshop.managers().programs(tool));
  }
}
