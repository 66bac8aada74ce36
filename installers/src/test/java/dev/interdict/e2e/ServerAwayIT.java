package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.demo.workstation.Workstation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The server is down at the date: enforcement happens all the same, across a crash of the guard,
/// and the report arrives later, once.
@EnabledOnOs(OS.LINUX)
@Order(5)
class ServerAwayIT {
  private static final Path STAND_IN = Path.of("/bin/sleep");

  @TempDir private Path folder;

  @Test
  void the_date_holds_without_the_server_and_the_report_arrives_once()
      throws IOException, InterruptedException {
    try (var scene = new Scene(folder)) {
      var workstation = Workstation.layOut(scene.workstation, STAND_IN);
      var rest = workstation.rest();
      scene.serve();
      scene.publish(Duration.ofSeconds(25));
      scene.enrol();
      var program =
          scene.programs.start(
              List.of(workstation.program().toString(), "600"),
              folder.resolve("program.out"),
              folder.resolve("program.err"));
      scene.startGuard();
      scene.awaitEvent(Scene.is("dated"));
      scene.awaitEvent(Scene.is("delivered"));

      scene.stopServer();
      scene.stopGuard();
      scene.startGuard();
      scene.awaitEvent(Scene.is("verified"));

      assertFalse(program.isAlive());
      for (var banned : workstation.banned()) {
        assertFalse(Files.exists(banned, LinkOption.NOFOLLOW_LINKS), banned.toString());
      }
      assertEquals(List.of(), rest.differences(workstation.rest()));
      assertTrue(workstation.listIsCut());

      var before = Reports.of(scene).sequences().size();
      scene.serve();
      var mark = scene.events().size();
      scene.awaitEvent(mark, Scene.is("delivered"));
      scene.await("the last report", () -> Reports.of(scene).last().contains("\"removed\""));
      scene.stopGuard();
      var sequences = Reports.of(scene).sequences();
      assertTrue(sequences.size() > before);
      assertEquals(new HashSet<>(sequences).size(), sequences.size());
    }
  }
}
