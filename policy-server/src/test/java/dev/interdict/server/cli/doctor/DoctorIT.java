package dev.interdict.server.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.Json;
import dev.interdict.json.JsonException;
import dev.interdict.json.JsonLimits;
import dev.interdict.json.JsonReader;
import dev.interdict.server.MovableClock;
import dev.interdict.server.cli.SetUp;
import dev.interdict.server.cli.Typed;
import dev.interdict.server.cli.setup.RunningServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.store.TestingDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorIT {
  private static final Instant NOW = Instant.parse("2026-07-01T00:00:00Z");

  /// Of siem.example.com, until the end of 2024, and of no authority.
  private static final String ENDED =
      """
      -----BEGIN CERTIFICATE-----
      MIIBNDCB3KADAgECAhQhwS+YZJtpSUPFIukhFMngSbQJ8TAKBggqhkjOPQQDAjAb
      MRkwFwYDVQQDDBBzaWVtLmV4YW1wbGUuY29tMB4XDTI0MDEwMTAwMDAwMFoXDTI1
      MDEwMTAwMDAwMFowGzEZMBcGA1UEAwwQc2llbS5leGFtcGxlLmNvbTBZMBMGByqG
      SM49AgEGCCqGSM49AwEHA0IABPNgUuqvA+cAYdpbpFnQmQHd0o9CQFCOHn8WSfmH
      gf3sYI457pEe1qZToX6egmkFY+14lUGXapjNNoX2y9VlAKwwCgYIKoZIzj0EAwID
      RwAwRAIgV51vDk6K48eMPUXZSxhQgrQRO3VYAj93wboJczBeZg0CIHLPREccDbxx
      Amdgn1odwhL2hQJAInZEdzcLRhhV+g59
      -----END CERTIFICATE-----
      """;

  @TempDir Path temp;
  private final MovableClock clock = new MovableClock(NOW);
  private final StringWriter said = new StringWriter();
  private ServerFolder folder;

  @BeforeEach
  void init() {
    folder = new ServerFolder(temp.resolve("server"));
    SetUp.in(folder.path());
  }

  private Console console() {
    var out = new PrintWriter(said);
    return new Console(out, out, false, "anna", clock, new SecureRandom());
  }

  private Map<String, Answer> answers(boolean thorough) {
    var all = new TreeMap<String, Answer>();
    new Examination(folder, console(), thorough)
        .answers()
        .forEach(one -> all.put(one.question(), one));
    return all;
  }

  private Answer.Level level(String question) {
    return Objects.requireNonNull(answers(false).get(question)).level();
  }

  private void replace(String from, String to) throws Exception {
    var text = Files.readString(folder.settings());
    assertTrue(text.contains(from), text);
    Files.writeString(folder.settings(), text.replace(from, to));
  }

  private RunningServer runs() throws Exception {
    replace("device-port: 8460", "device-port: " + free());
    replace("admin-port: 8461", "admin-port: " + free());
    return RunningServer.start(folder, Settings.read(folder), console());
  }

  private static int free() throws Exception {
    try (var socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void a_server_that_does_not_run_is_found_out_and_all_else_is_told() {
    var answers = answers(true);
    assertEquals(Answer.Level.BAD, Objects.requireNonNull(answers.get("agents")).level());
    assertTrue(
        Objects.requireNonNull(answers.get("agents"))
            .advice()
            .contains("systemctl start interdict-server"));
    for (var well :
        java.util.List.of(
            "settings",
            "disk",
            "permissions",
            "database",
            "audit",
            "clock",
            "sealing-key",
            "signed-root",
            "signed-targets",
            "signed-blocklist",
            "signed-snapshot",
            "signed-timestamp")) {
      var answer = Objects.requireNonNull(answers.get(well));
      assertTrue(answer != null && answer.level() == Answer.Level.GOOD, () -> well + " " + answers);
    }
    for (var watch : java.util.List.of("backup", "policy", "expected", "certificate")) {
      assertEquals(Answer.Level.WATCH, Objects.requireNonNull(answers.get(watch)).level(), watch);
      assertFalse(Objects.requireNonNull(answers.get(watch)).advice().isEmpty(), watch);
    }
  }

  @Test
  void another_program_at_the_port_is_no_server_that_answers() throws Exception {
    var other = com.sun.net.httpserver.HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    other.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(503, -1);
          exchange.close();
        });
    other.start();
    try {
      replace("device-port: 8460", "device-port: " + other.getAddress().getPort());
      var answer = Objects.requireNonNull(answers(false).get("agents"));
      assertEquals(Answer.Level.BAD, answer.level(), answer::detail);
      assertTrue(answer.detail().contains("503"), answer.detail());
    } finally {
      other.stop(0);
    }
  }

  @Test
  void tables_of_another_version_are_told_and_left_as_they_are() throws Exception {
    try (var database = TestingDatabase.open(folder.path())) {
      TestingDatabase.forgetNewest(database);
    }
    var answer = Objects.requireNonNull(answers(false).get("database"));
    assertEquals(Answer.Level.BAD, answer.level(), answer::detail);
    assertTrue(answer.detail().contains("interdict-server migrate"), answer.detail());
  }

  @Test
  void a_running_server_answers_with_its_own_certificate() throws Exception {
    var made =
        Typed.server("certificate", "new", "--host", "127.0.0.1", "-d", folder.path().toString());
    assertEquals(0, made.code(), made::err);
    Files.writeString(
        folder.settings(),
        "tls: {store: server.p12, password-file: server.p12.password}\n",
        java.nio.file.StandardOpenOption.APPEND);
    try (var _ = runs()) {
      var answers = answers(false);
      assertEquals(
          Answer.Level.GOOD,
          Objects.requireNonNull(answers.get("agents")).level(),
          answers::toString);
      assertEquals(
          Answer.Level.GOOD,
          Objects.requireNonNull(answers.get("console")).level(),
          answers::toString);
      assertTrue(Objects.requireNonNull(answers.get("certificate")).detail().contains("days left"));
      clock.move(Duration.ofDays(380));
      assertEquals(Answer.Level.WATCH, level("certificate"));
      clock.move(Duration.ofDays(60));
      assertEquals(Answer.Level.BAD, level("certificate"));
    }
  }

  @Test
  void another_certificate_than_the_one_in_the_folder_is_found_out() throws Exception {
    Typed.server("certificate", "new", "--host", "127.0.0.1", "-d", folder.path().toString());
    Files.writeString(
        folder.settings(),
        "tls: {store: server.p12, password-file: server.p12.password}\n",
        java.nio.file.StandardOpenOption.APPEND);
    var running = runs();
    try (running) {
      // Presented anew within ten seconds; until then it is another one.
      Typed.server("certificate", "renew", "-d", folder.path().toString());
      var answer = Objects.requireNonNull(answers(false).get("agents"));
      assertEquals(Answer.Level.BAD, answer.level(), answer::toString);
      assertTrue(answer.detail().contains("another certificate"), answer::detail);
    }
  }

  @Test
  void a_certificate_that_cannot_be_read_is_told_while_the_one_before_is_presented()
      throws Exception {
    Typed.server("certificate", "new", "--host", "127.0.0.1", "-d", folder.path().toString());
    Files.writeString(
        folder.settings(),
        "tls: {store: server.p12, password-file: server.p12.password}\n",
        java.nio.file.StandardOpenOption.APPEND);
    try (var _ = runs()) {
      Files.writeString(folder.path().resolve("server.p12"), "half a file");
      assertEquals(Answer.Level.GOOD, level("agents"), () -> answers(false).toString());
      var answer = Objects.requireNonNull(answers(false).get("certificate"));
      assertEquals(Answer.Level.BAD, answer.level());
      assertTrue(answer.detail().contains("server.p12 cannot be read"), answer::detail);
      var health = Typed.server("health", folder.path().toString());
      assertEquals(0, health.code(), health::err);
      assertTrue(health.out().startsWith("The server at 127.0.0.1:"), health::out);
      assertTrue(health.out().endsWith(" does its work.\n"), health::out);
      assertEquals(health.out(), Typed.server("health", "-d", folder.path().toString()).out());
      var twice = Typed.server("health", folder.path().toString(), "-d", "elsewhere");
      assertEquals(2, twice.code());
      assertTrue(twice.err().contains("name one"), twice::err);
      assertTrue(health.err().contains("goes on with the one before"), health::err);
    }
  }

  @Test
  void what_was_signed_just_now_is_good_and_what_nobody_signs_anew_is_watched() {
    var detail = Objects.requireNonNull(answers(false).get("signed-timestamp")).detail();
    var end = Instant.parse(detail.substring(detail.indexOf("until ") + "until ".length()));
    clock.move(Duration.between(clock.instant(), end.minus(Duration.ofHours(24))));
    for (var role : java.util.List.of("root", "targets", "blocklist", "snapshot", "timestamp")) {
      assertEquals(Answer.Level.GOOD, level("signed-" + role), role);
    }
    clock.move(Duration.ofHours(20));
    assertEquals(Answer.Level.WATCH, level("signed-timestamp"));
    assertEquals(Answer.Level.GOOD, level("signed-blocklist"));
    clock.move(Duration.ofDays(23));
    assertEquals(Answer.Level.WATCH, level("signed-blocklist"));
    assertEquals(Answer.Level.GOOD, level("signed-root"));
  }

  @Test
  void what_has_expired_and_a_clock_that_was_set_back_are_bad() {
    clock.move(Duration.ofDays(4000));
    assertEquals(Answer.Level.BAD, level("signed-root"));
    assertEquals(Answer.Level.BAD, level("signed-timestamp"));
    clock.move(Duration.ofDays(-4001));
    assertEquals(Answer.Level.BAD, level("clock"));
  }

  @ParameterizedTest
  @CsvSource({
    "keys/root.pem, rw-r-----",
    "keys/root.pem, rw-----w-",
    "keys/time.pem, rw-r--r--",
    "enrolment-token, rw--w----",
    "../outside/oidc.secret, rw-r-----",
    "../outside/mail.password, rw----r--",
    "../outside/keys.passphrase, rw-rw----",
    "enrolment-token, rw----r--",
  })
  void a_secret_that_others_may_read_or_change_is_named_wherever_it_is(String name, String mode)
      throws Exception {
    var outside = Files.createDirectory(temp.resolve("outside"));
    for (var one : java.util.List.of("oidc.secret", "mail.password", "keys.passphrase")) {
      mode(Files.writeString(outside.resolve(one), "secret"), "rw-------");
    }
    Files.writeString(
        folder.settings(),
        """
        oidc: {issuer: 'https://login.example.com', client-id: interdict,
          client-secret-file: ../outside/oidc.secret, console: 'https://interdict.example.com'}
        mail: {server: 'smtp.example.com:587', from: i@example.com,
          password-file: ../outside/mail.password}
        keys-passphrase-file: %s
        """
            .formatted(outside.resolve("keys.passphrase")),
        java.nio.file.StandardOpenOption.APPEND);
    mode(temp, "rwxr-xr-x");
    mode(outside, "rwxr-xr-x");
    mode(folder.path(), "rwxr-xr-x");
    assertEquals(Answer.Level.GOOD, level("permissions"), () -> answers(false).toString());
    var secret = folder.path().resolve(name).normalize();
    mode(secret, mode);
    var answer = Objects.requireNonNull(answers(false).get("permissions"));
    assertEquals(Answer.Level.BAD, answer.level());
    var said = name.startsWith("..") ? secret.toString() : name;
    assertTrue(answer.detail().contains(said), answer::detail);
  }

  @ParameterizedTest
  @CsvSource({
    "rwx------, rw-r-----, GOOD",
    "rwx------, rw-rw-rw-, GOOD",
    "rwx--x---, rw----r--, GOOD",
    "rwx--x---, rw-r-----, BAD",
    "rwx-----x, rw-r-----, GOOD",
    "rwx-----x, rw----r--, BAD",
  })
  void a_mode_counts_only_where_the_folders_above_let_in(
      String of, String mode, Answer.Level expected) throws Exception {
    mode(temp, "rwxr-xr-x");
    mode(folder.path(), of);
    // Once made under the service's mask of 0027.
    mode(folder.path().resolve("enrolment-token"), mode);
    assertEquals(expected, level("permissions"), () -> answers(false).toString());
    mode(folder.path(), "rwxr-xr-x");
    assertEquals(Answer.Level.BAD, level("permissions"));
    mode(temp, "rwx------");
    assertEquals(Answer.Level.GOOD, level("permissions"));
    // The server refuses such a key wherever it lies.
    mode(folder.path().resolve("keys/root.pem"), mode);
    assertEquals(Answer.Level.BAD, level("permissions"));
  }

  private static void mode(Path file, String mode) throws Exception {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @ParameterizedTest
  @CsvSource({
    "webhooks, webhooks: {ca-file: CA}",
    "syslog, 'syslog: {server: siem.example.com, ca-file: CA}'",
    "mail, 'mail: {server: smtp.example.com, from: i@example.com, ca-file: CA}'",
    "oidc, 'oidc: {issuer: ''https://login.example.com'', client-id: interdict,"
        + " console: ''https://interdict.example.com'', ca-file: CA}'",
  })
  void a_file_of_certificates_is_good_for_as_long_as_one_of_them_holds(String whose, String lines)
      throws Exception {
    Typed.server("certificate", "new", "--host", "127.0.0.1", "-d", folder.path().toString());
    Files.writeString(
        folder.settings(),
        lines.replace("CA", "tls-ca.pem") + "\n",
        java.nio.file.StandardOpenOption.APPEND);
    clock.move(Duration.between(NOW, Instant.now()));
    assertEquals(Answer.Level.GOOD, level("ca-file"), () -> answers(false).toString());
    clock.move(Duration.ofDays(365 * 10 - 10));
    assertEquals(Answer.Level.WATCH, level("ca-file"), () -> answers(false).toString());
    clock.move(Duration.ofDays(20));
    var authority = Objects.requireNonNull(answers(false).get("ca-file"));
    // What such an authority has signed is believed still.
    assertEquals(Answer.Level.WATCH, authority.level());
    assertTrue(authority.detail().startsWith(whose + ": "), authority::detail);
    assertTrue(authority.detail().contains("has ended"), authority::detail);
    var file = folder.path().resolve("tls-ca.pem");
    // OIDC's is read at once: nothing is set up without it.
    var question = whose.equals("oidc") ? "settings" : "ca-file";
    Files.writeString(file, ENDED);
    var ended = Objects.requireNonNull(answers(false).get("ca-file"));
    assertEquals(Answer.Level.BAD, ended.level(), ended::detail);
    assertTrue(ended.detail().contains("2025-01-01T00:00:00Z"), ended::detail);
    Files.writeString(file, "no certificate");
    var none = Objects.requireNonNull(answers(false).get(question));
    assertEquals(Answer.Level.BAD, none.level(), none::detail);
    assertTrue(none.detail().contains("tls-ca.pem holds no certificate"), none::detail);
    Files.delete(file);
    var missing = Objects.requireNonNull(answers(false).get(question));
    assertEquals(Answer.Level.BAD, missing.level(), missing::detail);
    assertTrue(missing.detail().contains("there is no file " + file), missing::detail);
  }

  @Test
  void settings_that_are_not_understood_are_the_only_answer() throws Exception {
    Files.writeString(folder.settings(), "issuer: [", StandardCharsets.UTF_8);
    var answers = answers(false);
    assertEquals(1, answers.size());
    assertEquals(Answer.Level.BAD, Objects.requireNonNull(answers.get("settings")).level());
  }

  @Test
  void a_backup_is_good_for_a_week() {
    var backup = temp.resolve("backup").toString();
    assertEquals(0, Typed.server("backup", backup, "-d", folder.path().toString()).code());
    assertEquals(Answer.Level.GOOD, level("backup"));
    clock.move(Duration.ofDays(8));
    assertEquals(Answer.Level.WATCH, level("backup"));
  }

  @Test
  void programs_read_it_as_json_and_by_its_exit_code() throws JsonException {
    var typed = Typed.server("doctor", folder.path().toString(), "--output", "json");
    assertEquals(1, typed.code(), typed::err);
    var json =
        (Json.Obj) JsonReader.read(typed.out().getBytes(StandardCharsets.UTF_8), JsonLimits.OWN);
    assertEquals(new Json.Int(2), json.get("bad"));
    var table = Typed.server("doctor", folder.path().toString());
    assertTrue(table.out().contains("BAD   agents"), table::out);
    assertTrue(table.out().contains("do: "), table::out);
  }
}
