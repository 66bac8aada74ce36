package dev.interdict.server.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.policy.Blocklist;
import dev.interdict.server.MovableClock;
import dev.interdict.server.cli.setup.RunningServer;
import dev.interdict.server.cli.setup.ServerFolder;
import dev.interdict.server.cli.setup.Settings;
import dev.interdict.server.cli.terminal.Console;
import dev.interdict.server.publish.SignedTime;
import dev.interdict.server.store.TestingDatabase;
import dev.interdict.trust.DirectoryFetcher;
import dev.interdict.trust.DirectoryStore;
import dev.interdict.trust.Limits;
import dev.interdict.trust.RefreshResult;
import dev.interdict.trust.TargetResult;
import dev.interdict.trust.Updater;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A server, the people around it with keys of their own, and one workstation that was enrolled in
/// the beginning, all on one clock.
final class Admins {
  static final String PASSPHRASE = "a passphrase of several words";

  final MovableClock clock = new MovableClock(Typed.NOW);
  final Path temp;
  final Path server;
  final String pin;

  /// How everybody stands after the walk, made once and copied from then on: making keys takes
  /// longer than most of what is tested.
  private static @Nullable Path walked;

  /// A server whose list of one rule was published while all keys lay on it, a workstation that has
  /// that list, and then the walk to keys of people.
  static synchronized Admins afterTheWalk(Path temp) throws Exception {
    if (walked == null) {
      var made = Files.createTempDirectory("walked");
      var admins = new Admins(made);
      admins.done("publish", admins.rule("some-tool"), "--break-glass", Typed.ALONE);
      assertEquals(1, admins.believed().serial());
      admins.walkToOfflineKeys();
      walked = made;
      Runtime.getRuntime().addShutdownHook(new Thread(() -> SetUp.remove(made)));
    }
    SetUp.copy(walked, temp);
    TestingDatabase.copied(walked.resolve("server"), temp.resolve("server"));
    return new Admins(temp);
  }

  /// A server with keys that no other has: all the others are copies of one.
  static Admins ofTheirOwn(Path temp) throws IOException {
    return new Admins(temp, true);
  }

  /// Sets a server up in the folder, unless one was copied there.
  Admins(Path temp) throws IOException {
    this(temp, false);
  }

  private Admins(Path temp, boolean ofTheirOwn) throws IOException {
    this.temp = temp;
    this.server = temp.resolve("server");
    if (!Files.exists(server)) {
      if (ofTheirOwn) {
        var made = Typed.server("init", server.toString());
        assertEquals(0, made.code(), made::err);
      } else {
        SetUp.in(server);
      }
      Files.copy(server.resolve("repository/1.root.json"), temp.resolve("pinned.json"));
      var passphrase = Files.writeString(temp.resolve("passphrase"), PASSPHRASE + "\n").toFile();
      assertTrue(passphrase.setReadable(false, false) && passphrase.setReadable(true, true));
    }
    this.pin = field(here("root", "show"), "Trust root").split(" ")[0];
  }

  Typed run(boolean ofServer, String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var console = console(new PrintWriter(out), new PrintWriter(err));
    var code = ofServer ? Programs.server(console, arguments) : Programs.admin(console, arguments);
    console.out().flush();
    console.err().flush();
    return new Typed(code, out.toString(), err.toString());
  }

  /// A command on the server's machine.
  Typed here(String... arguments) {
    return run(false, with(arguments, "-d", server.toString()));
  }

  /// One that must succeed.
  Typed done(String... arguments) {
    var typed = here(arguments);
    assertEquals(0, typed.code(), () -> typed.out() + typed.err());
    return typed;
  }

  /// A person makes a key; the public half is what they hand over. One of them is under a
  /// passphrase, as all should be: opening it takes its time, by design.
  void key(String name) {
    var protection =
        keyFile(name).endsWith(".p12")
            ? new String[] {"--passphrase-file", path("passphrase")}
            : new String[] {"--no-passphrase"};
    var made = run(false, with(new String[] {"key", "new", keyFile(name)}, protection));
    assertEquals(0, made.code(), made::err);
  }

  String keyFile(String name) {
    return path(name + (name.equals("anna-blocklist") ? ".p12" : ".pem"));
  }

  /// A person signs a draft on a machine of their own.
  Typed sign(String what, String name, String draft, String... more) {
    return run(
        false,
        with(
            new String[] {
              what,
              "sign",
              path(draft),
              "--key",
              keyFile(name),
              "--passphrase-file",
              path("passphrase"),
              "--trust-root",
              pin,
              "--memory",
              path(name + ".memory")
            },
            more));
  }

