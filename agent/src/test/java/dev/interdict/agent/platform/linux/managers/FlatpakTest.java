package dev.interdict.agent.platform.linux.managers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.enforce.Outcome;
import dev.interdict.agent.enforce.Refusal;
import dev.interdict.agent.sources.linux.FlatpakSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// With the real flatpak, in an installation of its own.
@EnabledOnOs(OS.LINUX)
class FlatpakTest {
  private static final String ID = "org.example.EvilTool";

  @TempDir Path folder;
  private Workshop workshop;

  @BeforeEach
  void install() throws Exception {
    Workshop.needs("/usr/bin/flatpak", "/usr/bin/env");
    workshop = new Workshop(Files.createDirectory(folder.resolve("root")));
    var runtime = "org.example.Platform/x86_64/1";
    var platform = Files.createDirectories(folder.resolve("platform"));
    Files.createDirectories(platform.resolve("files"));
    Files.createDirectories(platform.resolve("usr"));
    Files.writeString(
        platform.resolve("metadata"),
        "[Runtime]\nname=org.example.Platform\nruntime=" + runtime + "\nsdk=" + runtime + "\n");
    var repository = folder.resolve("repository").toString();
    flatpak("build-export", "--arch=x86_64", "-r", repository, platform.toString(), "1");
    for (var branch : List.of("stable", "beta")) {
      var tree = folder.resolve(branch);
      Workshop.script(tree.resolve("files/bin/evil"), "echo " + branch);
      Files.createDirectories(tree.resolve("export"));
      Files.writeString(
          tree.resolve("metadata"),
          "[Application]\nname=" + ID + "\nruntime=" + runtime + "\ncommand=evil\n");
      flatpak("build-export", "--arch=x86_64", repository, tree.toString(), branch);
    }
    flatpak("remote-add", "--system", "--no-gpg-verify", "here", repository);
    for (var branch : List.of("stable", "beta")) {
      flatpak(
          "install",
          "--system",
          "-y",
          "--noninteractive",
          "here",
          "app/" + ID + "/x86_64/" + branch);
    }
  }

  @AfterEach
  void close() {
    if (workshop != null) {
      workshop.close();
    }
  }

  private String flatpak(String... arguments) throws Exception {
    var line = new ArrayList<String>();
    line.add("/usr/bin/env");
    line.add("FLATPAK_SYSTEM_DIR=" + workshop.sandbox.at("/var/lib/flatpak"));
    line.add("/usr/bin/flatpak");
    line.addAll(List.of(arguments));
    return Workshop.run(null, line.toArray(String[]::new));
  }

  @Test
  void every_branch_of_an_application_goes_and_its_runtime_stays() throws Exception {
    var tool = workshop.only(new FlatpakSource(), ID);
    try (var uninstallation = workshop.managers().uninstallation(tool)) {
      assertEquals(new Outcome.Done(), uninstallation.forecast());
      assertTrue(
          uninstallation.files().stream()
              .anyMatch(file -> file.path().toString().endsWith("/files/bin/evil")));
      assertEquals(new Outcome.Done(), uninstallation.carryOut());
      assertFalse(uninstallation.programs().isEmpty());
    }
    assertEquals(List.of(), workshop.seen(new FlatpakSource()));
    assertTrue(flatpak("list", "--system", "--columns=ref").contains("org.example.Platform"));
    assertEquals(new Outcome.AlreadyDone(), Workshop.remove(workshop.managers(), tool));
  }

  @Test
  void names_that_are_none_never_become_arguments() {
    for (var evil : DpkgTest.evil()) {
      var named = Workshop.named("flatpak", evil, "/var/lib/flatpak/app");
      Workshop.refused(Workshop.remove(workshop.managers(), named), Refusal.BAD_NAME);
    }
  }
}
