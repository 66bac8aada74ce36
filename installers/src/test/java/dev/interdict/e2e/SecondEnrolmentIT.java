package dev.interdict.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.demo.workstation.Workstation;
import dev.interdict.server.fleet.Farewells;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A workstation that left its server joins it again as another device, with what it holds.
@EnabledOnOs(OS.LINUX)
@Order(6)
class SecondEnrolmentIT {
  @TempDir private Path folder;

  @Test
  void who_left_joins_again_as_another_device_and_gives_back_what_was_taken_before()
      throws Exception {
    try (var scene = new Scene(folder)) {
      var workstation = Workstation.layOut(scene.workstation, Path.of("/bin/sleep"));
      scene.serve();
      scene.publish(Duration.ofSeconds(20));
      scene.enrol();
      scene.startGuard();
      scene.awaitEvent(Scene.is("verified"));
      var delivered = scene.events().size();
      scene.awaitEvent(delivered, Scene.is("delivered"));
      var running = leave(scene);
      assertEquals(1, running.code(), "while the guard runs it changes nothing: " + running);
      scene.stopGuard();
      var first = Files.readString(scene.state.resolve("enrolment.json"));

      var left = leave(scene);
      assertEquals(0, left.code(), left.toString());
      assertFalse(Files.exists(scene.state.resolve("enrolment.json")));
      assertFalse(Files.exists(scene.state.resolve("device.key")));
      assertTrue(Files.exists(scene.state.resolve("ledger")));
      assertEquals(0, leave(scene).code(), "twice is once");

      scene.enrol();
      assertNotEquals(first, Files.readString(scene.state.resolve("enrolment.json")));
      var mark = scene.events().size();
      scene.startGuard();
      scene.awaitEvent(mark, Scene.is("delivered"));
      assertEquals(List.of("active", "active left"), standings(scene));

      scene.programs.ok(
          "interdict", "withdraw", "claude-code", "--server-dir", scene.server.toString());
      scene.awaitEvent(mark, Scene.is("policy-taken"));
      var taken = scene.events().size();
      scene.awaitEvent(taken, Scene.is("delivered"));
      scene.programs.ok(
          "interdict-agent", "restore", "claude-code", "--state", scene.state.toString());
      for (var banned : workstation.banned()) {
        assertTrue(Files.exists(banned), "given back: " + banned);
      }
      scene.stopGuard();
    }
  }

  private static Programs.Ended leave(Scene scene) throws Exception {
    return scene.programs.run("interdict-agent", "unenrol", "--state", scene.state.toString());
  }

  /// Of each device its standing, and whether it said goodbye after all else.
  private static List<String> standings(Scene scene) throws Exception {
    var url = "jdbc:sqlite:" + scene.server.resolve("interdict.db");
    var all = new TreeSet<String>();
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select standing, case when "
                    + Farewells.HAS_LEFT
                    + " then ' left' else '' end from device d")) {
      while (rows.next()) {
        all.add(rows.getString(1) + rows.getString(2));
      }
    }
    return List.copyOf(all);
  }
}
