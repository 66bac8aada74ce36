package dev.interdict.agent.sources.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.interdict.agent.inventory.Part;
import dev.interdict.agent.inventory.Sightings;
import dev.interdict.agent.sources.Packed;
import dev.interdict.agent.sources.Workstation;
import dev.interdict.agent.sources.projects.ProjectSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AppImageSourceTest {
  private static final byte[] PLAIN = Packed.bytes("linux/plain.AppImage");
  private static final byte[] UPDATING = Packed.bytes("linux/updating.AppImage");

  @TempDir Path root;
  private Workstation station;

  @BeforeEach
  void stand() {
    station = new Workstation(root);
  }

  private Sightings seen() {
    return station.seenBy(new AppImageSource());
  }

  private void program(String path, byte[] bytes) throws Exception {
    station.planting.file(path, bytes);
    Files.setPosixFilePermissions(root.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @Test
  void project_that_it_updates_itself_from_is_its_identity() throws Exception {
    program("home/ada/.local/bin/claude", UPDATING);
    assertEquals(List.of("pkg:github/aaddrick/claude-desktop-debian"), Workstation.texts(seen()));
    var item = seen().items().getFirst();
    assertEquals(List.of("/home/ada/.local/bin/claude"), Workstation.parts(item, Part.Role.MAIN));
    assertEquals(
        List.of("/home/ada/.local/bin/claude"), Workstation.parts(item, Part.Role.EXECUTABLE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Applications", "Downloads", "Desktop", "tools/deep/er"})
  void one_in_a_persons_own_folders_is_found_by_its_name(String folder) throws Exception {
    program("home/ada/" + folder + "/My Tool-1.0.appimage", PLAIN);
    assertEquals(List.of(), seen().items());
    var walked = station.seenBy(new ProjectSource());
    assertEquals(List.of(folder + "/My%20Tool-1.0.appimage@null"), Workstation.texts(walked));
    assertEquals("appimage", walked.items().getFirst().source());
  }

  @Test
  void desktop_file_that_starts_it_gives_id_and_version_and_goes_with_it() throws Exception {
    program("home/ada/bin/Claude.AppImage", PLAIN);
    var desktop = "home/ada/.local/share/applications/claude-desktop.desktop";
    station.planting.file(
        desktop,
        """
        [Desktop Entry]
        Type=Application
        Name=Claude
        Exec=env X=1 "/home/ada/bin/Claude.AppImage" %U
        X-AppImage-Version=0.12.1
        """);
    station.planting.file(
        "home/ada/.local/share/applications/other.desktop",
        "[Desktop Entry]\nType=Application\nExec=/home/ada/bin/Other.AppImage\n");
    assertEquals(List.of("desktop-id:claude-desktop.desktop"), Workstation.texts(seen()));
    var item = seen().items().getFirst();
    assertEquals("0.12.1", item.version());
    assertEquals(List.of("/" + desktop), Workstation.parts(item, Part.Role.LAUNCHER));
  }

  @Test
  void one_for_all_users_is_known_by_its_place() throws Exception {
    program("opt/cursor/cursor.AppImage", PLAIN);
    assertEquals(List.of("/opt/cursor/cursor.AppImage@null"), Workstation.texts(seen()));
  }

  @Test
  void other_programs_and_files_that_nobody_may_execute_are_none() throws Exception {
    station.planting.file("home/ada/bin/a.AppImage", PLAIN);
    station.planting.program("home/ada/bin/b.AppImage");
    program("home/ada/bin/elf", new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0, 0, 0, 0});
    assertEquals(List.of(), seen().items());
    assertEquals(List.of(), seen().gaps());
  }

  @Test
  void sections_that_lead_nowhere_leave_it_known_by_its_place() throws Exception {
    var broken = UPDATING.clone();
    Arrays.fill(broken, 0x28, 0x30, (byte) 0x7f);
    program("home/ada/bin/x.AppImage", broken);
    program("home/ada/bin/y.AppImage", Arrays.copyOf(UPDATING, 32));
    assertEquals(List.of("bin/x.AppImage@null", "bin/y.AppImage@null"), Workstation.texts(seen()));
  }
}
