package dev.interdict.agent.platform.macos.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Against the layout that sys/event.h of macOS declares for 64-bit programs.
class KernelEventsTest {
  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @Test
  void a_folder_is_listened_to_for_names_and_for_its_end() {
    assertEquals(
        "0900000000000000" + "fcff" + "2100" + "63000000" + "00".repeat(16),
        hex(KernelEvents.folder(9)));
  }

  @Test
  void a_bell_is_made_and_rung() {
    assertEquals(
        "0100000000000000" + "f6ff" + "2100" + "00000000" + "00".repeat(16),
        hex(KernelEvents.bell(1)));
    assertEquals(
        "0100000000000000" + "f6ff" + "0000" + "00000001" + "00".repeat(16),
        hex(KernelEvents.ring(1)));
  }

  @Test
  void what_the_kernel_tells_is_read_in_its_place() {
    var events = new byte[2 * KernelEvents.BYTES];
    System.arraycopy(KernelEvents.folder(300), 0, events, KernelEvents.BYTES, KernelEvents.BYTES);
    assertEquals(new KernelEvents.Event(300, KernelEvents.VNODE), KernelEvents.read(events, 1));
  }

  @Test
  void a_time_is_seconds_and_the_rest() {
    assertEquals(
        "0200000000000000" + "80b2e60e00000000", hex(KernelEvents.time(Duration.ofMillis(2250))));
  }
}
