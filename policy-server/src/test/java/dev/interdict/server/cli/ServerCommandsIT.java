package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Blocklist;
import dev.interdict.server.MovableClock;
import dev.interdict.server.cli.setup.RunningServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.cli.terminal.Failure;
import dev.interdict.server.store.AboutSqlite;
import dev.interdict.trust.DirectoryFetcher;
import dev.interdict.trust.DirectoryStore;
import dev.interdict.trust.Limits;
import dev.interdict.trust.TargetResult;
import dev.interdict.trust.Updater;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCommandsIT {
  @TempDir Path temp;
  private String dir = "";

  @BeforeEach
  void name_the_folder() {
    dir = temp.resolve("server").toString();
  }

  @Test
  void a_new_server_says_what_to_do_next_and_what_its_keys_cost() throws IOException {
    var made = Typed.server("init", dir);
    assertEquals(0, made.code(), made::err);
    assertEquals("", made.err());
    var pin = made.out().lines().filter(line -> line.startsWith("Trust root")).findFirst();
    assertTrue(pin.orElseThrow().matches("Trust root +sha256:[0-9a-f]{64}"), pin::get);
    for (var said :
        List.of(
            "Sign in     admin / ",
            "interdict-server run " + dir,
            "interdict-agent enrol --server http://127.0.0.1:8460 --token-file enrolment-token"
                + " --trust-root sha256:",
            "whoever takes over this machine can sign any",
            "interdict key new NAME.p12")) {
      assertTrue(made.out().contains(said), said);
    }
    assertEquals(44, Files.size(Path.of(dir, "enrolment-token")));
    assertEquals(
        pin.get().replaceAll(".*sha256:", "sha256:"),
        field(Typed.admin("root", "show", "-d", dir), "Trust root").split(" ")[0]);
  }

  @Test
  void secrets_belong_to_their_owner_alone() throws IOException {
    Assumptions.assumeTrue(
        temp.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "file permissions need a POSIX file system");
    Typed.server("init", dir);
    for (var name : List.of("server.yaml", "enrolment-token", "keys/root.pem")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(dir, name))),
          name);
    }
  }

  @Test
  @AboutSqlite
  void so_does_the_database_file() throws IOException {
    Assumptions.assumeTrue(
        temp.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "file permissions need a POSIX file system");
    Typed.server("init", dir);
    var file = Path.of(dir, "interdict.db");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void a_server_is_set_up_once() {
    assertEquals(0, Typed.server("init", dir).code());
    assertEquals(
        new Typed(
            6,
            "",
            "interdict-server init: "
                + dir
                + " is set up already; run it with: interdict-server run "
                + dir
                + "\n"),
        Typed.server("init", dir));
  }

  @Test
  void a_folder_that_holds_something_else_is_left_alone() throws IOException {
    var other = Files.createDirectory(Path.of(dir)).resolve("diary.txt");
    Files.writeString(other, "mine");
    assertEquals(6, Typed.server("init", dir).code());
    assertEquals("mine", Files.readString(other));
  }

  @Test
  void where_nothing_can_be_written_it_says_so_in_one_line() throws IOException {
    var file = Files.writeString(temp.resolve("file"), "");
    var refused = Typed.server("init", file.resolve("below").toString());
    assertEquals(4, refused.code());
    assertEquals(1, refused.err().lines().count(), refused::err);
    var readOnly = Files.createDirectory(temp.resolve("read-only"));
    assertTrue(readOnly.toFile().setWritable(false));
    Assumptions.assumeFalse(Files.isWritable(readOnly), "root may write everywhere");
    var denied = Typed.server("init", readOnly.resolve("server").toString());
    assertEquals(4, denied.code());
    assertEquals(1, denied.err().lines().count(), denied::err);
    assertTrue(denied.err().contains("no permission for"), denied::err);
  }

  @Test
  void a_set_up_that_fails_leaves_nothing() throws IOException {
    var password = Files.writeString(temp.resolve("password"), "short");
    var refused = Typed.server("init", dir, "--admin-password-file", password.toString());
    assertEquals(
        new Typed(2, "", "interdict-server init: a password has 12 to 256 characters\n"), refused);
    assertFalse(Files.exists(Path.of(dir)));
    Files.writeString(password, "a longer password");
    var again = Typed.server("init", dir, "--admin-password-file", password.toString());
    assertEquals(0, again.code(), again::err);
  }

  @Test
  void what_is_published_is_read_back_by_a_device() throws Exception {
    Typed.server("init", dir, "--issuer", "O'Neil's IT: 安全");
    Typed.admin("rule", "new", "claude-code", "--into", temp.toString());
    var rule = temp.resolve("claude-code.yaml").toString();
    var published = Typed.admin("publish", rule, "-d", dir, "--break-glass", Typed.ALONE);
    assertEquals(0, published.code(), published::err);
    assertEquals("added claude-code", field(published, "Changes"));
    var believed = believed();
    assertEquals("claude-code", believed.rules().getFirst().id().value());
    assertEquals("O'Neil's IT: 安全", believed.issuer());
    assertEquals(
        new Typed(0, "Nothing changed; serial 1 stays.\n", ""),
        Typed.admin("publish", rule, "-d", dir, "--break-glass", Typed.ALONE));
    assertEquals(0, Typed.admin("withdraw", "claude-code", "-d", dir).code());
    assertEquals(List.of(), believed().rules());
    assertEquals(0, Typed.admin("rollback", "1", "-d", dir, "--break-glass", Typed.ALONE).code());
    assertEquals(3, believed().serial());
    assertEquals(4, Typed.admin("history", "-d", dir).out().lines().count());
  }

  @Test
  void a_rule_with_an_error_is_refused_and_nothing_is_published() throws Exception {
    Typed.server("init", dir);
    Typed.admin("rule", "new", "some-tool", "--into", temp.toString());
    var rule = temp.resolve("some-tool.yaml");
    Files.writeString(
        rule, Files.readString(rule).replace("pkg:npm/%40example/tool", "pkg:deb/bash"));
    var refused = Typed.admin("publish", rule.toString(), "-d", dir);
    assertEquals(4, refused.code());
    assertTrue(refused.out().contains("error  R043"), refused::out);
    assertEquals(
        "interdict publish: nothing was published; correct the errors above\n", refused.err());
    assertEquals(1, Typed.admin("history", "-d", dir).out().lines().count());
  }

  @Test
  void a_key_that_was_taken_offline_is_brought_for_one_command() throws Exception {
    Typed.server("init", dir);
    Typed.admin("rule", "new", "some-tool", "--into", temp.toString());
    var rule = temp.resolve("some-tool.yaml").toString();
    var key = Files.move(Path.of(dir, "keys/blocklist.pem"), temp.resolve("blocklist.pem"));
    var refused = Typed.admin("publish", rule, "-d", dir, "--break-glass", Typed.ALONE);
    assertEquals(5, refused.code());
    assertTrue(refused.err().contains("bring blocklist.pem there"), refused::err);
    assertEquals(
        0,
        Typed.admin(
                "publish", rule, "-d", dir, "--key", key.toString(), "--break-glass", Typed.ALONE)
            .code());
    assertEquals(1, believed().rules().size());
    assertEquals(5, Typed.admin("withdraw", "some-tool", "-d", dir, "--key", keyOf("root")).code());
    assertEquals(1, believed().rules().size());
  }

  @Test
  void tokens_are_made_listed_and_revoked() {
    Typed.server("init", dir);
    var made = Typed.server("token", "create", "-d", dir, "--uses", "5", "--group", "finance");
    assertEquals(0, made.code());
    var id = field(made, "Token").split(",", 2)[0];
    assertTrue(Typed.server("token", "list", "-d", dir).out().contains(id + "  usable"));
    assertTrue(Typed.server("token", "list", "-d", dir).out().contains("unassigned (finance)"));
    assertEquals(2, Typed.server("token", "create", "-d", dir, "--group", "R&D").code());
    assertEquals(0, Typed.server("token", "revoke", id, "-d", dir).code());
    assertTrue(Typed.server("token", "list", "-d", dir).out().contains(id + "  revoked"));
    assertEquals(1, Typed.server("token", "revoke", id, "-d", dir).code());
    assertEquals(2, Typed.server("token", "create", "-d", dir, "--uses", "0").code());
    assertEquals(2, Typed.server("token", "create", "-d", dir, "--valid-for", "month").code());
  }

  @Test
  void commands_before_init_say_what_is_missing() {
    var missing = Typed.server("run", dir);
    assertEquals(
        new Typed(
            2,
            "",
            "interdict-server run: there is no folder "
                + dir
                + "; set it up with: interdict-server init "
                + dir
                + "\n"),
        missing);
    assertEquals(2, Typed.admin("history", "-d", dir).code());
  }

  @Test
  void a_setting_that_nobody_knows_refuses_the_start() throws IOException {
    Typed.server("init", dir);
    var settings = Path.of(dir, "server.yaml");
    var before = Files.readString(settings);
    Files.writeString(settings, before + "bnd: 0.0.0.0\n");
    var line = before.lines().count() + 1;
    var refused = Typed.server("run", dir);
    assertEquals(2, refused.code());
    assertTrue(
        refused
            .err()
            .contains(
                "server.yaml:%d:1: bnd: unknown field \"bnd\"; did you mean \"bind\""
                    .formatted(line)),
        refused::err);
  }

  @Test
  @AboutSqlite
  void a_repository_that_was_changed_is_noticed() throws IOException {
    Typed.server("init", dir);
    var root = Path.of(dir, "repository/1.root.json");
    Files.writeString(root, Files.readString(root).replace("\"threshold\":1", "\"threshold\":2"));
    assertEquals(5, Typed.admin("root", "show", "-d", dir).code());
    assertEquals(5, Typed.server("run", dir).code());
  }

  @Test
  void a_running_server_serves_what_a_command_publishes_meanwhile() throws Exception {
    Typed.server("init", dir);
    try (var running = start(0)) {
      Typed.admin("rule", "new", "some-tool", "--into", temp.toString());
      var rule = temp.resolve("some-tool.yaml").toString();
      assertEquals(0, Typed.admin("publish", rule, "-d", dir, "--break-glass", Typed.ALONE).code());
      var timestamp = get(running.deviceUrl() + "/tuf/timestamp.json");
      assertEquals(Files.readString(Path.of(dir, "repository/timestamp.json")), timestamp);
      assertTrue(get(running.adminUrl() + "/login").contains("<h1>Sign in</h1>"));
      var port = URI.create(running.deviceUrl()).getPort();
      var taken = assertThrows(Failure.class, () -> start(port).close());
      assertEquals(
          "cannot listen on 127.0.0.1:"
              + port
              + " for the device: the port is in use; choose another with --device-port or"
              + " --admin-port",
          taken.getMessage());
    }
  }

  private RunningServer start(int devicePort) throws IOException {
    var folder = new ServerFolder(Path.of(dir));
    var settings = Settings.read(folder).with(null, devicePort, 0);
    var nowhere = new PrintWriter(new StringWriter());
    var console =
        new Console(
            nowhere, nowhere, false, "anna", new MovableClock(Typed.NOW), new SecureRandom());
    return RunningServer.start(folder, settings, console);
  }

  private static String get(String url) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
          .body();
    }
  }

  private String keyOf(String role) {
    return Path.of(dir, "keys", role + ".pem").toString();
  }

  private Blocklist believed() throws Exception {
    var repository = Path.of(dir, "repository");
    var updater =
        new Updater(
            Files.readAllBytes(repository.resolve("1.root.json")),
            new DirectoryStore(temp.resolve("trust")),
            new DirectoryFetcher(repository),
            Limits.STANDARD);
    updater.refresh(Typed.NOW);
    return updater.target(Blocklist.PATH) instanceof TargetResult.Found(var target, _)
        ? Blocklist.read(target.content())
        : Blocklist.EMPTY;
  }

  private static String field(Typed typed, String label) {
    return typed
        .out()
        .lines()
        .filter(line -> line.startsWith(label))
        .findFirst()
        .orElseThrow()
        .substring(label.length())
        .strip();
  }
}
