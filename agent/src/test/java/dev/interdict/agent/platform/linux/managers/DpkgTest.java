package dev.interdict.agent.platform.linux.managers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.sources.linux.DpkgSource;
import dev.interdict.report.ErrorClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// With the real dpkg, in a root of its own.
@EnabledOnOs(OS.LINUX)
class DpkgTest {
  private static final String TOOL = "evil-tool";

  @TempDir Path folder;
  private Workshop workshop;

  @BeforeEach
  void open() throws Exception {
    Workshop.needs("/usr/bin/dpkg", "/usr/bin/dpkg-deb");
    workshop = new Workshop(Files.createDirectory(folder.resolve("root")));
    workshop.sandbox.write("/var/lib/dpkg/status", "");
    Files.createDirectories(workshop.sandbox.at("/var/lib/dpkg/info"));
    Files.createDirectories(workshop.sandbox.at("/var/lib/dpkg/updates"));
  }

  @AfterEach
  void close() {
    if (workshop != null) {
      workshop.close();
    }
  }

  /// Builds and installs a package with a program, a setting and a document.
  ///
  /// @param scripts name, then text, of scripts of the package
  private void install(String name, String fields, String... scripts) throws Exception {
    var tree = folder.resolve(name);
    Workshop.script(tree.resolve("usr/bin/" + name), "sleep 600");
    Files.createDirectories(tree.resolve("etc"));
    Files.writeString(tree.resolve("etc/" + name + ".conf"), "colour = green\n");
    Files.createDirectories(tree.resolve("DEBIAN"));
    Files.writeString(tree.resolve("DEBIAN/conffiles"), "/etc/" + name + ".conf\n");
    Files.writeString(
        tree.resolve("DEBIAN/control"),
        "Package: "
            + name
            + "\nVersion: 1:1.0-2\nArchitecture: all\nMaintainer: A <a@example.com>\n"
            + fields
            + "Description: built for a test\n");
    for (var i = 0; i < scripts.length; i += 2) {
      Workshop.script(tree.resolve("DEBIAN/" + scripts[i]), scripts[i + 1]);
    }
    var deb = folder.resolve(name + ".deb").toString();
    Workshop.run(null, "/usr/bin/dpkg-deb", "--build", tree.toString(), deb);
    Workshop.run(
        null,
        "/usr/bin/dpkg",
        "--root=" + workshop.sandbox.root(),
        "--force-depends",
        "--install",
        deb);
  }

  private ManagedPackage tool() throws Exception {
    return workshop.only(new DpkgSource(), TOOL);
  }

  private boolean there(String path) {
    return Files.exists(workshop.sandbox.at(path));
  }

  @Test
  void a_package_goes_and_its_settings_stay() throws Exception {
    install(TOOL, "");
    Files.writeString(workshop.sandbox.at("/etc/evil-tool.conf"), "colour = red\n");
    assertEquals(new Outcome.Done(), Workshop.remove(workshop.managers(), tool()));
    assertFalse(there("/usr/bin/evil-tool"));
    assertEquals("colour = red\n", Files.readString(workshop.sandbox.at("/etc/evil-tool.conf")));
    assertEquals(List.of(), workshop.seen(new DpkgSource()), "what is left is no installation");
  }

  @Test
  void what_is_gone_already_is_no_failure() throws Exception {
    install(TOOL, "");
    var tool = tool();
    Workshop.remove(workshop.managers(), tool);
    assertEquals(new Outcome.AlreadyDone(), Workshop.remove(workshop.managers(), tool));
    var never = Workshop.named("dpkg", "deb", "never-there", "1", "all", "/var/lib/dpkg/status");
    assertEquals(new Outcome.AlreadyDone(), Workshop.remove(workshop.managers(), never));
  }

  @Test
  void what_others_need_stays_with_the_list_of_them() throws Exception {
    install(TOOL, "");
    install("needs-it", "Depends: evil-tool\n");
    install("needs-it-too", "Pre-Depends: evil-tool\n");
    var outcome = Workshop.remove(workshop.managers(), tool());
    assertEquals(
        "would take or break: needs-it, needs-it-too", Workshop.refused(outcome, Refusal.NEEDED));
    assertTrue(there("/usr/bin/evil-tool"));
  }

  @Test
  void what_the_machine_calls_essential_or_protected_stays() throws Exception {
    install(TOOL, "Essential: yes\n");
    Workshop.refused(Workshop.remove(workshop.managers(), tool()), Refusal.NEEDED);
    install("guarded", "Protected: yes\n");
    var guarded = workshop.only(new DpkgSource(), "guarded");
    Workshop.refused(Workshop.remove(workshop.managers(), guarded), Refusal.NEEDED);
    assertTrue(there("/usr/bin/evil-tool"));
    assertTrue(there("/usr/bin/guarded"));
  }

