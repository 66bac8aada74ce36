package dev.interdict.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.agent.state.StateVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The scripts of the package for macOS on a Mac made by hand. Never run on macOS so far.
@EnabledOnOs(OS.LINUX)
class MacosScriptsTest {
  private static final String SETTINGS =
      """
      INTERDICT_SERVER=https://interdict.example.com:8460
      INTERDICT_ROOT_KEY=sha256:ab
      INTERDICT_ENROL_TOKEN='$(touch /tmp/never) secret'
      """;

  @TempDir private Path folder;
  private FakeMac mac;

  @BeforeEach
  void make() throws Exception {
    assumeTrue(Running.has("bash", "unzip"), "needs bash and unzip");
    mac = new FakeMac(folder);
    mac.agent(0);
  }

  @Test
  void the_tree_holds_what_the_services_start_and_the_libraries_of_both_processors()
      throws Exception {
    for (var label : List.of("com.interdict.agent", "com.interdict.agent.enrol")) {
      var service = Plist.read(mac.root.resolve("Library/LaunchDaemons/" + label + ".plist"));
      assertEquals(label, service.get("Label"));
      var program = String.valueOf(((List<?>) service.get("ProgramArguments")).getFirst());
      assertTrue(Files.isExecutable(mac.root.resolve(program.substring(1))), program);
    }
    for (var arch : List.of("aarch64", "x86-64")) {
      assertTrue(
          Files.size(mac.home().resolve("lib/native/darwin-" + arch + "/libjnidispatch.jnilib"))
              > 0);
    }
  }

  @Test
  void an_installation_makes_folders_that_only_root_enters_and_starts_both_services()
      throws Exception {
    assertEquals(0, mac.script("preinstall").code());
    assertEquals(0, mac.script("postinstall").code());
    for (var closed : List.of(mac.state(), mac.home().resolve("etc/enrol.conf.d"))) {
      assertEquals("rwx------", rights(closed), closed.toString());
    }
    assertEquals("rw-------", rights(mac.home().resolve("etc/enrol.conf")));
    var plist = mac.root.resolve("Library/LaunchDaemons/com.interdict.agent");
    assertEquals(
        List.of(
            "bootout system/com.interdict.agent",
            "bootout system/com.interdict.agent.enrol",
            "bootstrap system " + plist + ".enrol.plist",
            "bootstrap system " + plist + ".plist"),
        mac.asked());
  }

  @Test
  void an_upgrade_keeps_settings_and_state_and_no_library_of_before() throws Exception {
    installed();
    Files.writeString(mac.state().resolve("enrolment.json"), "{}");
    Files.writeString(mac.home().resolve("etc/enrol.conf"), SETTINGS);
    var old = Files.writeString(mac.home().resolve("lib/old.jar"), "before");
    mac.script("preinstall");
    assertFalse(Files.exists(old));
    mac.script("postinstall");
    assertEquals(SETTINGS, Files.readString(mac.home().resolve("etc/enrol.conf")));
    assertEquals("{}", Files.readString(mac.state().resolve("enrolment.json")));
  }

  @Test
  void what_somebody_planted_is_set_aside() throws Exception {
    var target = Files.createDirectory(folder.resolve("elsewhere"));
    Files.createDirectories(mac.state().getParent());
    Files.createSymbolicLink(mac.state(), target);
    Files.createFile(mac.home().resolveSibling("Interdict.mallory"));
    mac.script("preinstall");
    assertTrue(Files.isSymbolicLink(mac.state().resolveSibling("Interdict.not-ours-1")));
    assertTrue(Files.isDirectory(mac.home().resolveSibling("Interdict.not-ours-1")));
    assertFalse(Files.exists(mac.home()));
  }

