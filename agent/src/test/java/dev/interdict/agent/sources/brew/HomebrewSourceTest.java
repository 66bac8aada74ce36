package dev.interdict.agent.sources.brew;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The layouts are written by hand after Homebrew's documentation.
final class HomebrewSourceTest {
  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new HomebrewSource());
  }

  private void formula(String keg, String tap, String version) {
    station.planting.file(
        keg + "/INSTALL_RECEIPT.json",
        """
        {"homebrew_version": "4.6.0", "installed_as_dependency": false,
         "source": {"spec": "stable", "versions": {"stable": "%s", "head": null}, "tap": "%s",
          "path": "/x.rb"}}
        """
            .formatted(version, tap));
  }

  @ParameterizedTest
  @ValueSource(strings = {"opt/homebrew", "usr/local", "home/linuxbrew/.linuxbrew"})
  void formula_in_a_prefix_of_the_machine_has_its_keg_programs_and_links(String prefix) {
    var keg = prefix + "/Cellar/hello/2.12.1";
    formula(keg, "homebrew/core", "2.12.1");
    station.planting.program(keg + "/bin/hello");
    station.planting.link(prefix + "/bin/hello", "../Cellar/hello/2.12.1/bin/hello");
    station.planting.link(prefix + "/bin/mine", "/usr/bin/true");
    assertEquals(List.of("pkg:brew/hello@2.12.1"), Workstation.texts(seen()));
    var item = seen().items().getFirst();
    assertNull(item.owner());
    assertEquals(List.of("/" + keg), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(List.of("/" + keg + "/bin/hello"), Workstation.parts(item, Part.Role.EXECUTABLE));
    assertEquals(List.of("/" + prefix + "/bin/hello"), Workstation.parts(item, Part.Role.LAUNCHER));
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void cask_has_one_item_for_each_version_that_is_still_there() {
    var cask = "opt/homebrew/Caskroom/claude-code@latest/";
    station.planting.program(cask + "2.1.300/claude");
    station.planting.program(cask + "2.1.328/claude");
    station.planting.file(cask + ".metadata/2.1.328/20261101/Casks/claude-code@latest.json", "{}");
    station.planting.file(
        cask + ".metadata/INSTALL_RECEIPT.json",
        "{\"source\": {\"tap\": \"homebrew/cask\", \"version\": \"2.1.328\"}}");
    station.planting.link(
        "opt/homebrew/bin/claude", "/opt/homebrew/Caskroom/claude-code@latest/2.1.328/claude");
    assertEquals(
        List.of("pkg:brew/claude-code%40latest@2.1.300", "pkg:brew/claude-code%40latest@2.1.328"),
        Workstation.texts(seen()));
    var old = seen().items().getFirst();
    assertEquals(List.of("/" + cask + "2.1.300"), Workstation.parts(old, Part.Role.MAIN));
    assertEquals(List.of(), Workstation.parts(old, Part.Role.LAUNCHER));
    assertEquals(
        List.of("/opt/homebrew/bin/claude"),
        Workstation.parts(seen().items().getLast(), Part.Role.LAUNCHER));
  }

  @Test
  void tap_of_somebody_else_stands_in_the_name() {
    station.planting.program("usr/local/Caskroom/qodercli/1.1/qodercli");
    station.planting.file(
        "usr/local/Caskroom/qodercli/.metadata/INSTALL_RECEIPT.json",
        "{\"source\": {\"tap\": \"qoderai/qoder\"}}");
    formula("usr/local/Cellar/claude-code/1.0", "somebody/tools", "1.0");
    assertEquals(
        List.of("pkg:brew/somebody/tools/claude-code@1.0", "pkg:brew/qoderai/qoder/qodercli@1.1"),
        Workstation.texts(seen()));
  }

  @Test
  void receipt_tells_the_version_and_the_folder_does_not() {
    formula("home/ada/.linuxbrew/Cellar/hello/9.9.9", "homebrew/core", "2.12.1");
    assertEquals(List.of("pkg:brew/hello@2.12.1"), Workstation.texts(seen()));
    assertNotNull(seen().items().getFirst().owner());
  }

  @Test
  void cask_of_old_without_a_receipt_is_taken_for_a_core_one() {
    station.planting.program("opt/homebrew/Caskroom/claude-code/1.0.95/claude");
    assertEquals(List.of("pkg:brew/claude-code@1.0.95"), Workstation.texts(seen()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"../..", "a/../b", "a", "a/b/c", "A b/c"})
  void tap_that_is_none_is_a_gap(String tap) {
    formula("opt/homebrew/Cellar/hello/1", tap, "1");
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void broken_receipt_of_one_formula_hides_no_other() {
    station.planting.file("opt/homebrew/Cellar/a/1/INSTALL_RECEIPT.json", "{");
    formula("opt/homebrew/Cellar/b/1", "homebrew/core", "1");
    assertEquals(List.of("pkg:brew/b@1"), Workstation.texts(seen()));
    assertEquals(List.of(Reason.MALFORMED), seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void folder_that_a_link_in_place_of_a_cask_leads_to_is_seen_and_not_taken() {
    station.planting.program("home/ada/mine/tool/1.0/tool");
    station.planting.link("home/ada/.linuxbrew/Caskroom/tool", "/home/ada/mine/tool");
    assertEquals(List.of("pkg:brew/tool@1.0"), Workstation.texts(seen()));
    assertEquals(List.of(), seen().items().getFirst().parts());
  }
}
