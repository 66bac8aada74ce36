package dev.interdict.server.cli.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.OsFamily;
import dev.interdict.server.MovableClock;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.cli.Typed;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.fleet.Enrolment;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.support.Unpacked;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Recognisable secrets and names go in wherever there is room for them; none may come out.
class SupportBundleIT {
  @TempDir Path temp;

  @Test
  void nothing_that_is_secret_or_somebodys_is_in_it() throws Exception {
    var dir = temp.resolve("server");
    var password = Files.writeString(temp.resolve("password"), "canary-password-1\n");
    var made =
        Typed.server(
            "init",
            dir.toString(),
            "--issuer",
            "IT of anybody",
            "--admin-password-file",
            password.toString());
    assertEquals(0, made.code(), made::err);
    Files.writeString(dir.resolve("smtp.password"), "canary-smtp-2\n");
    Files.writeString(
        dir.resolve("server.yaml"),
        """
        mail:
          server: smtp.canarycompany.com:587
          user: canarymailer
          password-file: smtp.password
          from: canary.person@canarycompany.com
          announcements: [canary.all@canarycompany.com]
        console-url: https://console.canarycompany.com
        """,
        StandardOpenOption.APPEND);
    var token = Files.readString(dir.resolve("enrolment-token")).strip();
    try (var database = TestingDatabase.open(dir)) {
      var clock = new MovableClock(Instant.parse("2026-07-01T00:00:00Z"));
      var audit = new Audit(database, clock);
      var secret =
          new EnrolmentTokens(database, audit, new SecureRandom(), clock)
              .create("tester", new Placement("x", "everyone", List.of()), Duration.ofDays(1), 1)
              .secret();
      var device = new SimulatedDevice("canaryhost7", OsFamily.LINUX);
      new Enrolment(database, audit, clock, Compliance.SILENT_AFTER)
          .enrol(device.enrol(secret, null, clock.instant()));
    }
    var log =
        Files.writeString(
            temp.resolve("log"),
            "2026-07-01T00:00:00Z WARN canaryhost7 at 10.99.88.77: Authorization: Bearer"
                + " canarybearer.1 /home/canaryuser/x canary.person@canarycompany.com token "
                + token
                + " password: canarypass\n2026-07-01T00:00:01Z INFO well\n");
    var to = temp.resolve("bundle.zip");
    var typed =
        Typed.server(
            "support-bundle", dir.toString(), "--output", to.toString(), "--log", log.toString());
    assertEquals(0, typed.code(), typed::err);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(to)));
    var entries = Unpacked.of(to);
    assertTrue(
        Objects.requireNonNull(entries.get("log.txt")).contains("INFO well"), entries::toString);
    assertTrue(
        Objects.requireNonNull(entries.get("doctor.json")).contains("signed-root"),
        entries::toString);
    assertTrue(
        Objects.requireNonNull(entries.get("tables.json")).contains("\"table device\": 1"),
        entries::toString);
    assertTrue(
        Objects.requireNonNull(entries.get("settings.json")).contains("silent-after"),
        entries::toString);
    assertTrue(
        Objects.requireNonNull(entries.get("files.txt")).contains("keys/"), entries::toString);
    for (var secret : List.of("canary", token, "10.99.88.77")) {
      entries.forEach((name, text) -> assertFalse(text.contains(secret), name + ": " + text));
    }
    try (var database = TestingDatabase.open(dir)) {
      TestingDatabase.forgetNewest(database);
    }
    var less = temp.resolve("less.zip");
    typed =
        Typed.server(
            "support-bundle", dir.toString(), "--output", less.toString(), "--log", log.toString());
    assertEquals(1, typed.code(), typed::out);
    assertTrue(typed.out().contains("could not be taken out"), typed.out());
    assertFalse(Unpacked.of(less).containsKey("log.txt"), "nobody knows whose names stand in it");
    var again = Typed.server("support-bundle", dir.toString(), "--output", to.toString());
    assertEquals(6, again.code(), again::err);
  }
}
