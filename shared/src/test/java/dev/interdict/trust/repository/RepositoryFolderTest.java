package dev.interdict.trust.repository;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryFolderTest {
  @TempDir Path temp;

  /// Holds a lock until its input ends.
  static final class Holder {
    public static void main(String[] file) throws IOException {
      try (var channel = FileChannel.open(Path.of(file[0]), StandardOpenOption.WRITE);
          var lock = channel.lock()) {
        System.out.println(lock.isValid());
        System.in.read();
      }
    }
  }

  @Test
  void another_program_is_waited_for_and_not_for_ever() throws Exception {
    var folder = new RepositoryFolder(temp.resolve("repository"), Duration.ofMillis(200));
    assertEquals("done", folder.alone(() -> "done"));
    var lock = folder.folder().resolve(".lock");
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var holder =
        new ProcessBuilder(
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                lock.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var said = holder.inputReader()) {
      assertEquals("true", said.readLine());
      var failure = assertThrows(UncheckedIOException.class, () -> folder.alone(() -> "not done"));
      assertTrue(String.valueOf(failure.getMessage()).contains(lock.toString()));
      holder.getOutputStream().close();
      assertEquals(0, holder.waitFor());
    } finally {
      holder.destroyForcibly();
    }
    assertEquals("done", folder.alone(() -> "done"));
  }

  @Test
  void only_its_owner_can_hold_it() throws Exception {
    assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"), "POSIX");
    var folder = new RepositoryFolder(temp.resolve("repository"));
    assertEquals("done", folder.alone(() -> "done"));
    var permissions = Files.getPosixFilePermissions(folder.folder().resolve(".lock"));
    assertEquals("rw-------", PosixFilePermissions.toString(permissions));
  }
}
