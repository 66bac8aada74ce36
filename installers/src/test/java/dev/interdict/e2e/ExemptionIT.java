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
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// An exemption from request to end: an employee asks by the agent's command, two people decide by
/// the server's, the rule's date passes and nothing happens, and after the exemption's end a fresh
/// minimum notice runs before the tool goes.
@EnabledOnOs(OS.LINUX)
@Order(1)
class ExemptionIT {
  private static final Path STAND_IN = Path.of("/bin/sleep");
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  @TempDir private Path folder;

  @Test
  void an_exempt_device_keeps_its_tool_until_the_end_and_a_fresh_notice_runs_then()
      throws IOException, InterruptedException {
    try (var scene = new Scene(folder)) {
      var workstation = Workstation.layOut(scene.workstation, STAND_IN);
      // The guard knows who asks by the account of this machine, so one of the people is that.
      var accounts = scene.workstation.resolve("etc/passwd");
      var people = Files.readString(accounts);
      Files.writeString(
          accounts, people.replaceFirst("lin:", System.getProperty("user.name") + ":"));
      scene.serve();
      account(scene, "zhao.min", "helpdesk");
      account(scene, "li.na", "approver");
      scene.publish(Duration.ofHours(2));
      scene.enrol();
      scene.startGuard();
      scene.awaitEvent(Scene.is("delivered"));

      var asked =
          scene.programs.ok(
              "interdict-agent",
              "request-exemption",
              "claude-code",
              "--until",
              LocalDate.now(ZONE).plusDays(7).toString(),
              "--reason",
              "plugin X is not moved yet",
              "--state",
              scene.state.toString(),
              "--lang",
              "en");
      assertTrue(asked.contains("R-"), asked);
      scene.await("the request", () -> Reports.of(scene).last().contains("exemption-request"));
      var request = exemption(scene, "requests").lines().skip(1).findFirst().orElseThrow();
      assertTrue(request.contains(" manager "), request);
      var id = request.substring(0, 8);
      assertTrue(exemption(scene, "show", id, "claude-code").contains("plugin X is not moved yet"));

      decide(scene, id, Instant.now().plus(Duration.ofDays(1)), "zhao.min");
      // Security shortens it: long enough for the device to hear of it on a busy machine.
      var until = Instant.now().plusSeconds(150).truncatedTo(ChronoUnit.SECONDS);
      decide(scene, id, until, "li.na");
      assertTrue(exemption(scene, "list").contains("EX-0001"));
      scene.await(
          "the exemption on the device",
          () -> Reports.of(scene).last().contains("\"exempt-until\":\"" + until));

      // The rule's own date comes, and passes.
      var mark = scene.events().size();
      var effective = scene.publish(Duration.ofSeconds(40));
      scene.awaitEvent(mark, Scene.is("policy-taken"));
      scene.await("the rule's date", () -> Instant.now().isAfter(effective));
      assertTrue(effective.isBefore(until), "this machine is too busy for the exemption's time");
      var passed = scene.events().size();
      scene.awaitEvent(passed, Scene.is("scanned"));
      for (var banned : workstation.banned()) {
        assertTrue(Files.exists(banned, LinkOption.NOFOLLOW_LINKS), banned.toString());
      }
      assertEquals(List.of(), scene.events().stream().filter(Scene.is("verified")).toList());

      var before = scene.events().size();
      scene.await("the exemption's end", () -> Instant.now().isAfter(until));
      // The rule's minimum notice, from the exemption's end on.
      var fresh = until.plusSeconds(3);
      for (var kept = true; Instant.now().isBefore(fresh); Thread.sleep(50)) {
        kept = workstation.banned().stream().allMatch(ExemptionIT::isThere);
        assertTrue(kept || !Instant.now().isBefore(fresh), "taken before " + fresh);
      }
      scene.awaitEvent(before, Scene.is("verified"));
      // A guard that was late after the end may have had no day to tell of before it acted.
      scene.events().stream()
          .skip(before)
          .filter(Scene.is("dated"))
          .map(event -> Instant.parse(Scene.text(event, "date")))
          .forEach(date -> assertFalse(date.isBefore(fresh), date + " is too soon after " + until));
      for (var banned : workstation.banned()) {
        assertFalse(Files.exists(banned, LinkOption.NOFOLLOW_LINKS), banned.toString());
      }
      scene.await(
          "the end on the server", () -> exemption(scene, "list", "--all").contains("ended"));
    }
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  private static void account(Scene scene, String name, String role)
      throws IOException, InterruptedException {
    scene.programs.ok(
        "interdict-server",
        "account",
        "create",
        name,
        "--role",
        role,
        "--server-dir",
        scene.server.toString());
  }

  private static void decide(Scene scene, String device, Instant until, String actor)
      throws IOException, InterruptedException {
    exemption(
        scene,
        "grant",
        device,
        "claude-code",
        "--until",
        until.toString(),
        "--reason",
        "until plugin X is moved",
        "--actor",
        actor);
  }

  private static String exemption(Scene scene, String... arguments)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("exemption"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--server-dir", scene.server.toString()));
    return scene.programs.ok("interdict", line.toArray(String[]::new));
  }
}
