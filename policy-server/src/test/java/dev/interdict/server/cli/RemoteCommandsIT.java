package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.RuleState;
import dev.interdict.server.access.Role;
import dev.interdict.server.main.TestingOffice;
import dev.interdict.server.scope.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-database")
class RemoteCommandsIT {
  @TempDir Path folder;
  private TestingOffice office;
  private Path token;

  @BeforeEach
  void start() throws Exception {
    office = new TestingOffice(folder.resolve("server"));
    var secret =
        office
            .parts()
            .apiTokens()
            .create("ada", "ada", "robot", Set.of(Role.AUDITOR), Scope.WHOLE, Duration.ofDays(1));
    token = Files.writeString(folder.resolve("token"), secret + "\n");
  }

  @AfterEach
  void stop() {
    office.close();
  }

  private Typed login(String server) {
    return admin("login", "--server", server, "--token-file", token.toString());
  }

  private Typed admin(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--profiles");
    all.add(kept().toString());
    return Typed.admin(all.toArray(String[]::new));
  }

  private Path kept() {
    return folder.resolve("config/profiles.json");
  }

  @Test
  void whoever_logged_in_reads_from_anywhere() throws Exception {
    var device = office.device("ws-1", "R&D");
    office.reports(device, "some-tool", RuleState.PRESENT);
    var login = login(office.address());
    assertEquals(0, login.code(), login::err);
    assertTrue(login.out().contains("token:robot"), login.out());
    var kept = kept();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)));

    var status = admin("status");
    assertEquals(1, status.code(), status::err);
    assertTrue(status.out().contains("some-tool"), status.out());
    var one = admin("status", "--rule", "some-tool");
    assertEquals(1, one.code(), one::err);
    assertTrue(one.out().contains("has it 1 of 1 (100.0 %)"), one.out());
    var slip = admin("status", "--rule", "some-tol", "--output", "json");
    assertEquals(2, slip.code(), "nobody has what nobody looks for: " + slip.out());
    assertTrue(slip.err().contains("no rule \"some-tol\""), slip::err);
    var list = admin("device", "list", "--rule", "some-tool", "--output", "csv");
    assertTrue(
        list.out().contains(device.id().value() + ",ws-1,R&D,linux,everyone,present"), list.out());
    var show = admin("device", "show", device.id().value());
    assertEquals(0, show.code(), show::err);
    assertEquals(1, admin("device", "show", "0".repeat(32)).code());
    var audit = admin("audit", "list", "--action", "device.look");
    assertTrue(audit.out().contains("token:robot"), audit.out());

    var nowhere = admin("export", "devices", folder.resolve("nowhere/devices.csv").toString());
    assertEquals(2, nowhere.code());
    assertTrue(nowhere.err().contains("there is no folder "), nowhere::err);
    var file = folder.resolve("devices.csv");
    var export = admin("export", "devices", file.toString(), "--filter", "q=ws-1");
    assertEquals(0, export.code(), export::err);
    assertEquals(2, Files.readAllLines(file).size());
    assertTrue(admin("export", "devices", file.toString()).code() != 0);
    assertEquals(2, Files.readAllLines(file).size());
  }

  @Test
  void every_way_to_fail_has_its_exit_code() throws Exception {
    assertEquals(2, admin("status").code());
    assertEquals(2, login("http://example.com").code());
    assertEquals(2, login("https://example.com/console").code());
    assertEquals(3, login("https://127.0.0.1:1").code());
    assertEquals(0, login(office.address()).code());
    var refused = admin("ring", "set", "pilot", "--place", "1", "--description", "us");
    assertEquals(4, refused.code());
    assertTrue(refused.err().contains("it takes the role "), refused::err);
    Files.writeString(token, "nobody's");
    assertEquals(4, login(office.address()).code());
  }

  @Test
  void a_token_that_others_may_read_is_not_used() throws Exception {
    assertEquals(0, login(office.address()).code());
    var kept = kept();
    Files.setPosixFilePermissions(kept, PosixFilePermissions.fromString("rw-r--r--"));
    var status = admin("status");
    assertEquals(4, status.code());
    assertTrue(status.err().contains("chmod 600"), status.err());
  }
}
