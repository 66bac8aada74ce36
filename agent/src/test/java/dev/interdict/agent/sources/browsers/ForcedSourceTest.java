package dev.interdict.agent.sources.browsers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Gap;
import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.inventory.UnreadableException.Reason;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ForcedSourceTest {
  private static final String ID = "fcoeoabgfenejglbffodgkkbkcdhcgfn";
  private static final String OTHER = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new ForcedSource());
  }

  @Test
  void policies_that_install_are_told_and_stay() {
    // The list is the one that a real Chromium 156 obeyed.
    station
        .planting
        .file(
            "etc/chromium/policies/managed/x.json",
            "{\"ExtensionInstallForcelist\": [\"%s;http://127.0.0.1:8917/update.xml\", \"%s\", 7]}"
                .formatted(ID, OTHER))
        .file(
            "etc/opt/edge/policies/managed/x.json",
            """
            {"ExtensionSettings": {"*": {"installation_mode": "blocked"},
              "%s": {"installation_mode": "force_installed", "update_url": "https://x.invalid"},
              "%s": {"installation_mode": "allowed"}}}
            """
                .formatted(ID, OTHER))
        .file(
            "etc/firefox/policies/policies.json",
            """
            {"policies": {"ExtensionSettings": {
              "a@b.c": {"installation_mode": "normal_installed", "install_url": "https://x.invalid"},
              "d@e.f": {"installation_mode": "blocked"}}}}
            """);
    var seen = seen();
    assertEquals(
        List.of(
            "autostart " + ID + " forced by policy",
            "autostart " + OTHER + " forced by policy",
            "autostart " + ID + " forced by policy",
            "autostart a@b.c forced by policy"),
        Workstation.textsWithOrigins(seen));
    assertEquals(List.of(), seen.items().stream().flatMap(item -> item.parts().stream()).toList());
  }

  @Test
  void file_that_offers_an_extension_goes_where_it_lies_in_a_home() {
    var folder = "home/ada/Library/Application Support/Google/Chrome/External Extensions/";
    station
        .planting
        .file(folder + ID + ".json", "{\"external_update_url\": \"https://x.invalid\"}")
        .file(folder + "notes.json", "{}")
        .file("usr/share/google-chrome/extensions/" + ID + ".json", "{}");
    var seen = seen();
    assertEquals(
        List.of(
            "autostart " + ID + " offered to the browser by a file",
            "autostart " + ID + " offered to the browser by a file"),
        Workstation.textsWithOrigins(seen));
    assertEquals(
        List.of("/" + folder + ID + ".json"),
        Workstation.parts(seen.items().getFirst(), Part.Role.MAIN));
    assertEquals(List.of(), seen.items().getLast().parts());
  }

  @Test
  void policy_behind_a_link_of_the_machine_is_read() {
    station
        .planting
        .file("nix/store/x.json", "{\"ExtensionInstallForcelist\": [\"%s\"]}".formatted(ID))
        .link("etc/chromium/policies/managed/x.json", "/nix/store/x.json");
    assertEquals(List.of("autostart " + ID), Workstation.texts(seen()));
  }

  @Test
  void policy_that_cannot_be_read_is_a_gap() {
    station.planting.file("etc/opt/chrome/policies/managed/x.json", "{");
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }
}
