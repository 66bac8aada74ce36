package dev.interdict.server.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.server.store.Sealing.BrokenException;
import dev.interdict.server.store.Sealing.Kept;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {
  private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);

  /// What a server before this one sealed for the webhook `wh_1`, and the key in its file.
  private static final String OLD_KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

  @TempDir Path folder;
  private final List<Kept> kept = new ArrayList<>();

  private Sealing sealing() {
    return new Sealing(folder.resolve("sealing.key"), () -> kept, new SecureRandom());
  }

  @Test
  void what_was_sealed_opens_for_what_it_is_of_and_nothing_else() throws Exception {
    var sealed = sealing().seal(SECRET, "ada");
    assertArrayEquals(SECRET, sealing().open(sealed, "ada"));
    assertThrows(BrokenException.class, () -> sealing().open(sealed, "bo"));
    assertThrows(BrokenException.class, () -> sealing().open("AAAA", "ada"));
    assertEquals(
        "rw-------",
        PosixFilePermissions.toString(
            Files.getPosixFilePermissions(folder.resolve("sealing.key"))));
  }

  @Test
  void no_key_is_made_in_place_of_one_that_is_gone() throws Exception {
    sealing().check();
    kept.add(new Kept("ada", sealing().seal(SECRET, "ada")));
    Files.delete(folder.resolve("sealing.key"));
    for (var each :
        List.of(
            assertThrows(BrokenException.class, () -> sealing().seal(SECRET, "bo")),
            assertThrows(BrokenException.class, () -> sealing().check()),
            assertThrows(
                BrokenException.class, () -> sealing().open(kept.getFirst().sealed(), "ada")))) {
      assertTrue(String.valueOf(each.getMessage()).contains("the key is gone"), each::toString);
    }
    assertFalse(Files.exists(folder.resolve("sealing.key")));
    kept.clear();
    sealing().seal(SECRET, "bo");
  }

  @Test
  void what_an_older_server_sealed_for_webhooks_opens_as_ever() throws Exception {
    var old = new Sealing(folder.resolve("old.key"), List::of, new SecureRandom());
    Files.write(folder.resolve("old.key"), java.util.Base64.getUrlDecoder().decode(OLD_KEY));
    kept.add(new Kept("wh_1", old.seal(SECRET, "wh_1")));
    assertThrows(BrokenException.class, () -> sealing().seal(SECRET, "ada"));
    Files.writeString(folder.resolve("webhooks.key"), OLD_KEY + "\n");
    assertArrayEquals(SECRET, sealing().open(kept.getFirst().sealed(), "wh_1"));
    sealing().check();
    kept.add(new Kept("ada", sealing().seal(SECRET, "ada")));
    assertArrayEquals(SECRET, sealing().open(kept.getLast().sealed(), "ada"));
    Files.delete(folder.resolve("sealing.key"));
    assertThrows(BrokenException.class, () -> sealing().seal(SECRET, "bo"));
    assertArrayEquals(SECRET, sealing().open(kept.getFirst().sealed(), "wh_1"));
  }

  @Test
  void another_key_seals_nothing_beside_what_was_sealed() throws Exception {
    kept.add(new Kept("ada", sealing().seal(SECRET, "ada")));
    Files.write(folder.resolve("sealing.key"), new byte[32]);
    for (var each :
        List.of(
            assertThrows(BrokenException.class, () -> sealing().check()),
            assertThrows(BrokenException.class, () -> sealing().seal(SECRET, "bo")))) {
      assertTrue(
          String.valueOf(each.getMessage()).contains("not sealed with the key"), each::toString);
    }
  }

  @Test
  void a_damaged_key_is_said_to_be_and_is_left_as_it_is() throws Exception {
    kept.add(new Kept("ada", sealing().seal(SECRET, "ada")));
    var key = folder.resolve("sealing.key");
    for (var length : List.of(0, 31, 33)) {
      Files.write(key, new byte[length]);
      for (var each :
          List.of(
              assertThrows(BrokenException.class, () -> sealing().check()),
              assertThrows(BrokenException.class, () -> sealing().seal(SECRET, "bo")),
              assertThrows(
                  BrokenException.class, () -> sealing().open(kept.getFirst().sealed(), "ada")))) {
        assertTrue(String.valueOf(each.getMessage()).contains("damaged"), each::toString);
      }
      assertEquals(length.longValue(), Files.size(key));
    }
    Files.delete(key);
    Files.createDirectory(key);
    assertThrows(BrokenException.class, () -> sealing().check());
  }

  @Test
  void a_key_that_somebody_is_writing_is_waited_for() throws Exception {
    var key = Files.createFile(folder.resolve("sealing.key"));
    try (var writer = Executors.newSingleThreadScheduledExecutor()) {
      var _ = writer.schedule(() -> Files.write(key, new byte[32]), 200, TimeUnit.MILLISECONDS);
      var sealed = sealing().seal(SECRET, "ada");
      assertArrayEquals(SECRET, sealing().open(sealed, "ada"));
    }
  }

  @Test
  void of_many_who_make_the_key_one_does() throws Exception {
    var sealed = new ArrayList<Future<String>>();
    try (var all = Executors.newFixedThreadPool(8)) {
      for (var i = 0; i < 8; i++) {
        sealed.add(all.submit(() -> sealing().seal(SECRET, "ada")));
      }
    }
    for (var each : sealed) {
      assertArrayEquals(SECRET, sealing().open(each.get(), "ada"));
    }
  }

  @Test
  void an_older_key_that_cannot_be_read_harms_nothing_else() throws Exception {
    var sealed = sealing().seal(SECRET, "ada");
    Files.createDirectory(folder.resolve("webhooks.key"));
    assertArrayEquals(SECRET, sealing().open(sealed, "ada"));
    assertThrows(BrokenException.class, () -> sealing().open(sealed, "bo"));
  }
}
