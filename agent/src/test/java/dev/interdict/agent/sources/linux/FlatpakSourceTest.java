package dev.interdict.agent.sources.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
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

final class FlatpakSourceTest {
  private static final String USER = "/home/ada/.local/share/flatpak/";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new FlatpakSource());
  }

  @Test
  void captured_installation_of_a_user_gives_applications_that_can_be_taken() {
    station.planting.fixture("linux/flatpak-user.txt", "home/ada");
    assertEquals(
        List.of("pkg:flatpak/com.anthropic.Claude", "pkg:flatpak/org.example.Hello"),
        Workstation.texts(seen()));
    assertEquals(List.of(), seen().gaps());
    var claude = seen().items().getFirst();
    assertEquals(
        List.of(USER + "app/com.anthropic.Claude"), Workstation.parts(claude, Part.Role.MAIN));
    assertEquals(
        List.of(
            USER + "exports/bin/com.anthropic.Claude",
            USER + "exports/share/applications/com.anthropic.Claude.desktop"),
        Workstation.parts(claude, Part.Role.LAUNCHER));
  }

  @Test
  void application_of_the_machine_belongs_to_flatpak() {
    station.planting.fixture("linux/flatpak-user.txt", "x");
    station.planting.folder("var/lib");
    station.planting.link("var/lib/flatpak", "/x/.local/share/flatpak");
    assertEquals(2, seen().items().size());
    assertEquals(List.of(), seen().items().getFirst().parts());
    assertNull(seen().items().getFirst().owner());
  }

  @Test
  void record_tells_the_id_and_the_folder_does_not() {
    deployed("com.example.Other", "[Application]\nname=org.example.Real\n");
    assertEquals(List.of("pkg:flatpak/org.example.Real"), Workstation.texts(seen()));
  }

  @Test
  void runtime_in_place_of_an_application_or_a_bad_id_is_a_gap() {
    deployed("a.b.C", "[Runtime]\nname=a.b.C\n");
    deployed("a.b.D", "[Application]\nname=../../x\n");
    assertEquals(List.of(), seen().items());
    assertEquals(
        List.of(Reason.MALFORMED, Reason.MALFORMED),
        seen().gaps().stream().map(Gap::reason).toList());
  }

  @Test
  void folder_without_a_deployment_is_nothing() {
    station.planting.folder("home/ada/.local/share/flatpak/app/com.anthropic.Claude/x86_64/stable");
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(), seen().gaps());
  }

  private void deployed(String folder, String metadata) {
    var branch = "home/ada/.local/share/flatpak/app/" + folder + "/x86_64/stable/";
    station.planting.file(branch + "0123/metadata", metadata);
    station.planting.link(branch + "active", "0123");
  }
}
