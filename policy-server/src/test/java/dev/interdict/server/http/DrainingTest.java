package dev.interdict.server.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class DrainingTest {
  @Test
  void a_client_that_takes_nothing_is_left() {
    var gone = new CountDownLatch(1);
    var stalled =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            try {
              gone.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            throw new IOException("the connection is gone");
          }
        };
    var out = new Draining(stalled, gone::countDown, Duration.ofMillis(50));
    assertThrows(IOException.class, () -> out.write(new byte[10]));
  }

  @Test
  void one_that_takes_all_gets_all() throws IOException {
    var taken = new ByteArrayOutputStream();
    try (var out =
        new Draining(
            taken,
            () -> {
              throw new AssertionError();
            },
            Duration.ofSeconds(30))) {
      out.write(1);
      out.write(new byte[] {2, 3}, 0, 2);
    }
    assertArrayEquals(new byte[] {1, 2, 3}, taken.toByteArray());
  }
}
