package dev.interdict.agent.platform.linux.managers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.ManagedPackage;
import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.Home;
import dev.interdict.agent.sources.rpm.RpmSource;
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

/// With the real rpm, in a root of its own.
@EnabledOnOs(OS.LINUX)
class RpmTest {
  private static final String TOOL = "evil-tool";
  private static final String DATABASE = "/var/lib/rpm/rpmdb.sqlite";

  @TempDir Path folder;
  private Workshop workshop;

  @BeforeEach
  void open() throws Exception {
    Workshop.needs("/usr/bin/rpm", "/usr/bin/rpmbuild");
    workshop = new Workshop(Files.createDirectory(folder.resolve("root")));
    Files.createDirectories(workshop.sandbox.at("/var/lib/rpm"));
  }

  @AfterEach
  void close() {
    if (workshop != null) {
      workshop.close();
    }
  }

  private void install(String name, String fields, String sections) throws Exception {
    var spec = folder.resolve(name + ".spec");
    Files.writeString(
        spec,
        """
        Name: %s
        Version: 1.0
        Release: 2
        Summary: built for a test
        License: none
        BuildArch: noarch
        %s
        %%description
        Built for a test.
        %%install
        mkdir -p %%{buildroot}/usr/bin %%{buildroot}/etc
        printf '#!/bin/sh\\nsleep 600\\n' > %%{buildroot}/usr/bin/%s
        chmod 755 %%{buildroot}/usr/bin/%s
        echo 'colour = green' > %%{buildroot}/etc/%s.conf
        %s
        %%files
        /usr/bin/*
        %%config(noreplace) /etc/%s.conf
        """
            .formatted(name, fields, name, name, name, sections, name));
    Workshop.run(
        folder,
        "/usr/bin/rpmbuild",
        "-bb",
        "--define",
        "_topdir " + folder.resolve("build"),
        spec.toString());
    Workshop.run(
        null,
        "/usr/bin/rpm",
        "--root=" + workshop.sandbox.root(),
        "--dbpath=/var/lib/rpm",
        "--force-debian",
        "--noscripts",
        "--nodeps",
        "--install",
        folder.resolve("build/RPMS/noarch/" + name + "-1.0-2.noarch.rpm").toString());
  }

  private ManagedPackage tool() throws Exception {
    return workshop.only(new RpmSource(), TOOL);
  }

  private boolean there(String path) {
    return Files.exists(workshop.sandbox.at(path));
  }

  @Test
  void a_package_goes_and_changed_settings_stay() throws Exception {
    install(TOOL, "", "");
    Files.writeString(workshop.sandbox.at("/etc/evil-tool.conf"), "colour = red\n");
    var program = workshop.sandbox.id("/usr/bin/evil-tool");
    try (var uninstallation = workshop.managers().uninstallation(tool())) {
      assertEquals(new Outcome.Done(), uninstallation.carryOut());
      assertEquals(Set.of(program), uninstallation.programs());
    }
    assertFalse(there("/usr/bin/evil-tool"));
    assertEquals(
        "colour = red\n", Files.readString(workshop.sandbox.at("/etc/evil-tool.conf.rpmsave")));
    assertEquals(List.of(), workshop.seen(new RpmSource()));
  }

  @Test
  void what_is_gone_already_is_no_failure() throws Exception {
    install(TOOL, "", "");
    var tool = tool();
    Workshop.remove(workshop.managers(), tool);
    assertEquals(new Outcome.AlreadyDone(), Workshop.remove(workshop.managers(), tool));
  }

  @Test
  void what_others_need_stays_with_the_list_of_them() throws Exception {
    install(TOOL, "", "");
    install("needs-it", "Requires: evil-tool", "");
    var outcome = Workshop.remove(workshop.managers(), tool());
    assertEquals(
        "would take or break: needs-it-1.0-2.noarch", Workshop.refused(outcome, Refusal.NEEDED));
    assertTrue(there("/usr/bin/evil-tool"));
  }

  @Test
  void a_list_of_what_dnf_protects_that_nobody_understands_protects_everything() throws Exception {
    install(TOOL, "", "");
    for (var list : List.of("[d-f]vil-tool\n", "x**\n", "other, evil-tool\n")) {
      workshop.sandbox.write("/etc/dnf/protected.d/tools.conf", list);
      Workshop.refused(Workshop.remove(workshop.managers(), tool()), Refusal.NEEDED);
    }
    assertTrue(there("/usr/bin/evil-tool"));
  }

