package dev.interdict.agent.platform.linux.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.interdict.fuzz.Fuzz;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Records of the kernel with the names in them that users choose.
class ArrivalsFuzzTest {
  private static final byte[] NAME = "claude-code".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] PADDED = Arrays.copyOf(NAME, 16);

  private static ByteBuffer buffer(byte[] input) {
    return ByteBuffer.wrap(input).order(ByteOrder.nativeOrder());
  }

  private static byte[] fanotify() {
    var info = 12 + 8 + 8 + PADDED.length;
    var out = ByteBuffer.allocate(24 + info).order(ByteOrder.nativeOrder());
    out.putInt(24 + info).put((byte) 3).put((byte) 0).putShort((short) 24);
    out.putLong(0x100).putInt(-1).putInt(4711);
    out.put((byte) 2).put((byte) 0).putShort((short) info).putLong(7);
    out.putInt(8).putInt(1).putLong(99).put(PADDED);
    return out.array();
  }

  private static byte[] inotify() {
    var out = ByteBuffer.allocate(16 + PADDED.length).order(ByteOrder.nativeOrder());
    return out.putInt(1).putInt(0x100).putInt(0).putInt(PADDED.length).put(PADDED).array();
  }

  @Test
  void fanotify_records() throws Exception {
    var whole = FanotifyArrivals.parse(buffer(fanotify()), fanotify().length);
    assertArrayEquals(NAME, whole.getFirst().name());
    Fuzz.of("fanotify-arrivals")
        .seeds(fanotify())
        .refuses(KernelException.class)
        .run(input -> {
          for (var one : FanotifyArrivals.parse(buffer(input), input.length)) {
            assertTrue(one.name().length <= input.length);
          }
        });
  }

  @Test
  void inotify_records() throws Exception {
    var whole = InotifyArrivals.parse(buffer(inotify()), inotify().length);
    assertArrayEquals(NAME, whole.getFirst().name());
    Fuzz.of("inotify-arrivals")
        .seeds(inotify())
        .refuses(KernelException.class)
        .run(input -> {
          for (var one : InotifyArrivals.parse(buffer(input), input.length)) {
            assertTrue(one.name().length <= input.length);
          }
        });
  }

  @Test
  void more_than_the_kernel_keeps_may_have_been_anything() throws Exception {
    var lost = ByteBuffer.allocate(24).order(ByteOrder.nativeOrder());
    lost.putInt(24).put((byte) 3).put((byte) 0).putShort((short) 24).putLong(0x4000);
    assertSame(
        Arrivals.LOST, FanotifyArrivals.parse(buffer(lost.array()), 24).getFirst().directory());
    var queue = ByteBuffer.allocate(16).order(ByteOrder.nativeOrder());
    queue.putInt(-1).putInt(0x4000).putInt(0).putInt(0);
    assertSame(
        Arrivals.LOST, InotifyArrivals.parse(buffer(queue.array()), 16).getFirst().directory());
  }
}
