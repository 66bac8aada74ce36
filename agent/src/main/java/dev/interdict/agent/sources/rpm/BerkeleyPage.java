package dev.interdict.agent.sources.rpm;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// A page of Berkeley DB, in the byte order of the machine that made it.
record BerkeleyPage(byte[] bytes, ByteOrder order) {
  /// Whoever asks has made sure that it lies on the page.
  int u16(int at) {
    return ByteBuffer.wrap(bytes).order(order).getShort(at) & 0xffff;
  }

  long u32(int at) {
    return Integer.toUnsignedLong(ByteBuffer.wrap(bytes).order(order).getInt(at));
  }

  byte[] piece(int from, int length) {
    return Arrays.copyOfRange(bytes, from, from + length);
  }
}
