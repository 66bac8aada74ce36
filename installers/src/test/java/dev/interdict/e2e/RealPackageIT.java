package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.demo.workstation.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The real npm packages, installed without running any script and never started: found with the
/// right version, kept before the date, removed after it, restored byte for byte; lookalikes
/// untouched.
@EnabledOnOs(OS.LINUX)
@Order(3)
class RealPackageIT {
  private static final String PACKAGE = "@anthropic-ai/claude-code";
  private static final String SCRIPT_ERA = "2.1.112";

  @TempDir private Path folder;

  @Test
  void the_real_package_goes_at_the_date_and_comes_back_byte_for_byte()
      throws IOException, InterruptedException {
    try (var scene = new Scene(folder)) {
      var lin = scene.workstation.resolve("home/lin");
      var wei = scene.workstation.resolve("home/wei");
      layOut(scene, lin, wei);
      var old = lin.resolve(".npm-global/lib/node_modules/" + PACKAGE);
      var newest = wei.resolve(".npm-global/lib/node_modules/" + PACKAGE);
      install(scene, lin.resolve(".npm-global"), PACKAGE + "@" + SCRIPT_ERA);
      install(scene, wei.resolve(".npm-global"), PACKAGE + "@latest");
      var before = Manifest.of(scene.workstation, List.of());

      scene.serve();
      var effective = scene.publish(Duration.ofSeconds(45));
      scene.enrol();
      scene.startGuard();

      for (var place : List.of(old, newest)) {
        var version = version(place);
        scene.awaitEvent(
            Scene.is("found")
                .and(Scene.with("source", "npm"))
                .and(Scene.with("version", version))
                .and(Scene.with("identity", "pkg:npm/%40anthropic-ai/claude-code@" + version)));
      }
      scene.awaitEvent(Scene.is("delivered"));
      assertKept(scene, before, effective);

      scene.awaitEvent(Scene.is("verified"));
      assertFalse(Instant.now().isBefore(effective));
      assertFalse(Files.exists(old) || Files.exists(newest));
      var removed = before.differences(Manifest.of(scene.workstation, List.of()));
      assertEquals(
          List.of(),
          removed.stream()
              .filter(line -> !line.contains("claude-code") && !line.endsWith("/bin/claude"))
              .toList());
      assertEquals(List.of(), removed.stream().filter(line -> !line.startsWith("gone: ")).toList());
      assertEquals(
          List.of(), removed.stream().filter(line -> line.contains("claude-code-router")).toList());

      var mark = scene.events().size();
      scene.programs.ok(
          "interdict", "withdraw", "claude-code", "--server-dir", scene.server.toString());
      scene.awaitEvent(mark, Scene.is("policy-taken"));
      var taken = scene.events().size();
      var judged = scene.awaitEvent(taken, Scene.is("reported"));
      scene.awaitEvent(
          taken, Scene.is("delivered").and(Scene.with("sequence", Scene.text(judged, "sequence"))));
      scene.programs.ok(
          "interdict-agent", "restore", "claude-code", "--state", scene.state.toString());
      assertEquals(List.of(), before.differences(Manifest.of(scene.workstation, List.of())));
    }
  }

  /// The date may come while it looks; from then on the agent lets nobody open what goes.
  private static void assertKept(Scene scene, Manifest before, Instant effective)
      throws IOException {
    try {
      var kept = Manifest.of(scene.workstation, List.of());
      assertTrue(!Instant.now().isBefore(effective) || before.differences(kept).isEmpty());
    } catch (IOException e) {
      if (Instant.now().isBefore(effective)) {
        throw e;
      }
    }
  }

  private static void layOut(Scene scene, Path... homes) throws IOException {
    Files.createDirectories(scene.workstation.resolve("etc"));
    var passwd = new StringBuilder();
    for (var home : homes) {
      Files.createDirectories(home);
      var uid = Files.getAttribute(home, "unix:uid");
      passwd.append("%1$s:x:%2$s:%2$s::/home/%1$s:/bin/sh%n".formatted(home.getFileName(), uid));
      var router = home.resolve(".npm-global/lib/node_modules/claude-code-router");
      Files.createDirectories(router);
      Files.writeString(
          router.resolve("package.json"),
          "{\"name\": \"claude-code-router\", \"version\": \"1.0.0\"}");
      Files.createDirectories(home.resolve(".claude/projects"));
      Files.writeString(home.resolve(".claude/projects/x.jsonl"), "{}\n");
      Files.createDirectories(home.resolve("bin"));
      Files.writeString(home.resolve("bin/claude-notes"), "#!/bin/sh\necho my own\n");
    }
    Files.writeString(scene.workstation.resolve("etc/passwd"), passwd);
  }

  private static void install(Scene scene, Path prefix, String what)
      throws IOException, InterruptedException {
    var npm =
        scene.programs.run(
            List.of(
                "/usr/bin/env",
                "npm",
                "install",
                "--global",
                "--ignore-scripts",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
                "--prefix",
                prefix.toString(),
                what));
    assumeTrue(npm.code() == 0, () -> "npm cannot fetch " + what + " here: " + npm.err().strip());
  }

  private static String version(Path installed) throws IOException {
    var manifest = Files.readString(installed.resolve("package.json"));
    var version = java.util.regex.Pattern.compile("\"version\":\\s*\"([^\"]+)\"").matcher(manifest);
    assertTrue(version.find());
    return version.group(1);
  }
}