  void signed(String what, String name, String draft) {
    var typed = sign(what, name, draft);
    assertEquals(0, typed.code(), () -> typed.out() + typed.err());
  }

  /// A key that lies on the server signs.
  void signedByServer(String what, String role, String draft) {
    var typed =
        run(
            false,
            what,
            "sign",
            path(draft),
            "--key",
            server.resolve("keys/" + role + ".pem").toString(),
            "--trust-root",
            pin,
            "--memory",
            path("server.memory"));
    assertEquals(0, typed.code(), () -> typed.out() + typed.err());
  }

  /// From one key a role on the server to two of three people for root, targets and blocklist.
  void walkToOfflineKeys() {
    var roles = new ArrayList<String>();
    for (var role : List.of("root", "targets", "blocklist")) {
      var files = new ArrayList<String>();
      for (var person : List.of("anna", "bo", "chen")) {
        key(person + "-" + role);
        files.add(path(person + "-" + role + ".pub"));
      }
      roles.add("--role");
      roles.add(role + "=2:" + String.join(",", files));
    }
    done(
        with(
            new String[] {"root", "new", "--out", path("walk.draft")},
            roles.toArray(String[]::new)));
    signedByServer("root", "root", "walk.draft");
    for (var role : List.of("root", "targets", "blocklist")) {
      for (var person : List.of("anna", "bo")) {
        signed("root", person + "-" + role, "walk.draft");
      }
    }
    done("root", "publish", path("walk.draft"));
  }

  private Console console() {
    return console(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
  }

  private Console console(PrintWriter out, PrintWriter err) {
    return new Console(out, err, false, "anna", clock, new SecureRandom(), TypedPassphrases.NONE);
  }

  /// The server itself, on free ports.
  RunningServer runningServer() throws IOException {
    var folder = new ServerFolder(server);
    return RunningServer.start(folder, Settings.read(folder).with(null, 0, 0), console());
  }

  String path(String name) {
    return temp.resolve(name).toString();
  }

  /// What the workstation comes to when it asks the server now.
  RefreshResult contact() throws Exception {
    return workstation().refresh(clock.instant());
  }

  /// The list as the workstation believes it after asking the server.
  Blocklist believed() throws Exception {
    return believed(server);
  }

  /// The same, of another server.
  Blocklist believed(Path server) throws Exception {
    var updater = workstation(server);
    var refreshed = updater.refresh(clock.instant());
    if (refreshed instanceof RefreshResult.Refused
        || refreshed instanceof RefreshResult.Unreachable) {
      throw new AssertionError(refreshed.toString());
    }
    return updater.target(Blocklist.PATH) instanceof TargetResult.Found(var target, _)
        ? Blocklist.read(target.content())
        : Blocklist.EMPTY;
  }

  Updater workstation() throws Exception {
    return workstation(server);
  }

  private Updater workstation(Path server) throws Exception {
    return new Updater(
        Files.readAllBytes(temp.resolve("pinned.json")),
        new DirectoryStore(temp.resolve("workstation")),
        new DirectoryFetcher(server.resolve("repository")),
        Limits.STANDARD);
  }

  /// What `interdict-server run --accept-clock` does before it starts.
  void acceptClock() {
    new SignedTime(clock, new ServerFolder(server).signedTime()).accept();
  }

  void later(Duration by) {
    clock.move(by);
  }

  /// A rule file of that id, made by `rule new` and then changed.
  String rule(String id, String... replacements) throws IOException {
    var file = temp.resolve(id + ".yaml");
    if (!Files.exists(file)) {
      assertEquals(0, run(false, "rule", "new", id, "--into", temp.toString()).code());
    }
    var text = Files.readString(file);
    for (var i = 0; i < replacements.length; i += 2) {
      var changed = text.replace(replacements[i], replacements[i + 1]);
      if (changed.equals(text)) {
        throw new IllegalArgumentException(replacements[i] + " is not in " + text);
      }
      text = changed;
    }
    Files.writeString(file, text);
    return file.toString();
  }

  static String field(Typed typed, String label) {
    return typed
        .out()
        .lines()
        .filter(line -> line.startsWith(label))
        .findFirst()
        .orElseThrow()
        .substring(label.length())
        .strip();
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }
}
