package dev.interdict.agent.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateDirectoryTest {
  @TempDir Path folder;

  private String refused(Path path) {
    var refused = assertThrows(IOException.class, () -> StateDirectory.open(path));
    return String.valueOf(refused.getMessage());
  }

  @Test
  void a_new_folder_is_for_its_owner_alone() throws IOException {
    var state = StateDirectory.open(folder.resolve("a/b"));
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(state.path())));
    assertEquals(state, StateDirectory.open(folder.resolve("a/x/../b")));
  }

  @Test
  void a_link_is_refused() throws IOException {
    var target = StateDirectory.open(folder.resolve("target")).path();
    var link = Files.createSymbolicLink(folder.resolve("link"), target);
    assertTrue(refused(link).contains("is a symbolic link"));
  }

  @Test
  void a_folder_that_others_may_enter_is_refused_and_not_changed() throws IOException {
    var open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-x---"));
    assertTrue(refused(open).contains("chmod 700 " + open));
    assertEquals("rwxr-x---", PosixFilePermissions.toString(Files.getPosixFilePermissions(open)));
  }

  @Test
  void a_folder_that_its_owner_cannot_write_is_refused() throws IOException {
    var closed = Files.createDirectory(folder.resolve("closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("r-x------"));
    assertFalse(refused(closed).isEmpty());
  }

  @Test
  void a_folder_says_which_version_its_state_has() throws IOException {
    var state = StateDirectory.open(folder.resolve("a")).path();
    var version = state.resolve("state-version");
    assertEquals(StateVersion.KNOWN + "\n", Files.readString(version));
    Files.writeString(version, "0\n");
    StateDirectory.open(state);
    assertEquals(StateVersion.KNOWN + "\n", Files.readString(version));
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "2\n", "10000"})
  void what_a_newer_agent_wrote_is_refused_and_not_changed(String version) throws IOException {
    var state = StateDirectory.open(folder.resolve("a")).path();
    Files.writeString(state.resolve("state-version"), version);
    assertTrue(refused(state).contains("newer agent"), refused(state));
    assertEquals(version, Files.readString(state.resolve("state-version")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1x", "-1", "12345678901234567890"})
  void what_tells_no_version_is_set_aside_and_ends_no_guard(String damaged) throws IOException {
    var state = StateDirectory.open(folder.resolve("a")).path();
    Files.writeString(state.resolve("state-version"), damaged);
    StateDirectory.open(state);
    assertEquals(StateVersion.KNOWN + "\n", Files.readString(state.resolve("state-version")));
    assertEquals(damaged, Files.readString(state.resolve("state-version.damaged")));
  }

  @Test
  void a_file_in_its_place_is_refused() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");
    assertTrue(refused(file).contains("cannot create the state folder"));
  }

  @Test
  void a_folder_of_somebody_else_is_refused() throws IOException {
    assumeTrue(
        System.getProperty("user.name").equals("root"),
        "only root can make a folder that belongs to somebody else");
    var theirs = StateDirectory.open(folder.resolve("theirs")).path();
    Files.setAttribute(theirs, "unix:uid", 1);
    assertTrue(refused(theirs).contains("who could change what is in it"));
  }
}
