package dev.interdict.agent.pipe;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class FramesTest {
  private static ByteArrayInputStream stream(int... bytes) {
    var raw = new byte[bytes.length];
    for (var i = 0; i < bytes.length; i++) {
      raw[i] = (byte) bytes[i];
    }
    return new ByteArrayInputStream(raw);
  }

  @Test
  void messages_come_out_as_they_went_in() throws IOException {
    var out = new ByteArrayOutputStream();
    Frames.write(out, new byte[] {1, 2, 3});
    Frames.write(out, new byte[0]);
    Frames.write(out, new byte[300]);
    var in = new ByteArrayInputStream(out.toByteArray());
    assertArrayEquals(new byte[] {1, 2, 3}, Frames.read(in, 300));
    assertArrayEquals(new byte[0], Frames.read(in, 300));
    assertArrayEquals(new byte[300], Frames.read(in, 300));
    assertNull(Frames.read(in, 300));
  }

  @Test
  void length_is_big_endian() throws IOException {
    assertArrayEquals(new byte[] {9}, Frames.read(stream(0, 0, 0, 1, 9), 1));
  }

  @Test
  void longer_message_than_the_limit_is_refused_before_it_is_read() {
    assertThrows(IOException.class, () -> Frames.read(stream(0, 0, 0, 2, 1, 2), 1));
    assertThrows(
        IOException.class, () -> Frames.read(stream(0xff, 0xff, 0xff, 0xff), Integer.MAX_VALUE));
  }

  @Test
  void stream_that_ends_within_a_message_is_an_error() {
    assertThrows(EOFException.class, () -> Frames.read(stream(0, 0), 9));
    assertThrows(EOFException.class, () -> Frames.read(stream(0, 0, 0, 2, 1), 9));
  }
}
