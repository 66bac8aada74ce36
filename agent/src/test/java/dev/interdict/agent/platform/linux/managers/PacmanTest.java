package dev.interdict.agent.platform.linux.managers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.sources.linux.PacmanSource;
import dev.interdict.report.ErrorClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// With the real pacman, in a root of its own.
@EnabledOnOs(OS.LINUX)
class PacmanTest {
  private static final String TOOL = "evil-tool";

  @TempDir Path folder;
  private Workshop workshop;

  @BeforeEach
  void open() throws Exception {
    Workshop.needs("/usr/bin/pacman", "/usr/bin/bsdtar");
    workshop = new Workshop(Files.createDirectory(folder.resolve("root")));
    workshop.sandbox.write("/etc/pacman.conf", "[options]\nHoldPkg = held\nArchitecture = auto\n");
    Files.createDirectories(workshop.sandbox.at("/var/lib/pacman"));
  }

  @AfterEach
  void close() {
    if (workshop != null) {
      workshop.close();
    }
  }

  private void install(String name, String more) throws Exception {
    var tree = Files.createDirectories(folder.resolve(name));
    Workshop.script(tree.resolve("usr/bin/" + name), "sleep 600");
    Files.writeString(
        tree.resolve(".PKGINFO"),
        ("pkgname = %s\npkgbase = %s\npkgver = 1.0-2\npkgdesc = x\nbuilddate = 1\npackager = x\n"
                + "size = 3\narch = any\n%s")
            .formatted(name, name, more));
    var archive = folder.resolve(name + "-1.0-2-any.pkg.tar.gz").toString();
    Workshop.run(tree, "/usr/bin/bsdtar", "-czf", archive, ".PKGINFO", "usr");
    Workshop.run(
        null,
        "/usr/bin/pacman",
        "--root=" + workshop.sandbox.root(),
        "--dbpath=" + workshop.sandbox.at("/var/lib/pacman"),
        "--config=" + workshop.sandbox.at("/etc/pacman.conf"),
        "--noconfirm",
        "-U",
        archive);
  }

  private Outcome remove(String name) throws Exception {
    return Workshop.remove(
        workshop.managers(true, Workshop.LIMITS), workshop.only(new PacmanSource(), name));
  }

  private boolean there(String path) {
    return Files.exists(workshop.sandbox.at(path));
  }

  @Test
  void a_package_goes_and_its_programs_are_known() throws Exception {
    install(TOOL, "");
    var program = workshop.sandbox.id("/usr/bin/evil-tool");
    try (var uninstallation =
        workshop
            .managers(true, Workshop.LIMITS)
            .uninstallation(workshop.only(new PacmanSource(), TOOL))) {
      assertEquals(new Outcome.Done(), uninstallation.carryOut());
      assertEquals(Set.of(program), uninstallation.programs());
    }
    assertFalse(there("/usr/bin/evil-tool"));
    assertEquals(List.of(), workshop.seen(new PacmanSource()));
  }

  @Test
  void what_others_need_stays_with_the_list_of_them() throws Exception {
    install(TOOL, "");
    install("needs-it", "depend = evil-tool\n");
    assertEquals("would take or break: needs-it", Workshop.refused(remove(TOOL), Refusal.NEEDED));
    assertTrue(there("/usr/bin/evil-tool"));
    assertEquals(new Outcome.Done(), remove("needs-it"));
    assertTrue(there("/usr/bin/evil-tool"), "what nobody needs any more is not swept up");
  }

  @Test
  void what_the_settings_hold_stays() throws Exception {
    install("held", "");
    Workshop.refused(remove("held"), Refusal.NEEDED);
    assertTrue(there("/usr/bin/held"));
  }

  @Test
  void a_lock_is_waited_for_only_so_long() throws Exception {
    install(TOOL, "");
    workshop.sandbox.write("/var/lib/pacman/db.lck", "");
    assertEquals(
        ErrorClass.FILE_IN_USE, assertInstanceOf(Outcome.Failed.class, remove(TOOL)).error());
    assertTrue(there("/usr/bin/evil-tool"));
  }

  @Test
  void nothing_is_removed_in_the_tree_of_another_system() throws Exception {
    install(TOOL, "");
    ManagedPackage tool = workshop.only(new PacmanSource(), TOOL);
    Workshop.refused(Workshop.remove(workshop.managers(), tool), Refusal.FOREIGN_SCRIPTS);
    assertTrue(there("/usr/bin/evil-tool"));
  }

  @Test
  void names_that_are_none_never_become_arguments() {
    for (var evil : DpkgTest.evil()) {
      var named = Workshop.named("pacman", evil, "/var/lib/pacman/local");
      Workshop.refused(Workshop.remove(workshop.managers(), named), Refusal.BAD_NAME);
    }
  }

  @Test
  void the_programs_that_are_its_own_are_known() throws Exception {
    install(TOOL, "");
    install("other", "");
    var found = workshop.managers().programs(workshop.only(new PacmanSource(), TOOL));
    assertEquals(
        List.of("/usr/bin/evil-tool"), found.stream().map(part -> part.path().toString()).toList());
    var files = workshop.sandbox.at("/var/lib/pacman/local/other-1.0-2/files");
    Files.writeString(
        files,
        Files.readString(files).replace("usr/bin/other", "usr/bin/evil-tool\nusr/bin/other"));
    assertEquals(List.of(), workshop.managers().programs(workshop.only(new PacmanSource(), TOOL)));
  }
}
