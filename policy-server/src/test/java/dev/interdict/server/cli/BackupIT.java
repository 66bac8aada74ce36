package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.report.Coverage;
import dev.interdict.report.DeviceId;
import dev.interdict.report.OsFamily;
import dev.interdict.report.ReportedRule;
import dev.interdict.report.RuleState;
import dev.interdict.server.audit.Audit;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.compliance.Compliance;
import dev.interdict.server.fleet.Enrolment;
import dev.interdict.server.fleet.EnrolmentTokens;
import dev.interdict.server.fleet.Holdings;
import dev.interdict.server.fleet.Intake;
import dev.interdict.server.fleet.Placement;
import dev.interdict.server.fleet.Recount;
import dev.interdict.server.fleet.SimulatedDevice;
import dev.interdict.server.publish.Publications;
import dev.interdict.server.publish.Setback;
import dev.interdict.server.store.Database;
import dev.interdict.server.store.Sql;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.trust.repository.Repository;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A server is backed up while it is in use, and made again elsewhere.
@Order(2)
class BackupIT {
  @TempDir Path temp;
  private Admins admins;

  @BeforeEach
  void server() throws Exception {
    admins = new Admins(temp);
    admins.done("publish", admins.rule("some-tool"), "--break-glass", Typed.ALONE);
    try (var database = TestingDatabase.open(admins.server)) {
      report(database);
    }
  }

  private void report(Database database) {
    var audit = new Audit(database, admins.clock);
    var tokens = new EnrolmentTokens(database, audit, new SecureRandom(), admins.clock);
    var secret =
        tokens
            .create("tester", new Placement("研发", "everyone", List.of()), Duration.ofDays(1), 9)
            .secret();
    var enrolment = new Enrolment(database, audit, admins.clock, Compliance.SILENT_AFTER);
    var intake = new Intake(database, audit, admins.clock, Holdings.UNHEARD);
    for (var host : List.of("ws-1", "工位-2", "ws-3")) {
      var device = new SimulatedDevice(host, OsFamily.LINUX);
      var now = admins.clock.instant();
      enrolment.enrol(device.enrol(secret, null, now));
      var failed =
          new ReportedRule("some-tool", RuleState.FAILED, null, null, null, List.of(), List.of());
      var body = device.report(new Coverage(now, true, List.of()), now, failed);
      intake.accept(device.signedReport(body, now));
    }
  }

  private Typed backup(String to, String... more) {
    var arguments = Stream.of("backup", admins.path(to), "-d", admins.server.toString());
    return admins.run(true, Stream.concat(arguments, Stream.of(more)).toArray(String[]::new));
  }

  private Typed restore(String from, Path to, String... database) {
    var arguments = Stream.of("restore", admins.path(from), to.toString());
    return admins.run(true, Stream.concat(arguments, Stream.of(database)).toArray(String[]::new));
  }

  /// All that a database holds, but who is signed in and what a restoration adds.
  private static Map<String, List<String>> rows(Database database) {
    return database.read(handle -> {
      var all = new TreeMap<String, List<String>>();
      for (var table : database.tables(handle)) {
        if (!table.startsWith("store_")
            && !table.startsWith("signed_")
            && !table.equals("audit")
            && !table.equals("claim_ahead")) {
          all.put(
              table,
              handle.createQuery("select * from " + table).mapToMap().stream()
                  .map(row -> new TreeMap<>(row).toString())
                  .sorted()
                  .toList());
        }
      }
      return all;
    });
  }

  private List<String> onOtherDatabase(Path folder) {
    var options = new ArrayList<String>();
    if (TestingDatabase.IS_POSTGRES) {
      options.addAll(TestingDatabase.emptyInitOptions(folder));
    }
    return options;
  }

