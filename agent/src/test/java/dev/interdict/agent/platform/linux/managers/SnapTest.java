package dev.interdict.agent.platform.linux.managers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.sources.linux.SnapSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// With a program that stands in for snap: it writes down its arguments and answers as snapd's
/// documentation shows.
@EnabledOnOs(OS.LINUX)
class SnapTest {
  private static final String HEAD =
      "Name         Version  Rev   Tracking       Publisher    Notes\n";

  @TempDir Path folder;
  private Workshop workshop;
  private Path bin;

  @BeforeEach
  void open() throws Exception {
    Workshop.needs("/bin/sh");
    workshop = new Workshop(Files.createDirectory(folder.resolve("root")));
    image("claude-code_42");
    bin = Files.createDirectory(folder.resolve("bin"));
  }

  @AfterEach
  void close() {
    if (workshop != null) {
      workshop.close();
    }
  }

  private void image(String name) throws Exception {
    workshop.sandbox.write("/var/lib/snapd/snaps/" + name + ".snap", "image");
  }

  private void snap(String listed, String deed) throws Exception {
    Files.writeString(folder.resolve("listed"), listed);
    Workshop.script(
        bin.resolve("snap"),
        "echo \"$@\" >> " + folder.resolve("arguments"),
        "if [ $1 = list ]; then",
        "[ -e " + folder.resolve("gone") + " ] || exec cat " + folder.resolve("listed"),
        "echo 'error: no matching snaps installed' >&2; exit 1; fi",
        deed);
  }

  private Outcome remove() throws Exception {
    var managers =
        Managers.of(
            new ManagedRoot(workshop.sandbox.root(), true), Workshop.fakes(bin), workshop.machine);
    return Workshop.remove(managers, workshop.only(new SnapSource(), "claude-code"));
  }

  private String gone() {
    return "touch " + folder.resolve("gone");
  }

  @Test
  void a_snap_is_removed_by_its_name_and_asked_for_again() throws Exception {
    snap(HEAD + "claude-code  2.1.0    42    latest/stable  anthropic✓   classic\n", gone());
    assertEquals(new Outcome.Done(), remove());
    assertEquals(
        List.of(
            "list -- claude-code",
            "list -- claude-code",
            "remove -- claude-code",
            "list -- claude-code"),
        Files.readAllLines(folder.resolve("arguments")));
    assertEquals(new Outcome.AlreadyDone(), remove());
  }

  @Test
  void another_instance_of_it_is_named_with_its_key() throws Exception {
    Files.delete(workshop.sandbox.at("/var/lib/snapd/snaps/claude-code_42.snap"));
    image("claude-code_work_42");
    snap(HEAD + "claude-code_work  2.1.0    42    latest/stable  anthropic✓   -\n", gone());
    assertEquals(new Outcome.Done(), remove());
    assertEquals(
        "remove -- claude-code_work", Files.readAllLines(folder.resolve("arguments")).get(2));
  }

  @Test
  void another_revision_than_the_one_that_was_seen_stays() throws Exception {
    snap(HEAD + "claude-code  2.2.0    43    latest/stable  anthropic✓   classic\n", gone());
    Workshop.refused(remove(), Refusal.CHANGED);
    assertFalse(Files.exists(folder.resolve("gone")));
  }

  @Test
  void what_other_snaps_stand_on_stays() throws Exception {
    for (var note : List.of("base", "snapd", "core", "kernel", "gadget", "held,base")) {
      snap(HEAD + "claude-code  2.1.0    42    latest/stable  anthropic✓   " + note + "\n", gone());
      Workshop.refused(remove(), Refusal.NEEDED);
    }
    assertFalse(Files.exists(folder.resolve("gone")));
  }

  @Test
  void an_answer_that_nobody_understands_is_no_permission() throws Exception {
    for (var answer :
        List.of(
            "",
            HEAD,
            HEAD + "other  1  1  latest/stable  someone  -\n",
            HEAD + "claude-code  1  1  latest/stable  someone\n",
            "claude-code  1  1  latest/stable  someone  -\n")) {
      snap(answer, gone());
      assertInstanceOf(Outcome.Failed.class, remove(), answer);
    }
    assertFalse(Files.exists(folder.resolve("gone")));
  }

  @Test
  void what_snapd_did_not_remove_is_a_failure() throws Exception {
    snap(HEAD + "claude-code  2.1.0    42    latest/stable  anthropic✓   -\n", "exit 0");
    assertInstanceOf(Outcome.Failed.class, remove());
  }

  @Test
  void names_that_are_none_never_become_arguments() throws Exception {
    snap("", gone());
    var managers =
        Managers.of(
            new ManagedRoot(workshop.sandbox.root(), true), Workshop.fakes(bin), workshop.machine);
    for (var evil : DpkgTest.evil()) {
      var named = Workshop.named("snap", evil, "/var/lib/snapd/snaps/x_1.snap");
      Workshop.refused(Workshop.remove(managers, named), Refusal.BAD_NAME);
    }
    for (var image : List.of("other_1.snap", "claude-code_.snap", "claude-code_--x_1.snap")) {
      var named = Workshop.named("snap", "claude-code", "/var/lib/snapd/snaps/" + image);
      Workshop.refused(Workshop.remove(managers, named), Refusal.BAD_NAME);
    }
    assertFalse(Files.exists(folder.resolve("arguments")));
  }
}