  @Test
  void it_joins_once_by_a_file_that_is_never_a_program_and_the_token_is_erased() throws Exception {
    installed();
    var file = mac.home().resolve("etc/enrol.conf.d/50.conf");
    Files.writeString(file, SETTINGS);
    assertEquals(0, mac.tool("enrol-once").code());
    assertEquals(0, mac.tool("enrol-once").code());
    assertEquals(
        List.of(
            "enrol --server https://interdict.example.com:8460 --trust-root sha256:ab"
                + " [$(touch /tmp/never) secret] ",
            "kickstart system/com.interdict.agent"),
        since());
    assertFalse(Files.readString(file).contains("secret"));
    assertTrue(Files.readString(file).startsWith("INTERDICT_SERVER="));
    try (var left = Files.list(mac.root.resolve("var/run"))) {
      assertEquals(List.of(), left.toList());
    }
  }

  @Test
  void a_token_that_an_interrupted_enrolment_left_goes_unless_half_an_unenrolment_is_there()
      throws Exception {
    installed();
    var token = Files.writeString(folder.resolve("token"), "left by a crash");
    Files.writeString(
        mac.home().resolve("etc/enrol.conf"),
        SETTINGS + "INTERDICT_ENROL_TOKEN_FILE=" + token + "\n");
    Files.writeString(mac.state().resolve("enrolment.json"), "{}");
    assertEquals(1, mac.tool("enrol-once").code());
    assertTrue(Files.exists(token));
    Files.writeString(mac.state().resolve("device.key"), "key");
    assertEquals(0, mac.tool("enrol-once").code());
    assertFalse(Files.exists(token));
    assertFalse(Files.readString(mac.home().resolve("etc/enrol.conf")).contains("secret"));
    assertEquals(List.of(), since());
  }

  @Test
  void a_purge_keeps_a_quarantine_that_cannot_be_looked_into() throws Exception {
    installed();
    var held = Files.createDirectories(mac.state().resolve("quarantine/held"));
    Files.writeString(held.resolve("h-1"), "somebody's tool");
    mac.fake("find", "echo 'Input/output error' >&2; exit 1");
    mac.fake("ls", "echo 'Input/output error' >&2; exit 1");
    mac.tool("uninstall", "--purge");
    assertTrue(Files.exists(held.resolve("h-1")));
  }

  @Test
  void who_was_refused_keeps_the_token_for_the_next_try() throws Exception {
    installed();
    mac.agent(1);
    var file = Files.writeString(mac.home().resolve("etc/enrol.conf.d/50.conf"), SETTINGS);
    assertEquals(1, mac.tool("enrol-once").code());
    assertTrue(Files.readString(file).contains("secret"));
  }

  @Test
  void a_managed_preference_comes_before_the_files() throws Exception {
    installed();
    Files.writeString(mac.home().resolve("etc/enrol.conf"), SETTINGS);
    var managed = Files.createDirectories(mac.root.resolve("Library/Managed Preferences"));
    var token = Files.writeString(folder.resolve("token"), "by file\n");
    Files.writeString(
        managed.resolve("com.interdict.agent.plist"),
        "INTERDICT_SERVER=https://managed:8460\nINTERDICT_PROXY=proxy:3128\n"
            + "INTERDICT_ENROL_TOKEN_FILE="
            + token
            + "\n");
    assertEquals(0, mac.tool("enrol-once").code());
    assertEquals(
        List.of(
            "enrol --server https://managed:8460 --trust-root sha256:ab [by file]"
                + " --proxy proxy:3128 ",
            "kickstart system/com.interdict.agent"),
        since());
    assertFalse(Files.exists(token));
  }

  @Test
  void without_a_server_it_is_idle_and_what_is_missing_is_named() throws Exception {
    installed();
    assertEquals(0, mac.tool("enrol-once").code());
    Files.writeString(
        mac.home().resolve("etc/enrol.conf.d/1.conf"), "INTERDICT_SERVER=https://a\n");
    var told = mac.tool("enrol-once");
    assertEquals(1, told.code());
    assertTrue(told.out().contains("INTERDICT_ROOT_KEY is missing"), told.out());
    assertEquals(List.of(), since());
  }

