package dev.interdict.agent.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.interdict.report.SerialNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HardwareTest {
  @TempDir Path folder;

  private Path serial(String text) throws IOException {
    return Files.writeString(folder.resolve("product_serial"), text);
  }

  @Test
  void a_serial_is_told_only_as_a_hash_and_the_same_however_it_is_written() throws IOException {
    var told = ThisDevice.hardware(serial("pf3abcde\n"));
    assertNotNull(told);
    assertFalse(told.toLowerCase(java.util.Locale.ROOT).contains("pf3abcde"));
    assertEquals(SerialNumber.told(" PF3ABCDE "), told);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "None",
        "To be filled by O.E.M.",
        "Default string",
        "0000000",
        "........",
        "System Serial Number"
      })
  void what_firmware_says_in_place_of_a_serial_is_none(String text) throws IOException {
    assertNull(ThisDevice.hardware(serial(text)));
  }

  @Test
  void without_firmware_there_is_none() throws IOException {
    assertNull(ThisDevice.hardware(folder.resolve("missing")));
    assertNull(ThisDevice.hardware(serial("A".repeat(100_000))));
  }
}
