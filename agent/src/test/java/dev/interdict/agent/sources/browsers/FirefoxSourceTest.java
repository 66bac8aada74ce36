package dev.interdict.agent.sources.browsers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.reading.Zips;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FirefoxSourceTest {
  private static final String FIREFOX = "home/ada/.mozilla/firefox/";
  private static final String PROFILE = FIREFOX + "abcd1234.default-esr/";
  private static final String MANIFEST = "{\"manifest_version\": 2, \"version\": \"0.9.2\"}";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new FirefoxSource());
  }

  private void addons(String profile, String... addons) {
    station.planting.file(
        profile + "extensions.json",
        "{\"schemaVersion\": 37, \"addons\": [%s]}".formatted(String.join(",", addons)));
  }

  private static String addon(String id, String path, String more) {
    return """
    {"id": "%s", "version": "1.2", "type": "extension", "path": "%s", "location": "app-profile"%s}
    """
        .formatted(id, path, more);
  }

  @Test
  void real_profile_shows_what_was_added_and_nothing_of_the_browsers_own() {
    station.planting.fixture("browsers/firefox-153.txt", "home/ada");
    var seen = seen();
    assertEquals(
        List.of("firefox:sample@example.invalid@0.9.2 Firefox, b9s0jwtu.work"),
        Workstation.textsWithOrigins(seen));
    assertEquals(
        List.of(
            "/home/ada/.config/mozilla/firefox/b9s0jwtu.work/extensions/sample@example.invalid.xpi"),
        Workstation.parts(seen.items().getFirst(), Part.Role.MAIN));
    assertEquals(List.of(), seen.gaps());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".mozilla/firefox/x.default",
        ".config/mozilla/firefox/x.default",
        "snap/firefox/common/.mozilla/firefox/x.default",
        ".var/app/org.mozilla.firefox/.mozilla/firefox/x.default",
        ".librewolf/x.default",
        "Library/Application Support/Firefox/Profiles/x.default",
        "AppData/Roaming/Mozilla/Firefox/Profiles/x.default"
      })
  void every_place_of_profiles_is_looked_at(String profile) {
    station.planting.file(
        "home/ada/" + profile + "/extensions/a@b.c.xpi", Zips.of("manifest.json", MANIFEST));
    assertEquals(List.of("firefox:a@b.c@0.9.2"), Workstation.texts(seen()));
  }

  @Test
  void profile_elsewhere_in_the_home_is_found_by_the_list_of_profiles() {
    station
        .planting
        .file(FIREFOX + "profiles.ini", "[Profile0]\nIsRelative=0\nPath=/home/ada/private/ff\n")
        .file("home/ada/private/ff/extensions/a@b.c.xpi", Zips.of("manifest.json", MANIFEST));
    assertEquals(List.of("firefox:a@b.c@0.9.2 Firefox, ff"), Workstation.textsWithOrigins(seen()));
  }

  @Test
  void profile_outside_of_the_home_cannot_be_inspected() {
    station.planting.file(FIREFOX + "profiles.ini", "[Profile0]\nIsRelative=0\nPath=/srv/ff\n");
    assertEquals(List.of(Reason.LINK_IN_PATH), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void record_tells_version_and_state_of_what_it_lists() {
    station.planting.file(PROFILE + "extensions/a@b.c.xpi", "not even opened");
    addons(PROFILE, addon("a@b.c", "/" + PROFILE + "extensions/a@b.c.xpi", ", \"active\": false"));
    assertEquals(
        List.of("firefox:a@b.c@1.2 Firefox, abcd1234.default-esr, disabled"),
        Workstation.textsWithOrigins(seen()));
  }

  @Test
  void archive_that_is_not_listed_yet_tells_its_own_version() {
    addons(PROFILE);
    station
        .planting
        .file(
            PROFILE + "extensions/{12345678-1234-1234-1234-123456789012}.xpi",
            Zips.of("manifest.json", MANIFEST))
        .file(PROFILE + "extensions/folder@b.c/manifest.json", MANIFEST)
        .file(PROFILE + "extensions/staged/x@y.z.xpi", Zips.of("manifest.json", MANIFEST));
    assertEquals(
        List.of("firefox:folder@b.c@0.9.2", "firefox:{12345678-1234-1234-1234-123456789012}@0.9.2"),
        Workstation.texts(seen()));
  }

  @Test
  void listed_archive_that_is_gone_is_nothing() {
    addons(PROFILE, addon("a@b.c", "/" + PROFILE + "extensions/a@b.c.xpi", ""));
    assertEquals(List.of(), seen().items());
  }

  @Test
  void folder_of_the_users_choice_is_seen_and_stays() {
    station.planting.file("home/ada/dev/x/manifest.json", MANIFEST);
    addons(PROFILE, addon("a@b.c", "/home/ada/dev/x", ""), addon("o@b.c", "/srv/x", ""));
    assertEquals(
        List.of(
            "firefox:a@b.c@1.2 Firefox, abcd1234.default-esr, from a work folder",
            "firefox:o@b.c@1.2 Firefox, abcd1234.default-esr, from outside of the home"),
        Workstation.textsWithOrigins(seen()));
    assertEquals(
        List.of(), seen().items().stream().flatMap(item -> item.parts().stream()).toList());
  }

  @Test
  void home_that_was_moved_has_each_add_on_once() {
    station.planting.file(PROFILE + "extensions/a@b.c.xpi", "x");
    addons(PROFILE, addon("a@b.c", "/old/home/.mozilla/firefox/p/extensions/a@b.c.xpi", ""));
    assertEquals(List.of("firefox:a@b.c@1.2"), Workstation.texts(seen()));
    assertEquals(1, seen().items().getFirst().parts().size());
  }

  @Test
  void add_ons_for_all_profiles_and_for_the_whole_machine_are_seen() {
    var app = "/{ec8030f7-c20a-464f-9b0e-13a3a9e97384}/";
    station
        .planting
        .file(
            "home/ada/.mozilla/extensions" + app + "a@b.c.xpi", Zips.of("manifest.json", MANIFEST))
        .file(
            "usr/share/mozilla/extensions" + app + "m@b.c.xpi", Zips.of("manifest.json", MANIFEST));
    var seen = seen();
    assertEquals(
        List.of(
            "firefox:a@b.c@0.9.2 all profiles of Firefox",
            "firefox:m@b.c@0.9.2 Firefox of the machine"),
        Workstation.textsWithOrigins(seen));
    assertEquals(1, seen.items().getFirst().parts().size());
    assertEquals(List.of(), seen.items().getLast().parts());
  }

  @Test
  void one_odd_entry_hides_no_other() {
    station.planting.file(PROFILE + "extensions/a@b.c.xpi", "x");
    addons(
        PROFILE,
        "7",
        "{}",
        addon("no id \\u202e", "/" + PROFILE + "extensions/b", ""),
        addon("a@b.c", "/" + PROFILE + "extensions/a@b.c.xpi", ""));
    assertEquals(List.of("firefox:a@b.c@1.2"), Workstation.texts(seen()));
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void archive_that_is_none_is_a_gap() {
    station.planting.file(PROFILE + "extensions/a@b.c.xpi", "no archive");
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }
}