  @Test
  void what_was_backed_up_is_restored_row_by_row_and_runs() throws Exception {
    var made = backup("monday", "--with-keys");
    assertEquals(0, made.code(), made::err);
    var to = temp.resolve("restored");
    var restored = restore("monday", to, onOtherDatabase(to).toArray(String[]::new));
    assertEquals(0, restored.code(), restored::err);
    try (var before = TestingDatabase.open(admins.server);
        var after = TestingDatabase.open(to)) {
      assertEquals(rows(before), rows(after));
      assertEquals(List.of(), Recount.differences(after));
      var entry = new Audit(after, admins.clock).newest(Long.MAX_VALUE, 1).getFirst();
      assertEquals("server.restore", entry.action());
    }
    assertEquals(0, admins.run(true, "check", "-d", to.toString()).code());
    var elsewhere = temp.resolve("server");
    assertTrue(Files.exists(to.resolve("keys/root.pem")));
    assertEquals(
        Files.readString(elsewhere.resolve("repository/timestamp.json")),
        Files.readString(to.resolve("repository/timestamp.json")));
    assertEquals(0, admins.run(false, "history", "-d", to.toString()).code());
  }

  /// From SQLite to PostgreSQL and back, or the other way round.
  @Test
  void a_server_moves_to_the_other_engine_and_back_and_nothing_is_different() throws Exception {
    backup("there", "--with-keys");
    var there = temp.resolve("moved");
    var between = TestingDatabase.other(there);
    var moved = restore("there", there, TestingDatabase.options(between).toArray(String[]::new));
    assertEquals(0, moved.code(), moved::err);
    sound(there);
    var backup =
        admins.run(true, "backup", admins.path("back"), "-d", there.toString(), "--with-keys");
    assertEquals(0, backup.code(), backup::err);
    var back = temp.resolve("back-again");
    var returned =
        restore(
            "back",
            back,
            TestingDatabase.IS_POSTGRES
                ? TestingDatabase.emptyInitOptions(back).toArray(String[]::new)
                : new String[0]);
    assertEquals(0, returned.code(), returned::err);
    sound(back);
    try (var before = TestingDatabase.open(admins.server);
        var other = Database.open(between);
        var after = TestingDatabase.open(back)) {
      assertEquals(rows(before), rows(other));
      assertEquals(rows(before), rows(after));
    }
  }

  private void sound(Path server) {
    var check = admins.run(true, "check", "-d", server.toString());
    assertEquals(0, check.code(), check::err);
    var rebuilt = admins.run(true, "rebuild", "--check", "-d", server.toString());
    assertEquals(0, rebuilt.code(), rebuilt::err);
  }

  private Typed in(Path server, String... arguments) {
    var all = Stream.concat(Stream.of(arguments), Stream.of("-d", server.toString()));
    return admins.run(false, all.toArray(String[]::new));
  }

  private Typed published(Path server) throws IOException {
    return in(server, "publish", admins.rule("third-tool"), "--break-glass", Typed.ALONE);
  }

  /// Its numbers may have been passed, by devices that were not heard yet.
  @Test
  void a_restored_server_publishes_nothing_before_somebody_has_looked() throws Exception {
    backup("monday", "--with-keys");
    admins.done("publish", admins.rule("later-tool"), "--break-glass", Typed.ALONE);
    assertEquals(2, admins.believed().serial());
    var to = temp.resolve("restored");
    assertEquals(0, restore("monday", to, onOtherDatabase(to).toArray(String[]::new)).code());

    var refused = published(to);
    assertEquals(6, refused.code(), refused::out);
    assertTrue(refused.err().contains("restored from a backup"), refused::err);
    assertTrue(in(to, "recover").out().contains("so far no device says"));
    assertEquals(6, in(to, "recover").code());
    assertEquals(0, in(to, "pause", "--all", "--reason", "Restored.").code());

    assertEquals(0, in(to, "recover", "--publish").code());
    assertEquals(0, published(to).code());
    var list = in(to, "history", "--output", "json").out();
    assertTrue(list.contains("\"serial\": 1003"), list);
  }

  private static void oneWasInContact(Path server) {
    try (var database = TestingDatabase.open(server)) {
      database.write(connection ->
          Sql.update(
              connection,
              "update device set last_contact = last_contact + 1 where device_id = (select"
                  + " min(device_id) from device)"));
    }
  }

