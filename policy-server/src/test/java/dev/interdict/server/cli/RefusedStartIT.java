package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.store.AboutSqlite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What `interdict-server run` refuses, each in one line that says why.
@Tag("any-database")
class RefusedStartIT {
  @TempDir Path folder;
  private String dir;

  @BeforeEach
  void init() {
    dir = folder.resolve("server").toString();
    Typed.server("init", dir);
  }

  @ParameterizedTest
  @ValueSource(strings = {"snapshot", "timestamp", "time", "controls", "exemptions"})
  void a_key_that_agents_do_not_trust(String role) throws IOException {
    var keys = Path.of(dir, "keys");
    Files.copy(
        keys.resolve("root.pem"),
        keys.resolve(role + ".pem"),
        StandardCopyOption.REPLACE_EXISTING,
        StandardCopyOption.COPY_ATTRIBUTES);
    var refused = Typed.server("run", dir, "--device-port", "0", "--admin-port", "0");
    assertEquals(5, refused.code());
    assertOneLine(
        refused.err(), "are not those that the signed files here trust: " + role + ".pem");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-06-29T22:59:00Z", "2026-07-01T00:06:00Z"})
  void a_clock_that_is_far_from_what_was_signed_last(String last) throws IOException {
    Files.writeString(Path.of(dir, "signed-time"), last);
    var refused = Typed.server("run", dir, "--device-port", "0", "--admin-port", "0");
    assertEquals(4, refused.code());
    assertOneLine(refused.err(), "start it once with: interdict-server run --accept-clock");
  }

  @Test
  void a_port_that_is_none() {
    var refused = Typed.server("run", dir, "--device-port", "70000");
    assertEquals(2, refused.code());
    assertOneLine(refused.err(), "--device-port must be 0 to 65535, not 70000");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sample-every: PT0.0001S",
        "timestamp-every: PT0.0001S",
        "sample-every: P999999999D",
        "silent-after: P999999999D"
      })
  void a_period_that_nothing_can_be_done_by(String line) throws IOException {
    var settings = Path.of(dir, "server.yaml");
    var name = line.substring(0, line.indexOf(':'));
    Files.writeString(
        settings, Files.readString(settings).replaceFirst("(?m)^" + name + ": .*$", line));
    var refused = Typed.server("run", dir, "--device-port", "0", "--admin-port", "0");
    assertEquals(2, refused.code());
    assertOneLine(refused.err(), "must be PT1S to P366D");
  }

  @Test
  @AboutSqlite
  void a_database_that_is_none() throws IOException {
    Files.writeString(Path.of(dir, "interdict.db"), "hello");
    var refused = Typed.server("run", dir, "--device-port", "0", "--admin-port", "0");
    assertEquals(1, refused.code());
    assertOneLine(refused.err(), "file is not a database");
  }

  @Test
  void a_key_of_the_server_that_is_missing() throws IOException {
    Files.delete(Path.of(dir, "keys/timestamp.pem"));
    var refused = Typed.server("run", dir);
    assertEquals(5, refused.code());
    assertOneLine(refused.err(), "bring timestamp.pem there\n");
  }

  private static void assertOneLine(String said, String part) {
    assertTrue(said.contains(part), said);
    assertEquals(1, said.lines().count(), said);
  }
}