  @Test
  void another_version_than_the_one_that_was_seen_stays() throws Exception {
    install(TOOL, "");
    var other = Workshop.named("dpkg", "deb", TOOL, "1:1.0-1", "all", "/var/lib/dpkg/status");
    Workshop.refused(Workshop.remove(workshop.managers(), other), Refusal.CHANGED);
    assertTrue(there("/usr/bin/evil-tool"));
  }

  /// The lock is held as another dpkg holds it, by another process.
  @Test
  void a_lock_is_waited_for_only_so_long() throws Exception {
    install(TOOL, "");
    Workshop.needs("/usr/bin/python3");
    var lock = workshop.sandbox.at("/var/lib/dpkg/lock").toString();
    var holder =
        new ProcessBuilder(
                "/usr/bin/python3",
                "-c",
                "import fcntl,sys; f=open(sys.argv[1],'w'); fcntl.lockf(f,fcntl.LOCK_EX);"
                    + " print('held',flush=True); sys.stdin.read()",
                lock)
            .start();
    try (var output = holder.inputReader()) {
      assertEquals("held", output.readLine());
      var outcome = Workshop.remove(workshop.managers(), tool());
      assertEquals(ErrorClass.FILE_IN_USE, assertInstanceOf(Outcome.Failed.class, outcome).error());
      assertTrue(there("/usr/bin/evil-tool"));
    } finally {
      holder.destroyForcibly().waitFor();
    }
    assertEquals(new Outcome.Done(), Workshop.remove(workshop.managers(), tool()));
  }

  @Test
  void a_script_that_hangs_is_ended_and_the_database_is_whole_and_the_next_try_succeeds()
      throws Exception {
    workshop.bring("/bin/sh");
    workshop.bring("/bin/sleep");
    install(TOOL, "", "prerm", "exec sleep 600");
    var limits =
        new Programs.Limits(Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(1));
    var outcome = Workshop.remove(workshop.managers(true, limits), tool());
    var failed = assertInstanceOf(Outcome.Failed.class, outcome);
    assertEquals(ErrorClass.TIMEOUT, failed.error());
    assertTrue(failed.detail().startsWith("left half-configured: "), failed.detail());
    assertEquals("", audit("--verify"), "no file is missing");
    assertTrue(there("/usr/bin/evil-tool"));
    assertEquals("half-configured", state());

    Workshop.script(workshop.sandbox.at("/var/lib/dpkg/info/evil-tool.prerm"), "exit 0");
    assertEquals(new Outcome.Done(), Workshop.remove(workshop.managers(true, limits), tool()));
    assertEquals("config-files", state());
    assertEquals("", audit("--audit"));
  }

  @Test
  void a_script_that_fails_is_a_failure_and_the_package_stays() throws Exception {
    workshop.bring("/bin/sh");
    install(TOOL, "", "prerm", "exit 3");
    var outcome = Workshop.remove(workshop.managers(true, Workshop.LIMITS), tool());
    assertEquals(
        ErrorClass.PACKAGE_MANAGER_ERROR, assertInstanceOf(Outcome.Failed.class, outcome).error());
    assertTrue(there("/usr/bin/evil-tool"));
  }

  @Test
  void a_package_with_scripts_stays_in_the_tree_of_another_system() throws Exception {
    workshop.bring("/bin/sh");
    install(TOOL, "", "postrm", "touch /ran");
    Workshop.refused(Workshop.remove(workshop.managers(), tool()), Refusal.FOREIGN_SCRIPTS);
    assertFalse(there("/ran"));
    assertTrue(there("/usr/bin/evil-tool"));
  }

  @Test
  void names_that_are_none_never_become_arguments() {
    for (var evil : evil()) {
      var named = Workshop.named("dpkg", evil, "/var/lib/dpkg/status");
      Workshop.refused(Workshop.remove(workshop.managers(), named), Refusal.BAD_NAME);
    }
    for (var arch : List.of("--root=/", "a b", "amd64;rm", "../x", "a:b")) {
      var named = Workshop.named("dpkg", "deb", TOOL, "1", arch, "/var/lib/dpkg/status");
      Workshop.refused(Workshop.remove(workshop.managers(), named), Refusal.BAD_NAME);
    }
  }

  static List<String> evil() {
    return List.of(
        "--force-all",
        "-o",
        "a;rm",
        "a b",
        "$(x)",
        "`x`",
        "a\nb",
        "../a",
        "a/b",
        "*",
        "a*",
        "?x",
        "a|b",
        "A:amd64",
        "a=1",
        "\u202ea");
  }

  @Test
  void what_ran_from_the_package_is_known_when_it_is_gone() throws Exception {
    install(TOOL, "");
    var program = workshop.sandbox.id("/usr/bin/evil-tool");
    try (var uninstallation = workshop.managers().uninstallation(tool())) {
      assertEquals(new Outcome.Done(), uninstallation.forecast());
      assertEquals(
          List.of("/etc/evil-tool.conf", "/usr/bin/evil-tool"),
          uninstallation.files().stream().map(file -> file.path().toString()).sorted().toList());
      assertEquals(Set.of(), uninstallation.programs(), "all is in its place yet");
      uninstallation.carryOut();
      assertEquals(Set.of(program), uninstallation.programs());
      assertFalse(newFiles().contains(program.inode()), "its number is free again");
    }
  }

