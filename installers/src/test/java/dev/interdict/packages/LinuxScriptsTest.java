package dev.interdict.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.state.StateVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The scripts of the packages for Linux below a folder that stands for the root, with an agent
/// that only ends as it is told. What they do to a real system is [dev.interdict.e2e.PackagesIT]'s.
@EnabledOnOs(OS.LINUX)
class LinuxScriptsTest {
  private static final Path PACKAGE = Path.of("src/packages/agent");
  private static final Path TREE = PACKAGE.resolve("tree/usr/lib");

  @TempDir private Path folder;
  private Path state;
  private Path settings;
  private Path bin;

  @BeforeEach
  void make() throws IOException {
    state = Files.createDirectories(folder.resolve("var/lib/interdict-agent"));
    settings = Files.createDirectories(folder.resolve("etc/interdict-agent"));
    Files.createDirectory(settings.resolve("enrol.conf.d"));
    Files.createDirectory(folder.resolve("run"));
    bin = Files.createDirectories(folder.resolve("usr/lib/interdict-agent/bin"));
    agent(0);
  }

  private void agent(int code) throws IOException {
    program(bin.resolve("interdict-agent"), "#!/bin/sh\necho \"asked: $1\"\nexit " + code + "\n");
  }

  private static void program(Path at, String text) throws IOException {
    Files.writeString(at, text);
    Files.setPosixFilePermissions(at, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// The script with every folder of the system below this test's own.
  private void own(Path script, Path at) throws IOException {
    program(
        at,
        Files.readString(script)
            .replaceAll("(?<![\\w/}\"])/(etc|var|run|usr/lib/interdict-agent)\\b", folder + "/$1"));
  }

  private Running run(Path program, String... arguments) throws Exception {
    var line = new java.util.ArrayList<>(List.of("/bin/sh", program.toString()));
    line.addAll(List.of(arguments));
    var fake = folder.resolve("fake");
    return Running.of(
        folder.resolve("log"), Map.of("PATH", fake + ":" + System.getenv("PATH")), line);
  }

  private Running tool(String name, String... arguments) throws Exception {
    for (var each : List.of("enrol-once", "removing")) {
      own(TREE.resolve("interdict-agent/bin").resolve(each), bin.resolve(each));
    }
    return run(bin.resolve(name), arguments);
  }

  private Running purge() throws Exception {
    own(PACKAGE.resolve("deb/postrm"), folder.resolve("postrm"));
    return run(folder.resolve("postrm"), "purge");
  }

  private Path named(String token) throws IOException {
    var file = Files.writeString(folder.resolve("token"), token);
    Files.writeString(
        settings.resolve("enrol.conf"),
        "INTERDICT_SERVER=https://a\nINTERDICT_ROOT_KEY=sha256:ab\nINTERDICT_ENROL_TOKEN="
            + token
            + "\nINTERDICT_ENROL_TOKEN_FILE="
            + file
            + "\n");
    return file;
  }

  @Test
  void a_token_that_an_interrupted_enrolment_left_goes_with_the_next_look() throws Exception {
    var file = named("secret");
    Files.writeString(state.resolve("enrolment.json"), "{}");
    Files.writeString(state.resolve("device.key"), "key");
    var told = tool("enrol-once");
    assertEquals(0, told.code(), told.out());
    assertEquals("", told.out());
    assertFalse(Files.exists(file));
    assertFalse(Files.readString(settings.resolve("enrol.conf")).contains("secret"));
  }

  @Test
  void after_half_an_unenrolment_the_new_token_stays_and_the_way_out_is_named() throws Exception {
    var file = named("secret");
    Files.writeString(state.resolve("enrolment.json"), "{}");
    var told = tool("enrol-once");
    assertEquals(1, told.code());
    assertTrue(told.out().contains("run interdict-agent unenrol"), told.out());
    assertTrue(Files.exists(file));
    assertTrue(Files.readString(settings.resolve("enrol.conf")).contains("secret"));
  }

  @Test
  void a_device_joins_and_its_tokens_are_gone() throws Exception {
    var file = named("secret");
    var told = tool("enrol-once");
    assertEquals("asked: enrol\n", told.out());
    assertFalse(Files.exists(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|",
        "1|did not leave its server",
        "3|may not know",
        "124|may not know",
        "137|may not know",
        "2|did not leave its server",
      })
  void a_removal_says_what_is_known_of_the_server(int code, String said) throws Exception {
    agent(code);
    var told = tool("removing", "remove");
    assertEquals(0, told.code(), told.out());
    var lines = told.out().lines().toList();
    assertEquals("asked: unenrol", lines.getFirst());
    assertEquals(said == null ? 1 : 2, lines.size(), told.out());
    assertTrue(lines.getLast().contains(said == null ? "unenrol" : said), told.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"held", "work"})
  void a_purge_keeps_what_is_in_quarantine(String place) throws Exception {
    var held = Files.createDirectories(state.resolve("quarantine").resolve(place));
    Files.writeString(held.resolve("h-1"), "somebody's tool");
    Files.writeString(state.resolve("device.key"), "key");
    var told = purge();
    assertEquals(0, told.code(), told.out());
    assertTrue(Files.exists(held.resolve("h-1")));
    assertFalse(Files.exists(state.resolve("device.key")));
    assertTrue(told.out().contains("stays in"), told.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"find", "ls"})
  void what_cannot_be_looked_into_is_not_empty(String broken) throws Exception {
    var held = Files.createDirectories(state.resolve("quarantine/held"));
    Files.writeString(held.resolve("h-1"), "somebody's tool");
    var fake = Files.createDirectory(folder.resolve("fake"));
    program(fake.resolve(broken), "#!/bin/sh\necho 'Input/output error' >&2\nexit 1\n");
    var told = purge();
    assertTrue(Files.exists(held.resolve("h-1")), told.out());
  }

  @Test
  void a_purge_leaves_nothing_where_nothing_was_taken_away() throws Exception {
    Files.createDirectories(state.resolve("quarantine/held"));
    Files.createDirectories(state.resolve("quarantine/work"));
    Files.writeString(state.resolve("quarantine/journal"), "");
    assertEquals(0, purge().code());
    assertFalse(Files.exists(state));
    assertEquals(0, purge().code());
  }

  /// The script that looks before anything is laid down, as built for a program that knows `known`.
  private Running before(String program, String kind, String how, int known) throws Exception {
    var sources = PACKAGE.resolveSibling(program);
    var script =
        kind.equals("deb")
            ? Files.readString(sources.resolve("deb/preinst")).replace("@STATE@", "" + known)
            : Files.readString(sources.resolve("rpm.spec"))
                .replaceAll("(?s).*\n%pre\n(.*?)\n%post\n.*", "$1")
                .replace("%{state_version}", "" + known);
    var at = Files.writeString(folder.resolve("before.sh"), script);
    own(at, at);
    return run(at, how);
  }

  @ParameterizedTest
  @CsvSource({
    "agent, deb, install",
    "agent, deb, upgrade",
    "agent, rpm, 1",
    "agent, rpm, 2",
    "server, deb, install",
    "server, deb, upgrade",
    "server, rpm, 1",
    "server, rpm, 2",
  })
  void what_a_newer_version_has_written_is_not_half_understood(
      String program, String kind, String how) throws Exception {
    var kept =
        Files.createDirectories(
            program.equals("agent") ? state : folder.resolve("var/lib/interdict/server"));
    assertEquals(0, before(program, kind, how, 7).code(), "nothing is kept");
    for (var there : List.of("7\n", "6\n")) {
      Files.writeString(kept.resolve("state-version"), there);
      var taken = before(program, kind, how, 7);
      assertEquals(0, taken.code(), taken.out());
      assertEquals("", taken.out());
    }
    for (var there : List.of("8\n", "999999999\n")) {
      Files.writeString(kept.resolve("state-version"), there);
      var refused = before(program, kind, how, 7);
      assertEquals(1, refused.code(), there);
      assertTrue(refused.out().contains(kept + " (its state is of version"), refused.out());
      assertEquals(there, Files.readString(kept.resolve("state-version")));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "agent, deb, upgrade",
    "agent, rpm, 2",
    "server, deb, upgrade",
    "server, rpm, 2",
  })
  void a_damaged_version_is_named_and_keeps_no_repair_away(String program, String kind, String how)
      throws Exception {
    var kept =
        Files.createDirectories(
            program.equals("agent") ? state : folder.resolve("var/lib/interdict/server"));
    for (var there : List.of("", "what\n", "-1\n", "1000000000\n", "99999999999999999999\n")) {
      Files.writeString(kept.resolve("state-version"), there);
      var taken = before(program, kind, how, 7);
      assertEquals(0, taken.code(), taken.out());
      assertEquals(1, taken.out().lines().count(), taken.out());
      assertTrue(taken.out().contains(kept + "/state-version tells no version"), taken.out());
      assertEquals(there, Files.readString(kept.resolve("state-version")));
    }
  }

  @Test
  void the_package_knows_the_state_that_its_agent_knows() throws Exception {
    assertEquals(
        StateVersion.KNOWN + "\n", Files.readString(TREE.resolve("interdict-agent/state-version")));
  }

  @Test
  void what_stays_of_a_purge_still_says_of_which_version_it_is() throws Exception {
    var held = Files.createDirectories(state.resolve("quarantine/held"));
    Files.writeString(held.resolve("h-1"), "somebody's tool");
    Files.writeString(state.resolve("state-version"), "1\n");
    assertEquals(0, purge().code());
    assertTrue(Files.exists(state.resolve("state-version")));
  }

  private void installs(Map<String, String> environment) throws Exception {
    own(TREE.resolve("interdict-agent/bin/installed"), bin.resolve("installed"));
    own(TREE.resolve("interdict-agent/bin/enrol-once"), bin.resolve("enrol-once"));
    var fake = Files.createDirectories(folder.resolve("fake"));
    program(fake.resolve("systemd-sysusers"), "#!/bin/sh\n");
    var all = new java.util.HashMap<>(environment);
    all.put("PATH", fake + ":" + System.getenv("PATH"));
    var line = List.of("/bin/sh", bin.resolve("installed").toString(), "accounts");
    var told = Running.of(folder.resolve("log"), all, line);
    assertEquals(0, told.code(), told.out());
  }

  @Test
  void an_upgrade_changes_of_what_the_installation_was_told_only_what_it_is_told_anew()
      throws Exception {
    installs(Map.of("INTERDICT_SERVER", "https://a", "INTERDICT_ENROL_TOKEN_FILE", "/root/token"));
    var given = settings.resolve("enrol.conf.d/50-installation.conf");
    Files.writeString(given, Files.readString(given) + "# Of the pilot.\n");
    installs(Map.of("INTERDICT_SERVER", "https://b", "INTERDICT_PROXY", "p:3128"));
    assertEquals(
        """
        INTERDICT_ENROL_TOKEN_FILE=/root/token
        # Of the pilot.
        INTERDICT_SERVER=https://b
        INTERDICT_PROXY=p:3128
        """,
        Files.readString(given));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(given)));
    installs(Map.of());
    assertTrue(Files.readString(given).contains("https://b"));
  }

  @ParameterizedTest
  @CsvSource({
    "INTERDICT_ENROL_TOKEN_FILE=/root/old, INTERDICT_ENROL_TOKEN=new",
    "INTERDICT_ENROL_TOKEN=old, INTERDICT_ENROL_TOKEN_FILE=/root/new",
  })
  void a_new_token_takes_the_place_of_the_old_one_however_either_is_given(String old, String fresh)
      throws Exception {
    for (var token : List.of(old, fresh)) {
      var given = token.split("=", 2);
      installs(Map.of("INTERDICT_SERVER", "https://a", given[0], given[1]));
    }
    assertEquals(
        "INTERDICT_SERVER=https://a\n" + fresh + "\n",
        Files.readString(settings.resolve("enrol.conf.d/50-installation.conf")));
  }

  @Test
  void modes_of_what_is_packed_are_not_those_of_whoever_builds() throws Exception {
    var tree = Files.createDirectories(folder.resolve("tree"));
    var etc = Files.createDirectories(tree.resolve("etc/interdict-agent/enrol.conf.d"));
    var conf = Files.writeString(etc.resolveSibling("enrol.conf"), "");
    var text = Files.writeString(tree.resolve("text"), "");
    var tool = Files.writeString(tree.resolve("tool"), "");
    var outside = Files.writeString(folder.resolve("outside"), "");
    Files.createSymbolicLink(tree.resolve("link"), outside);
    for (var each : List.of(tree, etc, etc.getParent(), tool)) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxrwx---"));
    }
    for (var each : List.of(conf, text, outside)) {
      Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rw-rw----"));
    }
    var script = Path.of("src/packages/lib/tree.sh").toAbsolutePath();
    var told =
        Running.of(
            folder.resolve("log"),
            Map.of("epoch", "1"),
            List.of("bash", "-c", ". '" + script + "'; clamp '" + tree + "'"));
    assertEquals(0, told.code(), told.out());
    var modes = new java.util.LinkedHashMap<String, String>();
    for (var each : List.of(tree, etc, conf, text, tool, outside)) {
      modes.put(
          folder.relativize(each).toString(),
          PosixFilePermissions.toString(Files.getPosixFilePermissions(each)));
    }
    assertEquals(
        Map.of(
            "tree", "rwxr-xr-x",
            "tree/etc/interdict-agent/enrol.conf.d", "rwx------",
            "tree/etc/interdict-agent/enrol.conf", "rw-------",
            "tree/text", "rw-r--r--",
            "tree/tool", "rwxr-xr-x",
            "outside", "rw-rw----"),
        modes);
  }

  @Test
  void what_waits_for_a_token_waits_after_an_unenrolment_too() throws Exception {
    var units = TREE.resolve("systemd/system");
    for (var waiting : List.of("path", "timer")) {
      assertFalse(
          Files.readString(units.resolve("interdict-agent-enrol." + waiting))
              .lines()
              .anyMatch(line -> line.startsWith("Condition")),
          waiting);
    }
    assertTrue(
        Files.readString(units.resolve("interdict-agent-enrol.service"))
            .contains("\nConditionPathExists=!/var/lib/interdict-agent/enrolment.json\n"));
  }
}
