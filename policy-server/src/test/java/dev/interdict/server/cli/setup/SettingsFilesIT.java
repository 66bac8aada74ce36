package dev.interdict.server.cli.setup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.cli.SetUp;
import dev.interdict.server.cli.Typed;
import dev.interdict.server.cli.terminal.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Settings in files beside `server.yaml`, and what the folder says of its state.
@Tag("any-database")
class SettingsFilesIT {
  @TempDir Path temp;
  private ServerFolder folder;

  @BeforeEach
  void init() throws Exception {
    folder = new ServerFolder(temp.resolve("server"));
    SetUp.in(folder.path());
    Files.createDirectory(folder.dropped());
  }

  private void drop(String name, String text) throws Exception {
    Files.writeString(folder.dropped().resolve(name), text);
  }

  @Test
  void a_member_takes_the_place_of_the_whole_one_before_it() throws Exception {
    var before = Settings.read(folder);
    drop("50-mine.yaml", "silent-after: P9D\nexemptions: {longest: P14D, at-once: 5}\n");
    drop(
        "60-ansible.yaml", "# Of a program.\n{\"silent-after\": \"P3D\", \"device-port\": 9460}\n");
    drop("70-other.txt", "silent-after: P1D\n");
    var now = Settings.read(folder);
    assertEquals(Duration.ofDays(3), now.silentAfter());
    assertEquals(9460, now.devicePort());
    assertEquals(before.adminPort(), now.adminPort());
    assertEquals(Duration.ofDays(14), now.exemptions().general().longest());
    drop("60-ansible.yaml", "{}\n");
    assertEquals(Duration.ofDays(9), Settings.read(folder).silentAfter());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'silent-after: never'|60-ansible.yaml:1:|silent-after",
        "'# One line more.\nwhat: 1'|60-ansible.yaml:2:|what",
        "'url: ['|60-ansible.yaml:|",
        "'just words'|60-ansible.yaml must hold members|",
        "'database: {url: x}'|60-ansible.yaml: database stands in server.yaml alone|",
      })
  void what_is_wrong_is_said_with_its_file(String text, String place, String said)
      throws Exception {
    drop("60-ansible.yaml", text);
    var refused = assertThrows(Failure.class, () -> Settings.read(folder)).getMessage();
    assertTrue(String.valueOf(refused).contains(place), refused);
    assertTrue(said == null || String.valueOf(refused).contains(said), refused);
  }

  @Test
  void what_an_editor_leaves_beside_them_is_none() throws Exception {
    var before = Settings.read(folder).silentAfter();
    drop(".60-ansible.yaml", "silent-after: P3D\n");
    drop("#60-ansible.yaml", "silent-after: P3D\n");
    Files.createSymbolicLink(
        folder.dropped().resolve(".#60-ansible.yaml"), Path.of("anna@there.1:2"));
    assertEquals(before, Settings.read(folder).silentAfter());
  }

  @Test
  void what_is_named_as_one_and_is_none_is_said() throws Exception {
    var file = folder.dropped().resolve("60-ansible.yaml");
    Files.createDirectory(file);
    refused(file + " is no file");
    Files.delete(file);
    Files.createSymbolicLink(file, Path.of("nowhere"));
    refused(file + " is no file");
    Files.delete(file);
    Files.delete(folder.dropped());
    Files.writeString(folder.dropped(), "silent-after: P3D\n");
    refused(folder.dropped() + " is no folder");
  }

  private void refused(String words) {
    var said = assertThrows(Failure.class, () -> Settings.read(folder)).getMessage();
    assertTrue(String.valueOf(said).contains(words), said);
  }

  @Test
  void those_that_are_read_go_into_a_backup_and_come_back() throws Exception {
    var elsewhere = temp.resolve("elsewhere.yaml");
    Files.writeString(elsewhere, "device-port: 9460\n");
    Files.createSymbolicLink(folder.dropped().resolve("50-link.yaml"), elsewhere);
    drop("60-ansible.yaml", "silent-after: P3D\n");
    drop("server.yaml", "admin-port: 9461\n");
    Files.createDirectory(folder.dropped().resolve("old"));
    drop("old/60-ansible.yaml", "silent-after: P9D\n");
    var read = Settings.read(folder);
    var backup = temp.resolve("backup").toString();
    assertEquals(0, Typed.server("backup", backup, "-d", folder.path().toString()).code());
    Files.delete(elsewhere);
    var there = new ServerFolder(temp.resolve("there"));
    var restored = Typed.server("restore", backup, there.path().toString());
    assertTrue(Files.isDirectory(there.dropped()), restored::err);
    assertEquals(
        List.of("50-link.yaml", "60-ansible.yaml", "server.yaml"),
        DroppedFiles.of(there).stream().map(file -> String.valueOf(file.getFileName())).toList());
    var again = Settings.read(there);
    assertEquals(read.silentAfter(), again.silentAfter());
    assertEquals(9460, again.devicePort());
    assertEquals(9461, again.adminPort());
  }

  @Test
  void the_folder_says_which_version_its_tables_have() throws Exception {
    var version = folder.path().resolve("state-version");
    var said = Files.readString(version);
    assertTrue(said.matches("[1-9][0-9]*\n"), said);
    Files.writeString(version, "1\n");
    assertEquals(0, Typed.server("migrate", "-d", folder.path().toString()).code());
    assertEquals(said, Files.readString(version));
  }
}
