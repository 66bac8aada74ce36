package dev.interdict.server.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyringTest {
  @TempDir Path folder;

  @BeforeEach
  void needs_posix() {
    Assumptions.assumeTrue(
        folder.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "file permissions need a POSIX file system");
  }

  @Test
  void new_keys_belong_to_their_owner_alone() throws IOException {
    var keys = folder.resolve("keys");
    var made = Keyring.create(keys, new SecureRandom());
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)));
    for (var role : KeyRole.values()) {
      var file = keys.resolve(role.file());
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      assertEquals(
          made.need(role).key().id(), Keyring.open(keys).need(role).key().id(), role::written);
    }
    assertThrows(FileAlreadyExistsException.class, () -> Keyring.create(keys, new SecureRandom()));
  }

  @Test
  void a_key_that_others_may_read_is_refused() throws IOException {
    var keys = folder.resolve("keys");
    Keyring.create(keys, new SecureRandom());
    var file = keys.resolve("blocklist.pem");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    var refusal = assertThrows(IOException.class, () -> Keyring.open(keys));
    assertTrue(String.valueOf(refusal.getMessage()).contains("run: chmod 600 " + file));
  }

  @Test
  void a_key_that_was_taken_offline_is_asked_for_by_name() throws IOException {
    var keys = folder.resolve("keys");
    Keyring.create(keys, new SecureRandom());
    Files.delete(keys.resolve("root.pem"));
    var ring = Keyring.open(keys);
    assertTrue(ring.signer(KeyRole.ROOT).isEmpty());
    var refusal = assertThrows(IllegalStateException.class, () -> ring.need(KeyRole.ROOT));
    assertEquals(
        "the root key is not in "
            + keys
            + "; bring root.pem there, or name the file with"
            + " --key",
        refusal.getMessage());
  }
}
