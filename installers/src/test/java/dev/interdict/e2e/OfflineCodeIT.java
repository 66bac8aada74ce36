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
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A workstation that cannot reach its server: the employee reads a challenge out, types the code
/// that the helpdesk answers, and keeps the tool past the date. Once the server is back the case
/// shows that the code was used, and its early end removes the tool after a fresh minimum notice.
@EnabledOnOs(OS.LINUX)
@Order(4)
class OfflineCodeIT {
  private static final Path STAND_IN = Path.of("/bin/sleep");
  private static final Pattern SPOKEN = Pattern.compile("(?:[0-9A-Z]{4}-){4}[0-9A-Z]{4}");

  @TempDir private Path folder;

  @Test
  void a_code_read_over_the_telephone_keeps_the_tool_until_somebody_ends_it()
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
      scene.await("the key for codes", () -> isTold(scene));
      scene.enrol();
      var effective = scene.publish(Duration.ofSeconds(60));
      scene.startGuard();
      scene.awaitEvent(Scene.is("dated"));
      scene.awaitEvent(Scene.is("delivered"));
      scene.stopServer();

      var challenge = spoken(agent(scene));
      var begun = exemption(scene, "code", challenge, "--days", "2", "--actor", "zhao.min");
      assertTrue(begun.contains("no code yet"), begun);
      var given = exemption(scene, "code", challenge, "--days", "2", "--actor", "li.na");
      var code = given.substring(given.indexOf("Code"));
      agent(scene, "--code", spoken(code));
      assertTrue(
          Instant.now().isBefore(effective), "this machine is too busy for this rule's date");

      scene.await("the rule's date", () -> Instant.now().isAfter(effective));
      var passed = scene.events().size();
      scene.awaitEvent(passed, Scene.is("scanned"));
      for (var banned : workstation.banned()) {
        assertTrue(Files.exists(banned, LinkOption.NOFOLLOW_LINKS), banned.toString());
      }
      assertEquals(List.of(), scene.events().stream().filter(Scene.is("verified")).toList());

      scene.serve();
      scene.await("the use of the code", () -> list(scene).contains("code used"));
      var ended = Instant.now();
      var before = scene.events().size();
      exemption(scene, "end", challengedDevice(scene), "claude-code", "--actor", "li.na");
      scene.awaitEvent(before, Scene.is("verified"));
      assertFalse(Instant.now().isBefore(ended.plusSeconds(3)), "no fresh minimum notice ran");
      for (var banned : workstation.banned()) {
        assertFalse(Files.exists(banned, LinkOption.NOFOLLOW_LINKS), banned.toString());
      }
    }
  }

  /// Whether devices can fetch the key: the running server publishes it by itself.
  private static boolean isTold(Scene scene) throws IOException {
    try (var files = Files.walk(scene.server.resolve("repository"))) {
      return files.anyMatch(file -> file.getFileName().toString().endsWith("codes.json"));
    }
  }

  private static String challengedDevice(Scene scene) throws IOException, InterruptedException {
    return list(scene).lines().skip(1).findFirst().orElseThrow().split(" +")[1];
  }

  private static String list(Scene scene) throws IOException, InterruptedException {
    return scene.programs.ok(
        "interdict", "exemption", "list", "--server-dir", scene.server.toString());
  }

  private static String spoken(String text) {
    var found = SPOKEN.matcher(text);
    assertTrue(found.find(), text);
    return found.group();
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

  private static String agent(Scene scene, String... more)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("exemption-code", "claude-code"));
    line.addAll(List.of(more));
    line.addAll(List.of("--state", scene.state.toString(), "--lang", "en"));
    return scene.programs.ok("interdict-agent", line.toArray(String[]::new));
  }

  private static String exemption(Scene scene, String... arguments)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("exemption"));
    line.addAll(List.of(arguments));
    line.addAll(
        List.of("--reason", "at a customer's site", "--server-dir", scene.server.toString()));
    return scene.programs.ok("interdict", line.toArray(String[]::new));
  }
}