  @Test
  void what_dnf_protects_stays() throws Exception {
    install(TOOL, "", "");
    workshop.sandbox.write("/etc/dnf/protected.d/tools.conf", "# ours\nother\nevil-*\n");
    Workshop.refused(Workshop.remove(workshop.managers(), tool()), Refusal.NEEDED);
    assertTrue(there("/usr/bin/evil-tool"));
  }

  @Test
  void a_lock_is_waited_for_only_so_long() throws Exception {
    install(TOOL, "", "");
    Workshop.needs("/usr/bin/python3");
    var holder =
        new ProcessBuilder(
                "/usr/bin/python3",
                "-c",
                "import fcntl,sys; f=open(sys.argv[1],'r+'); fcntl.lockf(f,fcntl.LOCK_EX);"
                    + " print('held',flush=True); sys.stdin.read()",
                workshop.sandbox.at("/var/lib/rpm/.rpm.lock").toString())
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
  void a_package_with_scripts_stays_in_the_tree_of_another_system() throws Exception {
    workshop.bring("/bin/sh");
    install(TOOL, "", "%preun\n: > /ran");
    Workshop.refused(Workshop.remove(workshop.managers(), tool()), Refusal.FOREIGN_SCRIPTS);
    assertTrue(there("/usr/bin/evil-tool"));
    assertEquals(
        new Outcome.Done(), Workshop.remove(workshop.managers(true, Workshop.LIMITS), tool()));
    assertTrue(there("/ran"), "it would have run");
  }

  @Test
  void a_package_in_the_database_of_a_user_is_not_removed_by_root() throws Exception {
    var purl = Workshop.named("rpm", "rpm", TOOL, "1.0-2", "noarch", DATABASE).purl();
    var home = new Home("ada", 1000, BytePath.parse("/home/ada"));
    var own =
        new ManagedPackage("rpm", purl, BytePath.parse("/home/ada/.rpmdb/rpmdb.sqlite"), home);
    Workshop.refused(Workshop.remove(workshop.managers(), own), Refusal.MANAGED);
    var claimed = new ManagedPackage("rpm", purl, own.record(), null);
    Workshop.refused(Workshop.remove(workshop.managers(), claimed), Refusal.BAD_NAME);
  }

  @Test
  void names_that_are_none_never_become_arguments() {
    for (var evil : DpkgTest.evil()) {
      var named = Workshop.named("rpm", "rpm", evil, "1.0-2", "noarch", DATABASE);
      Workshop.refused(Workshop.remove(workshop.managers(), named), Refusal.BAD_NAME);
    }
    for (var version : List.of("", "1.0", "-2", "1.0-", "1.0-2-3", "1*-2", "1 0-2", "$(x)-1")) {
      var named = Workshop.named("rpm", "rpm", TOOL, version, "noarch", DATABASE);
      Workshop.refused(Workshop.remove(workshop.managers(), named), Refusal.BAD_NAME);
    }
  }

  private List<String> programs(String name) throws Exception {
    return workshop.managers().programs(workshop.only(new RpmSource(), name)).stream()
        .map(part -> part.path().toString())
        .sorted()
        .toList();
  }

  @Test
  void the_programs_that_are_its_own_are_known_and_no_others() throws Exception {
    install(TOOL, "", "");
    install("other", "", "");
    assertEquals(List.of("/usr/bin/evil-tool"), programs(TOOL));
  }

  /// rpm lets two packages have a file that is equal in both.
  @Test
  void what_another_package_has_too_is_not_its_own() throws Exception {
    var shared =
        "echo '#!/bin/sh' > %{buildroot}/usr/bin/shared; chmod 755 %{buildroot}/usr/bin/shared";
    var own = "cp %{buildroot}/usr/bin/evil-tool %{buildroot}/usr/bin/second";
    install(TOOL, "", shared + "\n" + own);
    assertEquals(
        List.of("/usr/bin/evil-tool", "/usr/bin/second", "/usr/bin/shared"), programs(TOOL));
    install("other", "", shared);
    assertEquals(List.of("/usr/bin/evil-tool", "/usr/bin/second"), programs(TOOL));
  }

  @Test
  void what_dnf_protects_has_none_to_bar() throws Exception {
    install(TOOL, "", "");
    workshop.sandbox.write("/etc/dnf/protected.d/x.conf", "evil-tool\n");
    assertEquals(List.of(), programs(TOOL));
  }
}
