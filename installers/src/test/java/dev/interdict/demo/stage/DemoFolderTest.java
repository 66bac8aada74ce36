package dev.interdict.demo.stage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoFolderTest {
  @TempDir private Path temp;

  @Test
  void a_folder_of_somebody_else_is_refused_and_left_as_it_is() throws IOException {
    var theirs = Files.createDirectory(temp.resolve("demo"));
    Files.writeString(theirs.resolve("thesis.txt"), "years of work");
    var refusal = assertThrows(DemoException.class, () -> DemoFolder.laidAnew(theirs));
    assertTrue(String.valueOf(refusal.getMessage()).contains(DemoFolder.MARKER));
    assertEquals("years of work", Files.readString(theirs.resolve("thesis.txt")));
  }

  @Test
  void a_link_to_a_folder_of_the_demo_is_refused() throws Exception {
    var own = DemoFolder.laidAnew(temp.resolve("own"));
    Files.writeString(own.path().resolve("file"), "");
    var link = Files.createSymbolicLink(temp.resolve("link"), own.path());
    assertThrows(DemoException.class, () -> DemoFolder.laidAnew(link));
    assertTrue(Files.exists(own.path().resolve("file")));
  }

  @Test
  void what_an_earlier_run_left_is_gone() throws Exception {
    var first = DemoFolder.laidAnew(temp.resolve("demo"));
    var closed = Files.createDirectories(first.path().resolve("quarantine/deep"));
    Files.writeString(closed.resolve("file"), "");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    DemoFolder.laidAnew(first.path());
    assertFalse(Files.exists(first.path().resolve("quarantine")));
    assertTrue(Files.exists(first.path().resolve(DemoFolder.MARKER)));
  }

  @Test
  void what_a_link_inside_leads_to_stays() throws Exception {
    var outside = Files.writeString(temp.resolve("outside"), "kept");
    var folder = DemoFolder.laidAnew(temp.resolve("demo"));
    Files.createSymbolicLink(folder.path().resolve("way-out"), temp);
    DemoFolder.laidAnew(folder.path());
    assertEquals("kept", Files.readString(outside));
  }
}
