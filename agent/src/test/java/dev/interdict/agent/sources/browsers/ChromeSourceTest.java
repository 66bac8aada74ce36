package dev.interdict.agent.sources.browsers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ChromeSourceTest {
  private static final String ID = "fcoeoabgfenejglbffodgkkbkcdhcgfn";
  private static final String CHROME = "home/ada/.config/google-chrome/";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new ChromeSource());
  }

  private void extension(String folder, String version) {
    station.planting.file(
        folder + "/manifest.json",
        "{\"manifest_version\": 3, \"name\": \"__MSG_n__\", \"version\": \"%s\"}"
            .formatted(version));
  }

  private void settings(String file, String settings) {
    station.planting.file(
        file, "{\"extensions\": {\"settings\": {\"%s\": %s}}}".formatted(ID, settings));
  }

  @Test
  void real_profile_tells_forced_offered_and_unpacked_extensions_apart() {
    station.planting.fixture("browsers/chromium-156.txt", "home/ada");
    var seen = seen();
    assertEquals(
        List.of(
            "chrome:blkhlefhnecheiigfnddanihogemcnem@5.0.2 Chromium, Default, forced by policy",
            "chrome:enpgodnhdfgkhcphaocfmljddhlnaijh@1.4.0"
                + " Chromium, Default, brought by another program",
            "chrome:nklkbgbebbbnmjbhfhdkhapnppggpopo@0.3.1 Chromium, Default, unpacked"),
        Workstation.textsWithOrigins(seen));
    assertEquals(
        List.of("/home/ada/.config/chromium/Default/Extensions/blkhlefhnecheiigfnddanihogemcnem"),
        Workstation.parts(seen.items().getFirst(), Part.Role.MAIN));
    // The folder that it was loaded from is somebody's work.
    assertEquals("/home/ada/dev/unpacked", seen.items().getLast().location().toString());
    assertEquals(List.of(), seen.items().getLast().parts());
    assertEquals(List.of(), seen.gaps());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".config/google-chrome",
        ".config/google-chrome-beta",
        ".config/chromium",
        ".config/microsoft-edge",
        ".config/BraveSoftware/Brave-Browser",
        ".config/vivaldi",
        "snap/chromium/common/chromium",
        ".var/app/com.google.Chrome/config/google-chrome",
        "Library/Application Support/Google/Chrome",
        "Library/Application Support/Arc/User Data",
        "AppData/Local/Google/Chrome/User Data",
        "AppData/Local/Microsoft/Edge/User Data"
      })
  void every_browser_and_profile_is_looked_at(String userData) {
    extension("home/ada/" + userData + "/Default/Extensions/" + ID + "/1.0_0", "1.0");
    extension("home/ada/" + userData + "/Profile 7/Extensions/" + ID + "/1.1_0", "1.1");
    assertEquals(
        List.of("chrome:" + ID + "@1.0", "chrome:" + ID + "@1.1"), Workstation.texts(seen()));
  }

  @Test
  void folder_of_profiles_that_is_the_profile_itself_counts() {
    extension("home/ada/.config/opera/Extensions/" + ID + "/1.0_0", "1.0");
    assertEquals(
        List.of("chrome:" + ID + "@1.0 Opera, opera"), Workstation.textsWithOrigins(seen()));
  }

  @Test
  void version_in_use_is_the_one_that_the_preferences_name() {
    extension(CHROME + "Default/Extensions/" + ID + "/1.0.9_0", "1.0.9");
    extension(CHROME + "Default/Extensions/" + ID + "/1.0.10_0", "1.0.10");
    assertEquals(List.of("chrome:" + ID + "@1.0.9"), Workstation.texts(seen()));
    settings(
        CHROME + "Default/Secure Preferences",
        "{\"location\": 1, \"path\": \"%s\\\\1.0.10_0\"}".formatted(ID));
    assertEquals(List.of("chrome:" + ID + "@1.0.10"), Workstation.texts(seen()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"disable_reasons\": [1]", "\"disable_reasons\": 1", "\"state\": 0"})
  void disabled_extension_is_installed(String how) {
    extension(CHROME + "Default/Extensions/" + ID + "/1.0_0", "1.0");
    settings(CHROME + "Default/Preferences", "{\"location\": 1, %s}".formatted(how));
    assertEquals(
        List.of("chrome:" + ID + "@1.0 Chrome, Default, disabled"),
        Workstation.textsWithOrigins(seen()));
  }

  @Test
  void unpacked_extension_on_windows_is_found() {
    extension("home/ada/dev/x", "1.0");
    settings(
        "home/ada/AppData/Local/Google/Chrome/User Data/Default/Secure Preferences",
        "{\"location\": 4, \"path\": \"C:\\\\home\\\\ada\\\\dev\\\\x\"}");
    station.planting.file(
        "home/ada/AppData/Local/Google/Chrome/User Data/Default/Preferences", "{}");
    assertEquals(
        List.of("chrome:" + ID + "@1.0 Chrome, Default, unpacked"),
        Workstation.textsWithOrigins(seen()));
  }

  @Test
  void unpacked_extension_outside_of_the_home_is_seen_by_what_the_preferences_say() {
    extension("srv/x", "1.0");
    settings(CHROME + "Default/Preferences", "{\"location\": 4, \"path\": \"/srv/x\"}");
    assertEquals(List.of("chrome:" + ID + "@null"), Workstation.texts(seen()));
    assertEquals(List.of(), seen().items().getFirst().parts());
  }

  @Test
  void archive_that_was_dragged_in_is_the_browsers_own_folder() {
    var folder = CHROME + "Default/UnpackedExtensions/x_123";
    extension(folder, "1.0");
    settings(
        CHROME + "Default/Preferences", "{\"location\": 4, \"path\": \"/%s\"}".formatted(folder));
    assertEquals(
        List.of("/" + folder), Workstation.parts(seen().items().getFirst(), Part.Role.MAIN));
  }

  @Test
  void unpacked_extension_whose_folder_is_gone_and_a_setting_without_a_place_are_nothing() {
    settings(CHROME + "Default/Preferences", "{\"location\": 4, \"path\": \"/home/ada/dev/gone\"}");
    settings(CHROME + "Profile 1/Preferences", "{\"blocklist\": true}");
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void folders_that_are_named_by_no_id_or_hold_no_version_are_nothing() {
    extension(CHROME + "Default/Extensions/Temp/1.0_0", "1.0");
    extension(CHROME + "Default/Extensions/" + ID.toUpperCase(Locale.ROOT) + "/1_0", "1");
    extension(CHROME + "Default/Extensions/" + ID.replace('f', 'z') + "/1.0_0", "1.0");
    station.planting.folder(CHROME + "Default/Extensions/" + ID);
    assertEquals(List.of(), seen().items());
  }

  @Test
  void extension_whose_manifest_cannot_be_read_is_a_gap() {
    station.planting.file(CHROME + "Default/Extensions/" + ID + "/1.0_0/manifest.json", "{");
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void broken_preferences_are_a_gap_and_the_folders_are_still_seen() {
    extension(CHROME + "Default/Extensions/" + ID + "/1.0_0", "1.0");
    station.planting.file(CHROME + "Default/Preferences", "{\"extensions\": ");
    assertEquals(1, seen().items().size());
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void preferences_of_megabytes_with_long_texts_are_read() {
    extension("home/ada/dev/x", "1.0");
    station.planting.file(
        CHROME + "Default/Preferences",
        "{\"ntp\": \"%s\", \"extensions\": {\"settings\": {\"%s\": %s}}}"
            .formatted(
                "x".repeat(3 << 20), ID, "{\"location\": 4, \"path\": \"/home/ada/dev/x\"}"));
    assertEquals(1, seen().items().size());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void profile_with_an_odd_name_is_looked_at_and_not_named() {
    extension(CHROME + "\u202ex/Extensions/" + ID + "/1.0_0", "1.0");
    assertEquals(List.of("chrome:" + ID + "@1.0 Chrome"), Workstation.textsWithOrigins(seen()));
  }
}
