package dev.interdict.trust.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.interdict.trust.SeededRandom;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFileTest {
  @TempDir private Path folder;
  private final SeededRandom random = new SeededRandom(1);
  private final Ed25519Signer signer = Ed25519Signer.generate(random);

  @Test
  void what_was_written_signs_alike() throws IOException {
    var file = folder.resolve("root.pem");
    KeyFile.write(file, signer);
    var read = KeyFile.read(file);
    assertEquals(signer.key(), read.key());
    assertArrayEquals(signer.sign(new byte[] {1}), read.sign(new byte[] {1}));
    assertFalse(KeyFile.isEncrypted(file));
  }

  @Test
  void a_passphrase_opens_and_a_wrong_one_does_not() throws IOException {
    var file = folder.resolve("root.pem");
    KeyFile.write(file, signer, "correct horse".toCharArray(), 1_000, random);
    assertTrue(KeyFile.isEncrypted(file));
    assertEquals(signer.key(), KeyFile.read(file, "correct horse".toCharArray()).key());
    assertThrows(IOException.class, () -> KeyFile.read(file, "battery".toCharArray()));
    assertThrows(IOException.class, () -> KeyFile.read(file));
  }

  @Test
  void only_the_owner_reads_it() throws IOException {
    assumeTrue(folder.getFileSystem().supportedFileAttributeViews().contains("posix"), "no modes");
    var file = folder.resolve("root.pem");
    KeyFile.write(file, signer);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
  }

  @Test
  void a_key_is_never_overwritten() throws IOException {
    var file = folder.resolve("root.pem");
    KeyFile.write(file, signer);
    assertThrows(
        FileAlreadyExistsException.class,
        () -> KeyFile.write(file, Ed25519Signer.generate(random)));
    assertEquals(signer.key(), KeyFile.read(file).key());
  }

  @Test
  void a_file_that_is_no_key_says_so() throws IOException {
    var file = Files.writeString(folder.resolve("x"), "hello");
    assertThrows(IOException.class, () -> KeyFile.read(file));
    Files.writeString(file, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThrows(IOException.class, () -> KeyFile.read(file));
  }
}