  /// No workstation says that anything was published: none said anything at all.
  @Test
  void silence_is_not_taken_for_nothing_since() throws Exception {
    backup("monday", "--with-keys");
    var to = temp.resolve("restored");
    assertEquals(0, restore("monday", to, onOtherDatabase(to).toArray(String[]::new)).code());
    var refused = in(to, "recover", "--nothing-since");
    assertEquals(6, refused.code(), refused::out);
    assertTrue(refused.err().contains("no workstation was in contact"), refused::err);
    assertEquals(6, published(to).code());
    oneWasInContact(to);
    assertEquals(0, in(to, "recover", "--nothing-since").code());
  }

  /// Targets are signed by people, on machines of their own.
  @Test
  void what_people_sign_keeps_no_restored_server_from_going_on() throws Exception {
    backup("monday", "--with-keys");
    var to = temp.resolve("restored");
    assertEquals(0, restore("monday", to, onOtherDatabase(to).toArray(String[]::new)).code());
    Files.delete(to.resolve("keys/targets.pem"));
    var recovered = in(to, "recover", "--publish");
    assertEquals(0, recovered.code(), recovered::err);
    assertEquals(0, published(to).code());
  }

  @Test
  void where_nothing_was_published_since_a_restored_server_goes_on() throws Exception {
    backup("monday", "--with-keys");
    var to = temp.resolve("restored");
    assertEquals(0, restore("monday", to, onOtherDatabase(to).toArray(String[]::new)).code());
    oneWasInContact(to);
    assertEquals(0, in(to, "recover", "--nothing-since").code());
    var log = in(to, "audit", "tail", "-n", "1").out();
    assertTrue(log.contains("server.nothing-since"), log);
    assertEquals(0, published(to).code());
    assertEquals(4, in(to, "recover", "--nothing-since").code());
    var moved = temp.resolve("moved");
    var said = new ArrayList<>(onOtherDatabase(moved));
    said.add("--nothing-since");
    assertEquals(0, restore("monday", moved, said.toArray(String[]::new)).code());
    assertEquals(0, published(moved).code());
  }

