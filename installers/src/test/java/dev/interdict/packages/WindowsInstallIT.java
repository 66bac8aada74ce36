package dev.interdict.packages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The MSI installed, repaired, upgraded and removed by Wine's own installer. Wine has no access
/// lists and no Windows Java: the service is registered and not started.
@EnabledOnOs(OS.LINUX)
class WindowsInstallIT {
  private static final Path WINE = Path.of("/usr/lib/wine/wine64");
  private static final Path SERVER = Path.of("/usr/lib/wine/wineserver64");
  private static final String ENROLMENT = "HKLM\\SOFTWARE\\Interdict\\Enrolment";
  private static final String STATE = "HKLM\\SOFTWARE\\Interdict\\State";
  private static final String SERVICE = "HKLM\\SYSTEM\\CurrentControlSet\\Services\\InterdictAgent";

  @TempDir private Path folder;

  @Test
  void it_is_installed_repaired_upgraded_never_downgraded_and_removed() throws Exception {
    MsiWorkshop.assumeTools();
    assumeTrue(Files.isExecutable(WINE), "needs wine64");
    var workshop = new MsiWorkshop(folder);
    var first = silent(workshop.make("0.1.0", workshop.runtime(), "first"));
    var second = silent(workshop.make("0.2.0", workshop.runtime(), "second"));
    var without = workshop.make("0.1.0", null, "without");
    windows("reg", "add", "HKCU\\Software\\Wine", "/v", "Version", "/d", "win10", "/f");

    assertFalse(installed(without.file(), "SERVERURL=https://one"));
    assertFalse(there(SERVICE));

    for (var newer : List.of("2", "x")) {
      windows("reg", "add", STATE, "/v", "Version", "/d", newer, "/f");
      assertFalse(installed(first.file(), "SERVERURL=https://one"), "state of version " + newer);
      assertFalse(there(SERVICE));
    }
    windows("reg", "add", STATE, "/v", "Version", "/d", "1", "/f");
    assertTrue(installed(first.file(), "SERVERURL=https://one", "ENROLLTOKEN=secret"));
    assertTrue(registry(ENROLMENT).contains("https://one"));
    assertTrue(registry(SERVICE).contains("LocalSystem"));
    assertTrue(Files.exists(program("bin/InterdictAgent.exe")));

    // Anybody may start a repair, with what they like.
    Files.delete(program("bin/interdict-agent.cmd"));
    windows(
        "msiexec",
        "/i",
        first.property("ProductCode"),
        "/qn",
        "REINSTALL=ALL",
        "REINSTALLMODE=amus",
        "SERVERURL=https://evil",
        "ENROLLTOKEN=evil",
        "JAVAHOME=C:\\evil");
    assertTrue(Files.exists(program("bin/interdict-agent.cmd")));
    assertFalse(registry("HKLM\\SOFTWARE\\Interdict").contains("evil"));
    assertTrue(registry(ENROLMENT).contains("secret"));

    assertTrue(installed(second.file()));
    assertTrue(registry("HKLM\\SOFTWARE\\Interdict\\Agent").contains("0.2.0"));
    assertTrue(registry(ENROLMENT).contains("secret"), "what was not used yet is carried over");

    assertFalse(installed(first.file()));
    assertTrue(registry("HKLM\\SOFTWARE\\Interdict\\Agent").contains("0.2.0"));

    assertEquals(0, windows("msiexec", "/x", second.property("ProductCode"), "/qn").code());
    assertFalse(there("HKLM\\SOFTWARE\\Interdict\\Agent"));
    assertFalse(there(ENROLMENT));
    assertTrue(there(STATE), "it goes with the state, which stays");
    assertFalse(there(SERVICE));
    assertFalse(Files.exists(program("bin/InterdictAgent.exe")));
  }

  private Path program(String path) {
    return folder.resolve("wine/drive_c/Program Files/Interdict Agent").resolve(path);
  }

  /// The same, with the service registered and not started.
  private Msi silent(Msi msi) throws IOException, InterruptedException {
    var query = "DELETE FROM `InstallExecuteSequence` WHERE `Action`='StartServices'";
    var changed =
        Running.of(msi.log(), Map.of(), List.of("msibuild", msi.file() + "", "-q", query));
    assertEquals(0, changed.code(), changed.out());
    return msi;
  }

  private boolean installed(Path file, String... properties)
      throws IOException, InterruptedException {
    var line = new ArrayList<>(List.of("msiexec", "/i", "Z:" + file, "/qn"));
    line.addAll(List.of(properties));
    return windows(line.toArray(String[]::new)).code() == 0;
  }

  private boolean there(String key) throws IOException, InterruptedException {
    return windows("reg", "query", key).code() == 0;
  }

  private String registry(String key) throws IOException, InterruptedException {
    return windows("reg", "query", key, "/s").out();
  }

  private Running windows(String... line) throws IOException, InterruptedException {
    var whole = new ArrayList<>(List.of(WINE.toString()));
    whole.addAll(List.of(line));
    return Running.of(folder.resolve("log"), environment(), whole);
  }

  private Map<String, String> environment() {
    // Its folders for documents are links into the home.
    return Map.of(
        "WINEPREFIX", folder.resolve("wine").toString(),
        "HOME", folder.toString(),
        "WINEDEBUG", "-all");
  }

  @AfterEach
  void ends() throws IOException, InterruptedException {
    if (Files.isExecutable(SERVER) && Files.exists(folder.resolve("wine"))) {
      Running.of(
          folder.resolve("end"), environment(), List.of(SERVER.toString(), "--kill", "--wait"));
    }
  }
}
