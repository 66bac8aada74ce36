package dev.interdict.agent.sources.apple;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Item;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.projects.ProjectSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AppBundleSourceTest {
  private static final String DESKTOP = "apple/claude-xml.plist";
  private static final String CODE = "apple/claude-code-binary.plist";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = Workstation.withUsers(root);
  }

  private Sightings seen() {
    return station.seenBy(new AppBundleSource());
  }

  private static List<Reason> reasons(Sightings seen) {
    return seen.gaps().stream().map(Gap::reason).toList();
  }

  private void bundle(String path, String fixture) {
    station.planting.copy(path + "/Contents/Info.plist", fixture);
  }

  private void bundle(String path, String id, String rest) {
    station.planting.file(
        path + "/Contents/Info.plist",
        "<plist><dict><key>CFBundleIdentifier</key><string>%s</string>%s</dict></plist>"
            .formatted(id, rest));
  }

  @Test
  void bundle_is_known_by_its_record_in_either_form_and_not_by_its_folder_s_name() {
    bundle("Applications/Notes.app", DESKTOP);
    bundle("Applications/Renamed/Anything.app", "apple/claude-binary.plist");
    station.planting.program("Applications/Notes.app/Contents/MacOS/Claude");
    station.planting.file("Applications/Notes.app/Contents/MacOS/readme", "no program");

    var seen = seen();
    assertEquals(
        List.of("macos:com.anthropic.claudefordesktop", "macos:com.anthropic.claudefordesktop"),
        Workstation.texts(seen));
    var item = seen.items().getFirst();
    assertEquals("1.1.7714", item.version());
    assertEquals("1.1.7714", seen.items().getLast().version());
    assertEquals("/Applications/Notes.app", item.location().toString());
    assertEquals(List.of("/Applications/Notes.app"), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(
        List.of("/Applications/Notes.app/Contents/MacOS/Claude"),
        Workstation.parts(item, Part.Role.EXECUTABLE));
    assertEquals(List.of(), seen.gaps());
  }

  @Test
  void every_place_of_a_home_and_what_other_products_carry_is_looked_at() {
    var home = Workstation.USERS_HOME;
    bundle(home + "Applications/JetBrains/a.app", DESKTOP);
    bundle(home + "Downloads/Claude.app", DESKTOP);
    bundle(home + "Downloads/unpacked/Claude.app", DESKTOP);
    bundle(home + "Desktop/Claude.app", DESKTOP);
    bundle(home + "Library/Application Support/Claude/claude-code/2.1.328/claude.app", CODE);
    bundle(home + "Library/Application Support/Claude/claude-code/2.1.329/0a1b/claude.app", CODE);
    bundle(home + ".local/share/claude/versions/bundles/2.1.328@0a1b/claude.app", CODE);

    var seen = seen();
    assertEquals(4, count(seen, "com.anthropic.claudefordesktop"));
    assertEquals(3, count(seen, "com.anthropic.claude-code"));
    assertEquals("2.1.328", seen.items().getLast().version());
    assertEquals("ada", Objects.requireNonNull(seen.items().getLast().owner()).user());
    assertEquals(List.of(), seen.gaps());
  }

  private static long count(Sightings seen, String id) {
    return seen.items().stream().map(Item::identity).filter(i -> i.toString().contains(id)).count();
  }

  @Test
  void bundle_in_a_folder_of_one_s_own_is_found_by_the_walk() {
    bundle(Workstation.USERS_HOME + "work/tools/x.app", CODE);

    var seen = station.seenBy(new ProjectSource());
    assertEquals(List.of("macos:com.anthropic.claude-code"), Workstation.texts(seen));
    assertEquals("macos", seen.items().getFirst().source());
  }

  @Test
  void lookalikes_keep_their_own_identity() {
    bundle("Applications/Claude.app", "com.example.claude", "");
    bundle("Applications/claude.app.app", "com.anthropic.claudefordesktop2", "");

    assertEquals(
        List.of("macos:com.example.claude", "macos:com.anthropic.claudefordesktop2"),
        Workstation.texts(seen()));
  }

  @Test
  void version_is_the_one_that_is_shown_else_the_build_s_else_unknown() {
    var shown = "<key>CFBundleShortVersionString</key><string>%s</string>";
    var build = "<key>CFBundleVersion</key><string>77</string>";
    bundle("Applications/a.app", "a", shown.formatted("1.2") + build);
    bundle("Applications/b.app", "b", shown.formatted("1.2 (beta)") + build);
    bundle("Applications/c.app", "c", shown.formatted("&#x202e;1"));

    assertEquals(
        java.util.Arrays.asList("1.2", "77", null),
        seen().items().stream().map(Item::version).toList());
  }

  @Test
  void folder_without_a_record_is_no_bundle_and_a_broken_record_is_a_gap() {
    station.planting.folder("Applications/empty.app/Contents");
    station.planting.file("Applications/file.app", "x");
    bundle("Applications/none.app", "", "");
    bundle("Applications/climbs.app", "../../etc", "");
    station.planting.file("Applications/text.app/Contents/Info.plist", "hello");
    station.planting.file("Applications/long.app/Contents/Info.plist", new byte[(1 << 20) + 1]);

    var seen = seen();
    assertEquals(List.of(), seen.items());
    assertEquals(
        List.of(Reason.MALFORMED, Reason.TOO_LARGE, Reason.MALFORMED, Reason.MALFORMED),
        reasons(seen));
  }

  @Test
  void link_to_a_bundle_is_not_another_copy_and_its_record_is_not_read_through_a_link() {
    bundle("Applications/Claude.app", DESKTOP);
    station.planting.link(
        Workstation.USERS_HOME + "Desktop/Claude.app", "/Applications/Claude.app");
    station.planting.file("secret", "<plist><dict/></plist>");
    station.planting.link("Applications/x.app/Contents/Info.plist", "/secret");

    var seen = seen();
    assertEquals(List.of("macos:com.anthropic.claudefordesktop"), Workstation.texts(seen));
    assertEquals(1, seen.gaps().size());
  }
}
