package dev.interdict.trust.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.json.JsonException;
import dev.interdict.trust.SeededRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublicKeyFileTest {
  @TempDir private Path folder;
  private final PublicKeyFile alice =
      new PublicKeyFile(Ed25519Signer.generate(new SeededRandom(1)).key(), "Alice 王");

  @Test
  void what_was_written_is_read_back() throws IOException, GeneralSecurityException {
    var file = folder.resolve("alice.pub");
    alice.write(file);
    assertEquals(alice, PublicKeyFile.read(file));
    for (var scheme : KeyScheme.values()) {
      var key = TufKey.of(scheme.generate(new SecureRandom(), null).getPublic());
      var other = folder.resolve(scheme.name());
      new PublicKeyFile(key, "key").write(other);
      assertEquals(key, PublicKeyFile.read(other).key());
    }
  }

  @Test
  void nothing_is_overwritten() throws IOException {
    var file = Files.writeString(folder.resolve("alice.pub"), "mine");
    assertThrows(FileAlreadyExistsException.class, () -> alice.write(file));
    assertEquals("mine", Files.readString(file));
  }

  @Test
  void anything_that_is_not_exactly_such_a_file_is_refused() {
    var text = new String(alice.bytes(), StandardCharsets.UTF_8);
    var id = alice.key().id().value();
    refused("", "empty document");
    refused("{}", "\"type\" is missing");
    refused(text.replace("interdict-public-key", "other"), "it is no public key");
    refused(text.replace("\"format\": 1", "\"format\": 2"), "/format");
    refused(text.replace("\"name\"", "\"nome\""), "\"name\" is missing");
    refused(text.replace(id, id.replace(id.charAt(0), id.charAt(0) == '0' ? '1' : '0')), "the id");
    refused(text.replace("\"type\"", "\"extra\": 1, \"type\""), "extra");
    refused(text.replace("\"keytype\"", "\"x\": 1, \"keytype\""), "not written as");
    refused(text.replace("\"scheme\": \"ed25519\"", "\"scheme\": \"new\""), "does not know");
    refused(text + text, "after the end");
    refused(text + " ".repeat(20_000), "limit");
  }

  private static void refused(String text, String why) {
    var refusal =
        assertThrows(
            JsonException.class,
            () -> PublicKeyFile.parse(text.getBytes(StandardCharsets.UTF_8)),
            text);
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal::getMessage);
  }

  @Test
  void a_name_is_one_that_a_list_can_print() {
    for (var good :
        List.of("a", "Alice Example", "li.wei@example.com", "王伟", "key-1", "A".repeat(64))) {
      assertEquals(good, new PublicKeyFile(alice.key(), good).name());
    }
    for (var bad :
        List.of("", " a", "a ", "a\nb", "a\u001b[31mb", "a\u202eb", "-a", "A".repeat(65))) {
      assertThrows(IllegalArgumentException.class, () -> new PublicKeyFile(alice.key(), bad), bad);
    }
  }
}
