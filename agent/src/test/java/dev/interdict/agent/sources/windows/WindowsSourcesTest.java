package dev.interdict.agent.sources.windows;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.inventory.BytePath;
import dev.interdict.agent.inventory.FolderTree;
import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Planting;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.Source;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is read from the registry's files, and from the folders that belong to it.
final class WindowsSourcesTest {
  private static final String HOME = Workstation.USERS_HOME;
  private static final String LOCAL = HOME + "AppData/Local/";
  private static final String CLAUDE_CODE =
      "Anthropic.ClaudeCode_Microsoft.Winget.Source_8wekyb3d8bbwe";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = Workstation.withUsers(root);
  }

  private void hives() {
    station
        .planting
        .copy("Windows/System32/config/SOFTWARE", "windows/software.hive")
        .copy(HOME + "NTUSER.DAT", "windows/ntuser-dat.hive")
        .copy(LOCAL + "Microsoft/Windows/UsrClass.dat", "windows/usrclass-dat.hive");
  }

  private Sightings seen(Source source) {
    return station.seenBy(source);
  }

  private static List<String> locations(Sightings seen) {
    return seen.items().stream().map(item -> item.location().toString()).toList();
  }

  @Test
  void uninstall_keys_of_every_hive_are_seen_and_those_without_a_name_are_not() {
    hives();
    station.planting.folder("Program Files/Git").folder(LOCAL + "AnthropicClaude");

    var seen = seen(new UninstallSource(new HiveFiles()));
    assertEquals(
        List.of(
            "windows-uninstall:Anthropic.ClaudeCode_Microsoft.Winget.Source_8wekyb3d8bbwe",
            "windows-uninstall:AnthropicClaude",
            "windows-uninstall:{771FD6B0-FA20-440A-A002-3B3BAC16DC50}_is1",
            "windows-uninstall:Git_is1",
            "windows-uninstall:{90160000-008C-0000-1000-0000000FF1CE}",
            "windows-uninstall:Steam"),
        Workstation.texts(seen).stream().toList());
    assertEquals(
        List.of("2.1.185", "0.9.3", "1.104.2", "2.51.0", "16.0.19127.20240", "2.10.91.91"),
        seen.items().stream().map(Item::version).toList());
    assertEquals(
        List.of(
            "/Users/ada/NTUSER.DAT",
            "/Users/ada/AppData/Local/AnthropicClaude",
            "/Users/ada/NTUSER.DAT",
            "/Program Files/Git",
            "/Windows/System32/config/SOFTWARE",
            "/Windows/System32/config/SOFTWARE"),
        locations(seen));
    assertTrue(seen.items().stream().allMatch(item -> item.parts().isEmpty()));
    assertEquals(List.of(), seen.gaps());
  }

  @Test
  void folder_that_a_user_s_record_names_outside_of_the_home_is_not_looked_at() {
    userKey("x", "InstallLocation", "C:\\Windows");
    station.planting.folder("Windows");

    var seen = seen(new UninstallSource(new HiveFiles()));
    assertEquals(List.of("/Users/ada/NTUSER.DAT"), locations(seen));
  }

  @Test
  void key_with_a_name_that_turns_text_around_is_a_gap() {
    userKey("a\u202eb", "Publisher", "x");

    var seen = seen(new UninstallSource(new HiveFiles()));
    assertEquals(List.of(), seen.items());
    assertEquals(List.of(Reason.MALFORMED), seen.gaps().stream().map(Gap::reason).toList());
  }

  /// One key below `Uninstall` in the user's hive.
  private void userKey(String name, String value, String text) {
    var writer = new HiveWriter();
    var values =
        writer.values(List.of(writer.text("DisplayName", "Shown"), writer.text(value, text)));
    var key = writer.key(name, true, 0, -1, 2, values);
    for (var above :
        List.of("Uninstall", "CurrentVersion", "Windows", "Microsoft", "Software", "ROOT")) {
      key = writer.key(above, false, 1, writer.list("lh", key), 0, -1);
    }
    station.planting.file(HOME + "NTUSER.DAT", writer.file(key));
  }

  @Test
  void hive_that_was_not_closed_cleanly_is_read_and_leaves_a_gap() {
    var dirty = Planting.captured("windows/ntuser-dat.hive");
    dirty[4]++;
    station.planting.file(HOME + "NTUSER.DAT", dirty);

    var seen = seen(new UninstallSource(new HiveFiles()));
    assertEquals(3, seen.items().size());
    assertEquals(List.of(Reason.MALFORMED), seen.gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void winget_portable_is_named_by_its_key_and_started_by_its_link() {
    hives();
    var folder = LOCAL + "Microsoft/WinGet/Packages/" + CLAUDE_CODE;
    station.planting.file(folder + "/claude.exe", "MZ");
    station.planting.link(
        LOCAL + "Microsoft/WinGet/Links/claude.exe", "../Packages/" + CLAUDE_CODE + "/claude.exe");
    station.planting.link(LOCAL + "Microsoft/WinGet/Links/other.exe", "../../other.exe");

    var seen = seen(new WingetSource(new HiveFiles()));
    assertEquals(List.of("pkg:winget/anthropic.claudecode@2.1.185"), Workstation.texts(seen));
    var item = seen.items().getFirst();
    assertEquals(List.of("/" + folder), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(
        List.of("/" + folder + "/claude.exe"), Workstation.parts(item, Part.Role.EXECUTABLE));
    assertEquals(
        List.of("/" + LOCAL + "Microsoft/WinGet/Links/claude.exe"),
        Workstation.parts(item, Part.Role.LAUNCHER));
    assertEquals("portable", item.origin());
  }

  @Test
  void winget_folder_without_a_key_is_named_by_itself_and_has_no_version() {
    station.planting.folder(LOCAL + "Microsoft/WinGet/Packages/" + CLAUDE_CODE);
    station.planting.folder("Program Files/WinGet/Packages/Some.Tool__DefaultSource");
    station.planting.folder(LOCAL + "Microsoft/WinGet/Packages/odd name");

    var seen = seen(new WingetSource(new HiveFiles()));
    assertEquals(
        List.of("pkg:winget/anthropic.claudecode", "pkg:winget/some.tool"),
        Workstation.texts(seen));
    assertNull(seen.items().getFirst().version());
    assertEquals(1, seen.gaps().size());
  }

  @Test
  void msix_packages_are_seen_where_registered_or_provisioned_and_not_where_only_staged() {
    hives();
    station.planting.folder("Program Files/WindowsApps/Claude_1.1.7714.0_x64__pzs8sxrjxfjjc/app");

    var seen = seen(new AppxSource(new HiveFiles()));
    assertEquals(
        List.of(
            "windows-family:Claude_pzs8sxrjxfjjc",
            "windows-family:Microsoft.WindowsTerminal_8wekyb3d8bbwe",
            "windows-family:Claude_pzs8sxrjxfjjc",
            "windows-family:Microsoft.WindowsTerminal_8wekyb3d8bbwe",
            "windows-family:Microsoft.WindowsTerminal_8wekyb3d8bbwe"),
        Workstation.texts(seen));
    assertEquals(
        List.of("1.1.7714.0", "1.22.10731.0", "1.1.7714.0", "3001.22.10731.0", "1.22.10731.0"),
        seen.items().stream().map(Item::version).toList());
    assertEquals(
        "/Program Files/WindowsApps/Claude_1.1.7714.0_x64__pzs8sxrjxfjjc",
        seen.items().get(2).location().toString());
    assertEquals(List.of(), seen.gaps());
  }

  @Test
  void data_of_a_package_that_is_gone_is_residue_and_that_of_a_registered_one_is_not() {
    hives();
    station
        .planting
        .folder(LOCAL + "Packages/claude_PZS8SXRJXFJJC/LocalCache")
        .folder(LOCAL + "Packages/OpenAI.Codex_2p2nqsd0c76g0")
        .folder(LOCAL + "Packages/cache");

    var texts = Workstation.texts(seen(new AppxSource(new HiveFiles())));
    assertEquals(
        List.of("data AppData/Local/Packages/OpenAI.Codex_2p2nqsd0c76g0"),
        texts.stream().filter(text -> text.startsWith("data")).toList());
  }

  @Test
  void user_of_a_home_is_told_by_the_list_of_profiles() throws Exception {
    hives();
    var tree = new FolderTree(root);
    var software = Objects.requireNonNull(new HiveFiles().software(tree, new Sightings("test")));
    assertEquals(
        "S-1-5-21-1004336348-1177238915-682003330-1001",
        Profiles.sid(software, BytePath.parse("/users/ADA")));
    assertNull(Profiles.sid(software, BytePath.parse("/Users/bob")));
  }

  @Test
  void wsl_distributions_are_gaps_that_say_what_can_be_done() {
    hives();

    var seen = seen(new WslSource(new HiveFiles()));
    assertEquals(List.of(), seen.items());
    assertEquals(
        List.of(
            "/Users/ada/AppData/Local/wsl/{0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f0}:"
                + " not inspected: the WSL distribution Ubuntu-24.04 is a disk image",
            "/Users/ada/AppData/Local/Packages/CanonicalGroupLimited.Ubuntu_79rhkp1fndgsc/LocalState:"
                + " not inspected: the WSL distribution Legacy is a machine of its own; scan its"
                + " rootfs with --root"),
        seen.gaps().stream().map(Gap::detail).toList());
    assertTrue(seen.gaps().stream().allMatch(gap -> gap.source().equals("wsl")));
  }
}
