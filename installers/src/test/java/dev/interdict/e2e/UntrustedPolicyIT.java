package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A blocklist that was tampered with, an older one, and one signed by the wrong key: refused, the
/// last good one kept, and reported.
@EnabledOnOs(OS.LINUX)
class UntrustedPolicyIT {
  @TempDir private Path folder;

  @Test
  void what_does_not_verify_is_refused_and_reported_and_the_last_good_list_stays()
      throws IOException, InterruptedException {
    try (var scene = new Scene(folder)) {
      Files.createDirectories(scene.workstation.resolve("etc"));
      Files.writeString(scene.workstation.resolve("etc/passwd"), "");
      var repository = scene.server.resolve("repository");
      var older = folder.resolve("older");
      var good = folder.resolve("good");
      scene.serve();
      scene.publish(Duration.ofDays(1));
      copy(repository, older);
      scene.publish(Duration.ofDays(2));
      scene.enrol();
      scene.startGuard();
      scene.awaitEvent(Scene.is("policy-taken").and(Scene.with("serial", "2")));

      offer(scene, older, repository, good);
      refused(scene, "policy-rolled-back");

      copy(good, repository);
      // Nobody is to take it before it was tampered with.
      scene.stopServer();
      scene.publish(Duration.ofDays(3));
      tamper(repository);
      scene.serve();
      refused(scene, "policy-tampered");

      var stranger = folder.resolve("stranger");
      scene.programs.ok("interdict-server", "init", stranger.toString());
      offer(scene, stranger.resolve("repository"), repository, folder.resolve("tampered"));
      refused(scene, "policy-tampered");

      assertEquals(
          0,
          scene.events().stream()
              .filter(Scene.is("policy-taken"))
              .filter(event -> !Scene.text(event, "serial").equals("2"))
              .count());
      var status =
          scene.programs.run("interdict-agent", "status", "--state", scene.state.toString());
      assertTrue(status.out().contains("Policy   2,"), status.out());
    }
  }

  /// The guard must say what it refused, and the server's last report must tell it.
  private static void refused(Scene scene, String problem)
      throws IOException, InterruptedException {
    var mark = scene.events().size();
    scene.awaitEvent(mark, Scene.is("policy-problem").and(Scene.with("problem", problem)));
    var after = scene.events().size();
    // What was told already is not told again: then a sign of life goes in its place.
    scene.awaitEvent(after, Scene.is("delivered").or(Scene.is("unchanged")));
    assertTrue(
        Reports.of(scene).last().contains("\"" + problem + "\""), () -> "not reported: " + problem);
  }

  private static void offer(Scene scene, Path what, Path repository, Path kept)
      throws IOException, InterruptedException {
    copy(repository, kept);
    delete(repository);
    copy(what, repository);
  }

  /// Changes one letter in the newest list, whose name and length stay as they are.
  private static void tamper(Path repository) throws IOException {
    try (var walk = Files.walk(repository.resolve("targets"))) {
      for (var file : walk.filter(Files::isRegularFile).toList()) {
        var text = Files.readString(file);
        Files.writeString(file, text.replace("claude-code", "claude-coda"));
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(dir)));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(
                file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  private static void delete(Path folder) throws IOException {
    try (var walk = Files.walk(folder)) {
      for (var file : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
