package dev.interdict.agent.platform.windows.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.agent.platform.handles.FakeDisk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// T36: what somebody planted in the place of the agent's own folder is never used.
class StateFolderTest {
  private static final String MALLORY = "S-1-5-21-1-2-3-1001";

  private final FakeDisk disk = new FakeDisk(true);

  @Test
  void a_folder_that_is_not_there_is_made() throws IOException {
    prepare();
    assertNotNull(disk.at(disk.top, "Interdict"));
  }

  @Test
  void our_own_stays_with_all_that_is_in_it() throws IOException {
    var ours = disk.folder(disk.top, "Interdict", Owners.ADMINISTRATORS);
    disk.file(ours, "device.key", Owners.SYSTEM, "key");
    prepare();
    assertSame(ours, disk.at(disk.top, "Interdict"));
    assertEquals(List.of("device.key"), disk.names(ours));
  }

  @Test
  void a_planted_folder_is_set_aside_and_another_one_made() throws IOException {
    var earlier = disk.folder(disk.top, "Interdict.not-ours-1", MALLORY);
    var planted = disk.folder(disk.top, "Interdict", MALLORY);
    disk.file(planted, "enrolment.json", MALLORY, "{}");
    prepare();
    assertSame(earlier, disk.at(disk.top, "Interdict.not-ours-1"));
    assertSame(planted, disk.at(disk.top, "Interdict.not-ours-2"));
    assertEquals(List.of(), disk.names(disk.there("Interdict")));
    assertNotEquals(MALLORY, disk.there("Interdict").owner);
  }

  @Test
  void a_planted_link_is_set_aside_and_never_followed() throws IOException {
    var windows = disk.folder(disk.top, "Windows", Owners.SYSTEM);
    var planted = disk.link(disk.top, "Interdict", MALLORY, "/Windows");
    prepare();
    assertSame(planted, disk.at(disk.top, "Interdict.not-ours-1"));
    assertEquals(List.of(), disk.names(windows));
  }

  @Test
  void one_that_cannot_be_set_aside_is_named_and_nothing_is_made_in_it() {
    var planted = disk.folder(disk.top, "Interdict", MALLORY);
    disk.file(planted, "held open", MALLORY, "").busy = true;
    var error = assertThrows(IOException.class, this::prepare);
    assertTrue(String.valueOf(error.getMessage()).contains(MALLORY), error::toString);
    assertEquals(List.of("held open"), disk.names(planted));
  }

  private void prepare() throws IOException {
    StateFolder.prepare(disk, disk.root(Path.of("/")), "Interdict");
  }
}
