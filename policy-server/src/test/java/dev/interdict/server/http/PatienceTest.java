package dev.interdict.server.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PatienceTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Patience patience = new Patience(nanos::get, 60);

  @Test
  void a_body_is_read_whole_up_to_its_bound() throws IOException {
    var body = new byte[20_000];
    body[19_999] = 7;
    assertArrayEquals(body, patience.read(new ByteArrayInputStream(body), 30_000, 20_000));
    assertArrayEquals(body, patience.read(new ByteArrayInputStream(body), 30_000, -1));
    assertEquals(5, patience.read(new ByteArrayInputStream(body), 5, 20_000).length);
    assertEquals(0, patience.read(InputStream.nullInputStream(), 5, 0).length);
  }

  @Test
  void a_body_that_is_longer_or_shorter_than_announced_is_read_as_it_is() throws IOException {
    var body = new byte[300];
    body[299] = 7;
    assertArrayEquals(body, patience.read(new ByteArrayInputStream(body), 1_000, 299));
    assertArrayEquals(body, patience.read(new ByteArrayInputStream(body), 1_000, 3));
    assertArrayEquals(body, patience.read(new ByteArrayInputStream(body), 1_000, 900));
  }

  @Test
  void a_body_that_drips_in_is_given_up() throws IOException {
    assertEquals(60, patience.read(dripping(), 60, 60).length);
    assertThrows(IOException.class, () -> patience.read(dripping(), 60, -1));
  }

  /// One byte a nanosecond.
  private InputStream dripping() {
    return new InputStream() {
      @Override
      public int read() {
        nanos.incrementAndGet();
        return 0;
      }

      @Override
      public int read(byte[] into, int at, int length) {
        read();
        return 1;
      }
    };
  }
}
