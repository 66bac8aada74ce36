package dev.interdict.server.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.keys.Pkcs12File;
import dev.interdict.trust.keys.KeyScheme;
import dev.interdict.trust.keys.TufKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void a_key_under_a_passphrase_opens_with_the_servers_own() throws Exception {
    var keys = folder.resolve("keys");
    Keyring.create(keys, new SecureRandom());
    Files.delete(keys.resolve("timestamp.pem"));
    var pair = KeyScheme.ED25519.generate(new SecureRandom(), null);
    Pkcs12File.write(
        keys.resolve("timestamp.p12"), pair, "timestamp", "correct horse".toCharArray(), 1_000);
    var ring = Keyring.open(keys, _ -> "correct horse".toCharArray());
    assertEquals(TufKey.of(pair.getPublic()), ring.need(KeyRole.TIMESTAMP).key());
    assertEquals("timestamp.p12", ring.file(KeyRole.TIMESTAMP).orElseThrow());
    // Without it the other keys serve, and this one says what is wrong when it is needed.
    var locked = Keyring.open(keys);
    assertTrue(locked.signer(KeyRole.SNAPSHOT).isPresent());
    var refusal = assertThrows(MissingKeyException.class, () -> locked.need(KeyRole.TIMESTAMP));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("timestamp.p12 is under a passphrase"),
        refusal::getMessage);
  }

  @Test
  void a_key_is_opened_once() throws IOException {
    var keys = folder.resolve("keys");
    var ring = Keyring.create(keys, new SecureRandom());
    var opened = new AtomicInteger();
    var signer = ring.need(KeyRole.ROOT);
    var with =
        ring.with(
            KeyRole.BLOCKLIST,
            () -> {
              opened.incrementAndGet();
              return signer;
            });
    assertEquals(0, opened.get());
    with.need(KeyRole.BLOCKLIST);
    with.need(KeyRole.BLOCKLIST);
    assertEquals(1, opened.get());
  }

  @Test
  void two_keys_for_one_role_are_refused() throws IOException {
    var keys = folder.resolve("keys");
    Keyring.create(keys, new SecureRandom());
    Files.writeString(keys.resolve("time.p12"), "");
    var refusal = assertThrows(IOException.class, () -> Keyring.open(keys));
    assertTrue(
        String.valueOf(refusal.getMessage())
            .startsWith(
                "there are two keys for time: " + keys.resolve("time.pem") + " and time.p12"),
        refusal::getMessage);
  }

  @Test
  void a_protected_key_that_others_may_read_is_refused_as_well() throws IOException {
    for (var name : List.of("time.p12", "time.pkcs11")) {
      var file = Files.writeString(folder.resolve(name), "");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
      assertThrows(IOException.class, () -> Keyring.open(folder), name);
      Files.delete(file);
    }
  }
}
