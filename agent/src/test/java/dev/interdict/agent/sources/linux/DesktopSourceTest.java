package dev.interdict.agent.sources.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.sources.Workstation;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DesktopSourceTest {
  private static final String HOME = "home/ada/.local/share/applications/";
  private static final String ENTRY = "[Desktop Entry]\nType=Application\nName=X\nExec=x\n";

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new DesktopSource());
  }

  @Test
  void captured_entries_of_the_machine_are_applications_without_parts() {
    station.planting.fixture("linux/desktop-debian-12.txt", "");
    assertEquals(
        List.of(
            "desktop-id:chromium.desktop",
            "desktop-id:firefox-esr.desktop",
            "desktop-id:org.opensc.notify.desktop",
            "desktop-id:python3.11.desktop",
            "desktop-id:vim.desktop"),
        Workstation.texts(seen()));
    assertEquals(List.of(), seen().items().getFirst().parts());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void entry_in_a_home_is_its_users_and_can_be_taken() {
    station.planting.file(HOME + "claude-code-url-handler.desktop", ENTRY);
    assertEquals(List.of("desktop-id:claude-code-url-handler.desktop"), Workstation.texts(seen()));
    assertEquals(
        List.of("/" + HOME + "claude-code-url-handler.desktop"),
        Workstation.parts(seen().items().getFirst(), Part.Role.MAIN));
  }

  @Test
  void folder_below_stands_in_the_id_with_a_dash() {
    station.planting.file("usr/local/share/applications/kde/foo.desktop", ENTRY);
    assertEquals(List.of("desktop-id:kde-foo.desktop"), Workstation.texts(seen()));
  }

  @Test
  void hidden_entry_link_of_a_manager_and_what_is_no_application_are_nothing() {
    station.planting.file(HOME + "hidden.desktop", ENTRY + "Hidden=true\n");
    station.planting.file(HOME + "web.desktop", "[Desktop Entry]\nType=Link\nURL=x\n");
    station.planting.file(HOME + "other.txt", ENTRY);
    station.planting.file(
        HOME + "action.desktop", "[Desktop Action x]\nType=Application\nExec=x\n");
    station.planting.file("usr/share/applications/real.desktop", "no entry");
    station.planting.link(HOME + "linked.desktop", "/usr/share/applications/real.desktop");
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void command_is_taken_apart_at_blanks_outside_of_quotes() {
    var entry =
        DesktopEntry.of(
            "[Desktop Entry]\nExec=env A=b \"/home/ada/My \\\"Apps\\\"/x.AppImage\"  %U\n");
    assertEquals(List.of("env", "A=b", "/home/ada/My \"Apps\"/x.AppImage", "%U"), entry.command());
  }
}
