package dev.interdict.agent.sources.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What package managers and updaters of Windows keep in files of their own.
final class WindowsManagersTest {
  private static final String HOME = Workstation.USERS_HOME;
  private static final String SCOOP = HOME + "scoop/";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = Workstation.withUsers(root);
  }

  @Test
  void scoop_apps_are_seen_version_by_version_with_the_shims_that_start_them() {
    station.planting.fixture("windows/scoop.txt", HOME);

    var seen = station.seenBy(new ScoopSource());
    assertEquals(
        List.of("pkg:scoop/claude-code@2.1.300", "pkg:scoop/claude-code@2.1.328"),
        Workstation.texts(seen));
    var item = seen.items().getLast();
    var folder = "/" + SCOOP + "apps/claude-code/2.1.328";
    assertEquals(List.of(folder), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(List.of(folder + "/claude.exe"), Workstation.parts(item, Part.Role.EXECUTABLE));
    assertEquals(
        List.of("/" + SCOOP + "shims/claude.shim", "/" + SCOOP + "shims/claude.exe"),
        Workstation.parts(item, Part.Role.LAUNCHER));
    assertEquals(List.of(), Workstation.parts(seen.items().getFirst(), Part.Role.LAUNCHER));
    assertEquals(List.of(), seen.gaps());
  }

  @Test
  void scoop_record_decides_and_not_the_folder_s_name() {
    var apps = "ProgramData/scoop/apps/";
    station
        .planting
        .file(apps + "tool/nightly/manifest.json", "{\"version\": \"nightly-20261101\"}")
        .file(apps + "bad/1/manifest.json", "{")
        .file(apps + "odd name/1/manifest.json", "{\"version\": \"1\"}")
        .folder(apps + "no-record/1");

    var seen = station.seenBy(new ScoopSource());
    assertEquals(List.of("pkg:scoop/tool@nightly-20261101"), Workstation.texts(seen));
    assertEquals(
        List.of(Reason.MALFORMED, Reason.MALFORMED),
        seen.gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void chocolatey_packages_are_those_of_its_library() {
    station.planting.fixture("windows/chocolatey.txt", "");

    var seen = station.seenBy(new ChocolateySource());
    assertEquals(List.of("pkg:chocolatey/git.install@2.51.0"), Workstation.texts(seen));
    assertEquals(List.of(), seen.items().getFirst().parts());
    assertEquals(List.of(), seen.gaps());
  }

  @Test
  void chocolatey_description_that_is_broken_or_names_nothing_is_a_gap() {
    var library = "ProgramData/chocolatey/lib/";
    station
        .planting
        .file(library + "a/a.nuspec", "<package><metadata><id>../x</id></metadata></package>")
        .file(library + "b/b.nuspec", "<package/>")
        .file(
            library + "c/c.nuspec",
            "<!DOCTYPE p [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
                + "<package><metadata><id>&e;</id></metadata></package>");

    var seen = station.seenBy(new ChocolateySource());
    assertEquals(List.of(), seen.items());
    assertEquals(3, seen.gaps().size());
  }

  @Test
  void squirrel_apps_are_seen_version_by_version_without_a_key() {
    var app = HOME + "AppData/Local/AnthropicClaude/";
    station
        .planting
        .file(app + "Update.exe", "MZ")
        .file(app + "claude.exe", "MZ")
        .file(app + "packages/RELEASES", "")
        .file(app + "app-0.9.2/claude.exe", "MZ")
        .file(app + "app-0.9.3/claude.exe", "MZ")
        .file(app + "app-0.9.3/resources/app.asar", "")
        .file(HOME + "AppData/Local/Mine/app-1/x.exe", "MZ");

    var seen = station.seenBy(new SquirrelSource());
    assertEquals(
        List.of("windows-uninstall:AnthropicClaude", "windows-uninstall:AnthropicClaude"),
        Workstation.texts(seen));
    assertEquals(List.of("0.9.2", "0.9.3"), seen.items().stream().map(Item::version).toList());
    var item = seen.items().getLast();
    assertEquals(List.of("/" + app + "app-0.9.3"), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(
        List.of("/" + app + "app-0.9.3/claude.exe"), Workstation.parts(item, Part.Role.EXECUTABLE));
    assertEquals(
        List.of("/" + app + "Update.exe", "/" + app + "claude.exe"),
        Workstation.parts(item, Part.Role.LAUNCHER));
  }

  @Test
  void paths_of_windows_lie_below_the_root_or_are_none() {
    assertEquals("/Program Files/x", String.valueOf(WindowsPath.below("c:\\Program Files\\x\\")));
    assertEquals("/x/y", String.valueOf(WindowsPath.below("\\\\?\\C:\\x/y")));
    for (var none :
        List.of(
            "",
            "C:\\",
            "D:\\x",
            "\\\\server\\x",
            "C:x",
            "C:\\..\\x",
            "%APPDATA%\\x",
            "C:\\a:b",
            "\\\\.\\C:\\x",
            "C:\\%x%",
            "C:\\" + "x".repeat(2000))) {
      assertEquals("null", String.valueOf(WindowsPath.below(none)), none.toLowerCase(Locale.ROOT));
    }
  }

  @Test
  void names_of_msix_packages_are_taken_apart_in_one_way() {
    var bundle =
        PackageFullName.parse("Microsoft.WindowsTerminal_3001.22.1.0_neutral_~_8wekyb3d8bbwe");
    assertEquals("Microsoft.WindowsTerminal_8wekyb3d8bbwe", bundle.orElseThrow().family());
    for (var none :
        List.of(
            "",
            "a_1.0_x64__8wekyb3d8bbwe",
            "Claude_1.0.0.0_x64__short",
            "Cl aude_1.0.0.0_x64__8wekyb3d8bbwe",
            "Claude_1.0.0.0_x64__8wekyb3d8bbwi",
            "_1.0.0.0_x64__8wekyb3d8bbwe")) {
      assertEquals(true, PackageFullName.parse(none).isEmpty(), none);
    }
  }
}