  @Test
  void keys_stay_where_they_are_unless_somebody_asks_for_them() throws Exception {
    backup("monday");
    try (var files = Files.walk(temp.resolve("monday"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(file.toString().contains("/keys/"), file::toString);
        assertFalse(
            Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                .contains("PRIVATE KEY"));
      }
    }
    var to = temp.resolve("restored");
    var restored = restore("monday", to, onOtherDatabase(to).toArray(String[]::new));
    assertTrue(restored.out().contains("bring the folder keys/ there"), restored::out);
  }

  @Test
  void one_byte_that_changed_is_noticed_before_anything_is_made() throws Exception {
    backup("monday");
    try (var files = Files.walk(temp.resolve("monday"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var bytes = Files.readAllBytes(file);
        if (bytes.length > 0 && !file.endsWith("manifest.json")) {
          bytes[bytes.length / 2] ^= 1;
          Files.write(file, bytes);
          var to = temp.resolve("restored");
          var refused = restore("monday", to);
          assertEquals(5, refused.code());
          assertTrue(refused.err().contains(String.valueOf(file.getFileName())), refused::err);
          assertFalse(Files.exists(to));
          bytes[bytes.length / 2] ^= 1;
          Files.write(file, bytes);
        }
      }
    }
    Files.delete(temp.resolve("monday/manifest.json"));
    assertTrue(restore("monday", temp.resolve("restored")).err().contains("no whole backup"));
  }

  @Test
  void a_restoration_that_breaks_off_leaves_no_folder() throws Exception {
    backup("monday");
    var manifest = temp.resolve("monday/manifest.json");
    var whole = Files.readString(manifest);
    for (var wrong :
        new String[][] {
          {"(\"name\": \"audit\",\\s+\"rows\": )[0-9]+", "$199", "rows and not"},
          {"\"schema\": \"[0-9]+\"", "\"schema\": \"999999\"", "use a newer server"}
        }) {
      Files.writeString(manifest, whole.replaceFirst(wrong[0], wrong[1]));
      var to = temp.resolve("restored");
      var refused = restore("monday", to);
      assertTrue(refused.code() != 0, refused::out);
      assertTrue(refused.err().contains(wrong[2]), refused::err);
      assertFalse(Files.exists(to), refused::err);
    }
  }

  /// A restoration on a clock that does something when it is asked, in the middle of the work.
  private Typed restoring(Path to, Runnable meanwhile) {
    var out = new StringWriter();
    var err = new StringWriter();
    var console =
        new Console(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            false,
            "anna",
            () -> {
              meanwhile.run();
              return admins.clock.instant();
            },
            new SecureRandom());
    var arguments =
        Stream.concat(
            Stream.of("restore", admins.path("monday"), to.toString()),
            onOtherDatabase(to).stream());
    var code = Programs.server(console, arguments.toArray(String[]::new));
    return new Typed(code, out.toString(), err.toString());
  }

  private static void bringKeys(Path to) {
    try {
      Files.createDirectories(to.resolve("keys"));
      Files.writeString(to.resolve("keys/root.pem"), "brought by hand");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void keys_that_are_brought_meanwhile_stay_whatever_becomes_of_the_restoration()
      throws IOException {
    backup("monday");
    for (var fails : new boolean[] {true, false}) {
      var to = temp.resolve("restored-" + fails);
      var typed =
          restoring(
              to,
              () -> {
                bringKeys(to);
                if (fails) {
                  throw new IllegalStateException("the clock stands still");
                }
              });
      assertNotEquals(0, typed.code(), typed::out);
      assertEquals("brought by hand", Files.readString(to.resolve("keys/root.pem")));
      assertFalse(Files.exists(to.resolve("server.yaml")));
      try (var beside = Files.list(temp)) {
        var partial = beside.filter(each -> each.toString().contains(to + ".partial-")).toList();
        assertEquals(fails ? 0 : 1, partial.size());
        for (var whole : partial) {
          assertTrue(typed.err().contains(whole.toString()), typed::err);
          assertTrue(Files.exists(whole.resolve("server.yaml")));
        }
      }
      // A file went with its folder; another database does not.
      assertEquals(
          fails && TestingDatabase.IS_POSTGRES, typed.err().contains("empty it"), typed::err);
    }
  }

  @Test
  void nothing_is_ever_overwritten() throws IOException {
    backup("monday");
    var manifest = Files.readString(temp.resolve("monday/manifest.json"));
    assertEquals(6, backup("monday").code());
    assertEquals(manifest, Files.readString(temp.resolve("monday/manifest.json")));
    assertEquals(6, restore("monday", admins.server).code());
    if (TestingDatabase.IS_POSTGRES) {
      var options = TestingDatabase.initOptions(admins.server).toArray(String[]::new);
      var refused = restore("monday", temp.resolve("restored"), options);
      assertTrue(refused.err().contains("is not empty"), refused::err);
      assertFalse(refused.err().contains("empty it"), refused::err);
    }
    assertEquals(0, admins.run(true, "check", "-d", admins.server.toString()).code());
  }

  @Test
  void an_old_backup_publishes_nothing_under_numbers_that_devices_hold() throws Exception {
    backup("monday", "--with-keys");
    admins.done("publish", admins.rule("later-tool"), "--break-glass", Typed.ALONE);
    assertEquals(2, admins.believed().serial());
    var held = new TreeMap<String, Long>();
    var newest = Repository.read(admins.server.resolve("repository"));
    held.put("timestamp", newest.timestamp().version());
    held.put("snapshot", newest.snapshot().version());
    newest.roles().forEach((role, file) -> held.put(role.encoded(), file.version()));
    held.put(Holdings.SERIAL, 2L);

    var to = temp.resolve("restored");
    var restored = restore("monday", to, onOtherDatabase(to).toArray(String[]::new));
    assertEquals(0, restored.code(), restored::err);
    try (var database = TestingDatabase.open(to)) {
      var audit = new Audit(database, admins.clock);
      var publications = new Publications(database, audit, admins.clock);
      var setback = new Setback(publications, () -> Repository.read(to.resolve("repository")));
      var device = new DeviceId("a".repeat(32));
      setback.coming(held, admins.clock.instant());
      database.write(connection -> {
        setback.heard(connection, device, held, admins.clock.instant());
        return 0;
      });
    }
    var rule = admins.rule("third-tool");
    var refused =
        admins.run(false, "publish", rule, "--break-glass", Typed.ALONE, "-d", to.toString());
    assertNotEquals(0, refused.code());
    assertTrue(
        refused.err().contains("devices hold version of the role blocklist 3"), refused::err);

    var recovered = admins.run(false, "recover", "--publish", "-d", to.toString());
    assertEquals(0, recovered.code(), () -> recovered.out() + recovered.err());
    assertEquals(
        0,
        admins
            .run(false, "publish", rule, "--break-glass", Typed.ALONE, "-d", to.toString())
            .code());
    var after = Repository.read(to.resolve("repository"));
    assertTrue(after.timestamp().version() > newest.timestamp().version());
    assertTrue(after.snapshot().version() > newest.snapshot().version());
    after
        .roles()
        .forEach((role, file) -> {
          if (role.encoded().equals("blocklist")) {
            assertTrue(file.version() > held.getOrDefault(role.encoded(), 0L));
          }
        });
    try (var database = TestingDatabase.open(to)) {
      var publications =
          new Publications(database, new Audit(database, admins.clock), admins.clock);
      assertTrue(publications.newest().orElseThrow().serial() > 2);
    }
  }

  /// The keys of today are not those that the signed files of then trust.
  @Test
  void a_backup_older_than_a_change_of_keys_says_which_keys_to_take_back() throws Exception {
    backup("monday");
    for (var role : List.of("blocklist", "snapshot")) {
      var draft = temp.resolve(role + ".draft");
      var said = admins.done("key", "rotate", role, "--out", draft.toString()).out();
      assertTrue(said.contains("of this server's own keys"), said);
      assertFalse(said.contains("root sign"), "nobody else has to sign");
      assertTrue(said.contains(draft + " is gone again"), said);
      assertFalse(Files.exists(draft));
    }
    assertEquals(1, admins.believed().serial());
    assertEquals(2, admins.workstation().root().version());
    var to = temp.resolve("restored");
    var options = onOtherDatabase(to);
    options.add("--nothing-since");
    assertEquals(0, restore("monday", to, options.toArray(String[]::new)).code());
    SetUp.copy(admins.server.resolve("keys"), to.resolve("keys"));

    var pause = in(to, "pause", "some-tool", "--reason", "Restored.");
    assertEquals(5, pause.code(), pause::out);
    for (var refused : List.of(published(to), admins.run(true, "run", to.toString()))) {
      assertEquals(5, refused.code(), refused::out);
      assertEquals(takesBack(to), copies(refused.err()), refused::err);
    }
    assertTrue(admins.run(true, "doctor", to.toString()).out().contains("BAD   keys"));
    for (var copy : takesBack(to).entrySet()) {
      Files.copy(copy.getKey(), copy.getValue(), StandardCopyOption.REPLACE_EXISTING);
    }
    assertEquals(0, published(to).code());
    assertTrue(admins.run(true, "doctor", to.toString()).out().contains("good  keys"));

    // A workstation that followed the change needs a later one.
    for (var role : List.of("blocklist", "snapshot", "timestamp")) {
      var changed = in(to, "key", "rotate", role, "--out", admins.path(role + "-2.draft"));
      assertEquals(0, changed.code(), changed::err);
    }
    var newest = admins.believed(to);
    assertEquals(3, newest.serial(), "what was refused used up a serial");
    assertEquals(2, newest.rules().size());
  }

  /// Each former key and where it belongs.
  private static Map<Path, Path> takesBack(Path server) throws Exception {
    var all = new TreeMap<Path, Path>();
    try (var retired = Files.list(server.resolve("keys/retired"))) {
      for (var file : retired.toList()) {
        var name = file.getFileName().toString().replaceFirst("[0-9a-f]{16}\\.", "");
        all.put(file, server.resolve("keys").resolve(name));
      }
    }
    assertEquals(2, all.size());
    return all;
  }

  private static Map<Path, Path> copies(String message) {
    var all = new TreeMap<Path, Path>();
    Pattern.compile("cp '([^']+)' '([^']+)'")
        .matcher(message)
        .results()
        .forEach(one -> all.put(Path.of(one.group(1)), Path.of(one.group(2))));
    return all;
  }
}
