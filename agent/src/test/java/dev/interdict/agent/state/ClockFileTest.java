package dev.interdict.agent.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.agent.time.Dispute;
import dev.interdict.agent.time.TrustedClock;
import dev.interdict.decide.Witness;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockFileTest {
  private static final Instant JULY = Instant.parse("2026-07-01T00:00:00Z");
  private static final TrustedClock.Mark MARK =
      new TrustedClock.Mark(
          JULY,
          "boot-1",
          Duration.ofHours(3),
          JULY.minusSeconds(60),
          Duration.ofSeconds(50),
          Witness.SERVER,
          true,
          Instant.parse("1969-12-31T23:59:59Z"),
          true,
          new Dispute(JULY.plusSeconds(900_000), JULY, "boot-1", JULY.minusSeconds(5)));

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("clock.json");
  }

  @Test
  void what_is_saved_is_loaded_and_its_owners_alone() throws Exception {
    ClockFile.save(file(), MARK);
    assertEquals(MARK, ClockFile.load(file()));
    assertEquals(
        PosixFilePermissions.fromString("rw-------"), Files.getPosixFilePermissions(file()));
    var calm =
        new TrustedClock.Mark(
            JULY,
            "b",
            Duration.ZERO,
            JULY,
            Duration.ZERO,
            Witness.SIGNED_FILE,
            false,
            JULY,
            false,
            null);
    ClockFile.save(file(), calm);
    assertEquals(calm, ClockFile.load(file()));
  }

  @Test
  void whatever_is_damaged_or_implausible_counts_as_none() throws Exception {
    assertNull(ClockFile.load(file()));
    ClockFile.save(file(), MARK);
    var text = Files.readString(file());
    for (var bad :
        new String[] {
          "",
          "{}",
          text.substring(0, text.length() / 2),
          text + text,
          text.replace("\"floor\":", "\"floor\":-"),
          text.replace("\"floor\":", "\"floor\":99999999999"),
          text.replace("\"floor\":1", "\"floor\":0"),
          text.replace("\"since-boot\":", "\"since-boot\":-"),
          text.replace("server", "nobody"),
          text.replace("\"stated\"", "\"stated\":1,\"other\""),
          text.replace("true", "\"true\""),
          text.replace("{\"floor\"", "{\"later\":1,\"floor\""),
          text.replace("boot-1", "b".repeat(5000)),
          "[".repeat(4000)
        }) {
      Files.writeString(file(), bad);
      assertNull(ClockFile.load(file()), bad);
    }
    Files.write(file(), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertNull(ClockFile.load(file()));
  }

  @Test
  void a_link_or_a_folder_in_its_place_is_not_read() throws Exception {
    var elsewhere = folder.resolve("elsewhere");
    ClockFile.save(elsewhere, MARK);
    Files.createSymbolicLink(file(), elsewhere);
    assertNull(ClockFile.load(file()));
    ClockFile.save(file(), MARK);
    assertEquals(MARK, ClockFile.load(file()));
    Files.delete(file());
    Files.createDirectory(file());
    assertNull(ClockFile.load(file()));
  }

  @Test
  void what_a_crash_left_beside_it_does_no_harm() throws Exception {
    Files.write(folder.resolve(".clock.json.new"), "{\"fl".getBytes(StandardCharsets.UTF_8));
    ClockFile.save(file(), MARK);
    assertEquals(MARK, ClockFile.load(file()));
  }
}