  /// The numbers of files that are made now, where the file system likes to give out freed ones.
  private List<Long> newFiles() throws Exception {
    var numbers = new ArrayList<Long>();
    for (var i = 0; i < 200; i++) {
      workshop.sandbox.write("/usr/bin/new" + i, "");
      numbers.add(workshop.sandbox.id("/usr/bin/new" + i).inode());
    }
    return numbers;
  }

  private String state() throws Exception {
    return Workshop.run(
        null,
        "/usr/bin/dpkg-query",
        "--admindir=" + workshop.sandbox.at("/var/lib/dpkg"),
        "--show",
        "--showformat=${db:Status-Status}",
        TOOL);
  }

  private String audit(String how) throws Exception {
    return Workshop.run(null, "/usr/bin/dpkg", "--root=" + workshop.sandbox.root(), how);
  }

  private List<String> programs(String name) throws Exception {
    return workshop.managers().programs(workshop.only(new DpkgSource(), name)).stream()
        .map(part -> part.path().toString())
        .sorted()
        .toList();
  }

  @Test
  void the_programs_that_are_its_own_are_known_and_nothing_else_of_it() throws Exception {
    install(TOOL, "");
    install("other", "");
    assertEquals(List.of("/usr/bin/evil-tool"), programs(TOOL));
    var part = workshop.managers().programs(tool()).getFirst();
    assertEquals(workshop.sandbox.id("/usr/bin/evil-tool"), part.id());
    assertEquals(Part.Role.EXECUTABLE, part.role());
  }

  /// As dpkg lists what packages of several architectures share, or what was put aside for another.
  @Test
  void what_another_package_lists_too_is_not_its_own() throws Exception {
    install(TOOL, "");
    install("other", "");
    var list = workshop.sandbox.at("/var/lib/dpkg/info/other.list");
    var before = Files.readString(list);
    Files.writeString(list, before + "/usr/bin/evil-tool\n");
    assertEquals(List.of(), programs(TOOL));
    Files.writeString(list, before + "/bin/evil-tool\n");
    assertEquals(List.of(), programs(TOOL), "nor under the other name of the folder");
    Files.writeString(list, before);
    assertEquals(List.of("/usr/bin/evil-tool"), programs(TOOL));
    Workshop.run(
        null,
        "/usr/bin/dpkg-divert",
        "--admindir=" + workshop.sandbox.at("/var/lib/dpkg"),
        "--package",
        "other",
        "--no-rename",
        "--add",
        "/usr/bin/evil-tool");
    assertEquals(List.of(), programs(TOOL));
  }

  @Test
  void what_has_a_name_that_the_package_does_not_list_is_not_its_own() throws Exception {
    install(TOOL, "");
    Files.createLink(
        workshop.sandbox.at("/usr/bin/mine"), workshop.sandbox.at("/usr/bin/evil-tool"));
    assertEquals(List.of(), programs(TOOL));
  }

  @Test
  void a_link_or_a_file_of_somebody_else_in_its_place_is_not_its_own() throws Exception {
    install(TOOL, "");
    var program = workshop.sandbox.at("/usr/bin/evil-tool");
    Files.setAttribute(program, "unix:uid", 54_321);
    assertEquals(List.of(), programs(TOOL));
    Files.delete(program);
    Workshop.script(workshop.sandbox.at("/usr/bin/innocent"), "exit 0");
    Files.createSymbolicLink(program, Path.of("innocent"));
    assertEquals(List.of(), programs(TOOL));
  }

  @Test
  void a_package_that_the_machine_needs_has_none_to_bar() throws Exception {
    install(TOOL, "Essential: yes\n");
    assertEquals(List.of(), programs(TOOL));
    install("guarded", "Protected: yes\n");
    assertEquals(List.of(), programs("guarded"));
    install("bash", "");
    assertEquals(List.of(), programs("bash"), "a shell is on the protected list");
  }

  @Test
  void another_version_than_was_seen_has_none_to_bar() throws Exception {
    install(TOOL, "");
    var other = Workshop.named("dpkg", "deb", TOOL, "1:1.0-1", "all", "/var/lib/dpkg/status");
    assertEquals(List.of(), workshop.managers().programs(other));
  }

  @Test
  void a_program_listed_in_a_folder_that_is_a_link_is_found_where_it_lies() throws Exception {
    install(TOOL, "");
    Files.createSymbolicLink(workshop.sandbox.at("/bin"), Path.of("usr/bin"));
    var list = workshop.sandbox.at("/var/lib/dpkg/info/evil-tool.list");
    Files.writeString(list, Files.readString(list).replace("/usr/bin/evil", "/bin/evil"));
    assertEquals(List.of("/usr/bin/evil-tool"), programs(TOOL));
  }
}