  @Test
  void removal_keeps_state_and_a_purge_keeps_what_is_in_quarantine() throws Exception {
    installed();
    var held = Files.createDirectories(mac.state().resolve("quarantine/held"));
    Files.writeString(held.resolve("h-1"), "somebody's tool");
    Files.writeString(mac.state().resolve("device.key"), "key");
    assertEquals(0, mac.tool("uninstall", "--purge").code());
    assertFalse(Files.exists(mac.home()));
    assertFalse(Files.exists(mac.state().resolve("device.key")));
    assertTrue(Files.exists(held.resolve("h-1")));
    assertFalse(Files.exists(mac.root.resolve("Library/LaunchDaemons/com.interdict.agent.plist")));
    assertTrue(since().contains("pkgutil --forget com.interdict.agent"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|", "1|did not leave its server", "3|may not know", "137|may not know"})
  void a_removal_tells_the_server_and_says_what_is_known_of_it(int code, String said)
      throws Exception {
    installed();
    mac.agent(code);
    var told = mac.tool("uninstall");
    assertEquals(0, told.code(), told.out());
    assertEquals(List.of("unenrol ", "pkgutil --forget com.interdict.agent"), since());
    assertEquals(said != null, told.out().contains(String.valueOf(said)), told.out());
  }

  @Test
  void the_guard_is_named_to_whoever_puts_its_log_away_only_while_it_runs() throws Exception {
    installed();
    var plist = Plist.read(mac.root.resolve("Library/LaunchDaemons/com.interdict.agent.plist"));
    assertEquals(List.of("/Library/Interdict/bin/guard"), plist.get("ProgramArguments"));
    var named = mac.root.resolve("var/run/interdict-agent.pid");
    var kept =
        Files.readString(mac.root.resolve("private/etc/newsyslog.d/com.interdict.agent.conf"));
    assertTrue(kept.contains(plist.get("StandardErrorPath") + " 600 "), kept);
    assertTrue(kept.contains(" /var/run/interdict-agent.pid 15\n"), kept);
    // It ends whom the file names, as newsyslog does, and the one that launchd asks.
    for (var whom : List.of("$(cat '" + named + "')", "$PPID")) {
      mac.guard(
          "while [ ! -s '" + named + "' ]; do sleep 0.1; done; kill -TERM " + whom + "; sleep 60");
      assertEquals(143, mac.tool("guard").code(), whom);
      assertFalse(Files.exists(named), whom);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,0", "2,1", "999999999,1", "what,0", "'',0", "99999999999999999999,0"})
  void what_a_newer_agent_has_written_is_not_half_understood(String version, int code)
      throws Exception {
    assertTrue(
        mac.text("preinstall").contains("\nknown=" + StateVersion.KNOWN + "\n"),
        "the script knows what its agent knows");
    Files.createDirectories(mac.state());
    Files.writeString(mac.state().resolve("state-version"), version);
    var told = mac.script("preinstall");
    assertEquals(code, told.code(), told.out());
    assertEquals(
        !version.matches("[0-9]{1,9}"),
        told.out().contains(mac.state() + "/state-version tells no version"),
        told.out());
    assertEquals(code == 0, Files.notExists(mac.home().resolve("lib")), "nothing is changed");
    assertEquals(code == 0, mac.asked().contains("bootout system/com.interdict.agent"));
  }

  @Test
  void removal_without_a_purge_keeps_memory_and_settings_but_no_token() throws Exception {
    installed();
    Files.writeString(mac.state().resolve("ledger"), "memory");
    var settings = Files.writeString(mac.home().resolve("etc/enrol.conf"), SETTINGS);
    var pid = Files.createDirectories(mac.root.resolve("var/run")).resolve("interdict-agent.pid");
    Files.writeString(pid, "1\n");
    assertEquals(0, mac.tool("uninstall").code());
    assertFalse(Files.exists(pid));
    assertTrue(Files.exists(mac.state().resolve("ledger")));
    assertFalse(Files.exists(mac.home().resolve("bin")));
    assertFalse(Files.readString(settings).contains("secret"));
  }

  private void installed() throws IOException, InterruptedException {
    assertEquals(0, mac.script("postinstall").code());
  }

  /// What was asked after the installation.
  private List<String> since() throws IOException {
    return mac.asked().stream().filter(line -> !line.startsWith("boot")).toList();
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
